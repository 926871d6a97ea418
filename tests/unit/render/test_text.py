import pytest

from catalog_builder.render.text import middle_cut, plain_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("**Paid** in [full](https://x.example).\n\nMore.", "Paid in full."),
        ("# Title\nand `code` of snake_case", "Title and code of snake_case"),
        ("", ""),
    ],
)
def test_a_plain_line_is_the_first_paragraph_without_marks(text: str, line: str) -> None:
    assert plain_line(text) == line


def test_a_long_line_is_cut_at_a_word() -> None:
    assert plain_line("word " * 100, 12) == "word word…"


def test_a_name_cut_in_the_middle_keeps_both_ends() -> None:
    assert middle_cut("a" * 20 + "b" * 20, 11) == "aaaaa…bbbbb"
