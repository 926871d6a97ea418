from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_builder.model import Catalog, Location, Repository
from catalog_builder.render.descriptions import Descriptions
from tests.catalogues import catalogue

HERE = Location("orders", "api/asyncapi.yaml", 3)
FILES = "https://git.example/orders/blob/c0ffee"
MADE = replace(
    catalogue(),
    repositories=(
        Repository("orders", commit="c0ffee", link=f"{FILES[:-6]}{{commit}}/{{path}}#L{{line}}"),
        Repository("bare"),
    ),
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One", "<h3>One</h3>\n"),
        ("###### Six", "<h6>Six</h6>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>a</p>\n"),
        ("[a](JaVaScRiPt:alert(1))", "<p>a</p>\n"),
        ("[a](java\tscript:alert(1))", "<p>[a](java\tscript:alert(1))</p>\n"),
        ("[a](<java\tscript:alert(1)>)", "<p>a</p>\n"),
        ("[a](data:text/html,x)", "<p>a</p>\n"),
        ("[a](docs/x.md)", "<p>a</p>\n"),
        ("[a](https://x.example)", '<p><a href="https://x.example">a</a></p>\n'),
        ("![beacon](https://x.example/p.png)", "<p>beacon</p>\n"),
        ("<https://x.example>", '<p><a href="https://x.example">https://x.example</a></p>\n'),
        ("{{ 7 * 7 }}", "<p>{{ 7 * 7 }}</p>\n"),
    ],
)
def test_foreign_markdown_becomes_harmless_html(text: str, html: str) -> None:
    assert Descriptions(Catalog("")).html(text) == html


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("docs/x.md", f"{FILES}/api/docs/x.md"),
        ("./x.md#part", f"{FILES}/api/x.md#part"),
        ("../README.md", f"{FILES}/README.md"),
        ("/docs/a%20b.md", f"{FILES}/docs/a%20b.md"),
        ("../../other/x.md", ""),
        ("..%2F..%2Fx.md", ""),
        ("//evil.example/x", ""),
        ("#here", ""),
        ("\\\\evil.example\\x", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_relative_links_lead_to_the_repository_at_the_commit_that_was_read(
    link: str, address: str
) -> None:
    html = Descriptions(MADE).html(f"[a](<{link}>)", HERE)
    assert html == (f'<p><a href="{address}">a</a></p>\n' if address else "<p>a</p>\n")


def test_links_by_reference_are_resolved_too() -> None:
    html = Descriptions(MADE).html("[a][b]\n\n[b]: x.md", HERE)
    assert f'href="{FILES}/api/x.md"' in html


def test_the_same_text_in_another_place_leads_elsewhere() -> None:
    descriptions = Descriptions(MADE)
    texts = {
        descriptions.html("[a](x.md)", HERE),
        descriptions.html("[a](x.md)", Location("orders", "asyncapi.yaml")),
        descriptions.html("[a](x.md)", Location("bare", "asyncapi.yaml")),
    }
    assert len(texts) == 3
    assert "<p>a</p>\n" in texts


def test_images_are_kept_from_hosts_that_are_allowed() -> None:
    descriptions = Descriptions(MADE, ["img.example"])
    kept = descriptions.html('![A "flow"](https://img.example/a.png)')
    assert kept == (
        '<p><img src="https://img.example/a.png" alt="A &quot;flow&quot;" loading="lazy" '
        'referrerpolicy="no-referrer"></p>\n'
    )
    for source in ("http://img.example/a.png", "https://img.example.evil/a.png", "a.png"):
        assert descriptions.html(f"![flow]({source})", HERE) == "<p>flow</p>\n"
    assert descriptions.html("[![flow](https://evil.example/a.png)](x.md)", HERE) == (
        f'<p><a href="{FILES}/api/x.md">flow</a></p>\n'
    )


@given(st.text("aZ9 ,.;:?!%/()'$\"-", max_size=40).map("A".__add__))
def test_words_alone_are_the_paragraph_that_markdown_makes_of_them(text: str) -> None:
    descriptions = Descriptions(catalogue())
    whole = descriptions.html(f"{text}\n\n\\*")
    assert str(whole) == f"{descriptions.html(text)}<p>*</p>\n"
