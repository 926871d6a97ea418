"""What is made of the demo estate, to the letter; `make golden` writes it anew for review.

Pages are compared without the theme around them and without pictures, which are other people's
work and change with their releases; the graphs of the pictures stand for those.
"""

from pathlib import Path

import pytest

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog
from catalog_builder.render import EXPORTS, View, diagrams, render
from catalog_builder.render.dot import Diagram
from catalog_builder.templates import Templates

EXPECTED = Path(__file__).parent / "expected"
EXPORTED = ("csv", "mermaid")
PAGES = (
    "index.md",
    "events/index.md",
    "events/authorise-payment.md",
    "events/order-placed.md",
    "events/order-placed-v2.md",
    "events/stock-reserved.md",
    "services/crate-returns.md",
    "services/order-service.md",
    "channels/orders.region.placed.v2.md",
    "domains/index.md",
    "domains/ordering.md",
    "teams/index.md",
    "teams/checkout.md",
    "health/index.md",
)


def told(diagram: Diagram) -> str:
    """What is laid out, and what is drawn there."""
    return "\n".join([diagram.dot(), *map(repr, (*diagram.nodes, *diagram.edges)), ""])


def made(catalog: Catalog) -> dict[str, str]:
    view = View(catalog, Flow(catalog))
    files = render(view, Templates(), directory_urls=False, pictures={}, contents={})
    pages = {page.path: page for page in files.pages}
    graphs = {path: told(graph()) for path, graph in diagrams(view, directory_urls=False)}
    exports = {f"catalog.{EXPORTS[name].suffix}": EXPORTS[name] for name in EXPORTED}
    return {
        **{path: each.write(catalog, view.flow).decode() for path, each in exports.items()},
        **{path.replace(".md", ".html"): pages[path].body().html + "\n" for path in PAGES},
        **{path.replace(".md", ".dot"): graphs[path] for path in PAGES if path in graphs},
        **{
            each.file.path: each.file.content().decode()
            for each in pages["events/order-placed.md"].neighbours
        },
        "pages.txt": "".join(f"{page.path}: {page.title}\n" for page in files.pages),
    }


def written() -> dict[str, str]:
    return {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes().decode()
        for path in sorted(EXPECTED.rglob("*"))
        if path.is_file()
    }


def test_the_demo_estate_gives_what_it_gave(catalog: Catalog, pytestconfig: pytest.Config) -> None:
    files = made(catalog)
    if pytestconfig.getoption("--write-golden"):
        for old in EXPECTED.rglob("*.*"):
            old.unlink()
        for path, text in files.items():
            (EXPECTED / path).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / path).write_bytes(text.encode())
    expected = written()
    assert sorted(files) == sorted(expected)
    for path, text in files.items():
        assert text == expected[path], path
