import pytest

from catalog_builder.config import GlobError, is_glob, matcher


@pytest.mark.parametrize(
    ("glob", "matched", "others"),
    [
        ("**/*.yaml", ["a.yaml", "x/y/a.yaml"], ["a.yml", "a.yaml/b"]),
        ("*.yaml", ["a.yaml", ".yaml"], ["x/a.yaml"]),
        ("docs/**", ["docs/a", "docs/a/b"], ["docs", "x/docs/a"]),
        ("a/**/b", ["a/b", "a/x/y/b"], ["ab", "a/xb"]),
        ("**/asyncapi*.{yaml,yml}", ["asyncapi.yml", "d/asyncapi-v2.yaml"], ["asyncapi.json"]),
        ("{a,b/*}/c", ["a/c", "b/x/c"], ["b/c"]),
        ("{a{1,2},b}", ["a1", "a2", "b"], ["a"]),
        ("{**/a,b}", ["a", "x/a", "b"], ["x/b"]),
        ("orders.**", ["orders.a", "orders.a.b/c"], ["orders"]),
        ("orders/{id}", ["orders/{id}"], ["orders/id"]),
        ("pay-?", ["pay-a"], ["pay-", "pay-ab", "pay-/"]),
        ("[a-c]x", ["ax", "cx"], ["dx", "[a-c]x"]),
        ("[!a-c]x", ["dx"], ["ax", "/x"]),
        ("[]]x", ["]x"], ["x"]),
        ("a.b+(c)|d\\", ["a.b+(c)|d\\"], ["aXb+(c)"]),
        ("a*", ["a\nb"], []),
    ],
)
def test_a_glob_matches_whole_texts(glob: str, matched: list[str], others: list[str]) -> None:
    fits = matcher([glob])
    assert [text for text in matched + others if fits(text)] == matched


def test_any_of_several_globs_is_enough_and_none_matches_nothing() -> None:
    assert [matcher(["a", "b"])(text) for text in "abc"] == [True, True, False]
    assert not matcher([])("")


@pytest.mark.parametrize("glob", ["", "[a", "a{b,", "[z-a]"])
def test_a_glob_without_meaning_is_an_error(glob: str) -> None:
    with pytest.raises(GlobError):
        matcher([glob])


def test_names_of_addresses_are_not_globs() -> None:
    assert [is_glob(text) for text in ("a/{id}", "a.b", "a/{b,c}", "a?", "[a]")] == [
        False,
        False,
        True,
        True,
        True,
    ]
