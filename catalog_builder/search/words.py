"""Text as words, the same here and in the browser (`search-engine.js`).

Words end at signs, at a change of case, and between letters and digits; accents do not count.
Everything here is written so that both engines must agree: explicit ranges of code points, no
table of the Unicode version at hand but the folding of accents.
"""

import re
import unicodedata
from functools import lru_cache

_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_OTHER_LETTERS = (
    "\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\ua640-\uabff"
)
_WORD = re.compile(
    "[Vv][0-9]+(?![a-z0-9])"  # a version: v2
    "|[A-Z]{2,}s(?![a-z])"  # several of what has an acronym: IDs
    "|[A-Z]+(?![a-z])"  # an acronym, up to the capital of the next word: HTTP in HTTPServer
    "|[A-Z]?[a-z]+"
    "|[0-9]+"
    f"|[{_IDEOGRAPHS}]"  # scripts without spaces: each sign is a word
    f"|[{_OTHER_LETTERS}]+"
)
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O"}
    | {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "þ": "th", "Þ": "Th", "\u0131": "i"}
)
_ENDINGS = ("ing", "ed", "ion", "er")
_SHORTEST_PLURAL, _SHORTEST_STEM = 3, 3


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in lower case and in order.

    >>> words("OrderPlacedV2"), words("customer_id"), words("HTTPServer2 crème")
    (('order', 'placed', 'v2'), ('customer', 'id'), ('http', 'server', '2', 'creme'))
    """
    return tuple(word.lower() for word in _WORD.findall(folded(text)))


def folded(text: str) -> str:
    """The text without accents, in the characters that searching knows."""
    if text.isascii():
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).translate(_LETTERS)


def singular(word: str) -> str:
    """The word without the ending of a plural, as far as English endings tell.

    >>> [singular(each) for each in ("orders", "deliveries", "addresses", "boxes", "status", "id")]
    ['order', 'delivery', 'address', 'box', 'status', 'id']
    """
    if len(word) < _SHORTEST_PLURAL or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """What forms of one word have in common: `cancelling`, `cancelled`, `cancels`: `cancel`.

    >>> [stem(each) for each in ("cancelling", "cancelled", "cancels", "placed", "placing", "id")]
    ['cancel', 'cancel', 'cancel', 'plac', 'plac', 'id']
    >>> stem("verified") == stem("verifying") == stem("verifies")
    True
    """
    bare = singular(word)
    if bare.endswith("ied") and len(bare) > _SHORTEST_STEM + 1:
        return f"{bare[:-3]}y"
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) > _SHORTEST_STEM:
            bare = bare[: -len(ending)]
            break
    else:
        bare = bare.removesuffix("e") if len(bare) > _SHORTEST_STEM + 1 else bare
    twice = len(bare) > _SHORTEST_STEM and bare[-1] == bare[-2]
    return bare[:-1] if twice else bare


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """A name in the one form that all ways of writing it share.

    >>> key_of("customerId") == key_of("CUSTOMER_ID") == key_of("customer-ids") == "customerid"
    True
    """
    return "".join(singular(word) for word in words(name))
