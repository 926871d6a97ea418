"""Foreign text made fit for any format: what no file may hold is taken out or replaced."""

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\s+")
_REPLACEMENT = "\ufffd"


def plain(text: str) -> str:
    r"""The text with every character that XML or UTF-8 forbids shown as a replacement character.

    Tabs and line breaks stay.

    >>> plain("bell\a, lone surrogate \ud800, line\nbreak")
    'bell\ufffd, lone surrogate \ufffd, line\nbreak'
    """
    return _UNFIT.sub(_REPLACEMENT, text)


def distinct(text: str) -> str:
    r"""As `plain`, but different texts stay different: characters are written by their numbers.

    >>> distinct("bell\a"), distinct("C:\\")
    ('bell\\u0007', 'C:\\\\')
    """
    return _UNFIT.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\\", r"\\"))


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot write, shown as replacement characters."""
    return _SURROGATE.sub(_REPLACEMENT, text)


def one_line(text: str, longest: int = 200) -> str:
    r"""The text on one line, cut where it is longer than anybody reads on a drawing.

    >>> one_line("two\r\n lines"), one_line("abcdef", 4)
    ('two lines', 'abc…')
    """
    line = _BREAK.sub(" ", text).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"
