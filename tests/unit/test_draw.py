import shutil

import pytest

from catalog_builder.draw import draw

needs_graphviz = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")


@needs_graphviz
def test_every_graph_becomes_one_bare_svg() -> None:
    pictures = draw({str(number): f"digraph {{ n{number} }}" for number in range(600)})
    assert pictures is not None
    assert list(pictures) == [str(number) for number in range(600)]
    assert all(f">n{key}</text>" in svg for key, svg in pictures.items())
    assert all(svg.startswith("<svg") and svg.endswith("</svg>") for svg in pictures.values())


@needs_graphviz
def test_a_graph_with_an_error_costs_only_itself() -> None:
    pictures = draw({"a": "digraph { a }", "bad": "digraph {{{", "b": "digraph { b }"})
    assert pictures is not None
    assert list(pictures) == ["a", "b"]


def test_without_graphviz_there_are_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert draw({"a": "digraph { a }"}) is None
