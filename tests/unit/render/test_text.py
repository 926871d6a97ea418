import pytest

from catalog_builder.render.text import markdown, middle_cut, plain_line


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One", "<h3>One</h3>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>a</p>\n"),
        ("[a](JaVaScRiPt:alert(1))", "<p>a</p>\n"),
        ("[a](data:text/html,x)", "<p>a</p>\n"),
        ("[a](docs/x.md)", "<p>a</p>\n"),
        ("[a](https://x.example)", '<p><a href="https://x.example">a</a></p>\n'),
        ("![beacon](https://x.example/p.png)", "<p>beacon</p>\n"),
        ("<https://x.example>", '<p><a href="https://x.example">https://x.example</a></p>\n'),
        ("{{ 7 * 7 }}", "<p>{{ 7 * 7 }}</p>\n"),
    ],
)
def test_foreign_markdown_becomes_harmless_html(text: str, html: str) -> None:
    assert markdown(text) == html


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
