"""Documents that others wrote, broken in places: reading never raises."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_builder.model import Checkout, Repository
from catalog_builder.parse import read

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
PIECES = [
    *(b"", b" ", b"\t", b"\0", b"\n", b"&a ", b"*a ", b"<<: *a", b"!!set ", b"- ", b": ", b"? "),
    *(b"[", b"]", b"{", b"}", b'"', b"'", b"|\n", b">-\n", b"#", b"\xff", b"---\n", b"...\n"),
    *(b" null", b" []", b" {}", b" 1", b" true", b" [1]", b" {a: b}", b" {$ref: '#/components'}"),
    *(b" {$ref: ./}", b" {$ref: 1}", b"$ref: '#'", b"\\u0000", b"\\ud800", b"1e999", b"~"),
]

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus")


@cache
def repositories() -> list[Mapping[str, bytes]]:
    folders = [
        each for group in ("real", "official", "orgs") for each in (CORPUS / group).iterdir()
    ]
    return [contents(folder) for folder in sorted(folders)]


def contents(folder: Path) -> Mapping[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_no_mutation_raises(data: st.DataObject) -> None:
    repository = repositories()[data.draw(st.integers(0, len(repositories()) - 1))]
    path = data.draw(st.sampled_from(sorted(repository)))
    content = repository[path]
    for _ in range(data.draw(st.integers(1, 3))):
        content = mutated(content, data)
    chosen = [each for each in (path, *sorted(repository)) if b"asyncapi" in repository[each]][:5]
    read(Checkout(Repository("r"), {**repository, path: content}, tuple(sorted({*chosen}))))


def mutated(content: bytes, data: st.DataObject) -> bytes:
    """The content with a piece in it, in place of some bytes or of what follows a colon."""
    start = data.draw(st.integers(0, len(content)))
    end = start + data.draw(st.sampled_from([0, 1, 7, 80]))
    if data.draw(st.booleans()) and (colon := content.find(b":", start)) >= 0:
        start, end = colon + 1, content.find(b"\n", colon)
    return content[:start] + data.draw(st.sampled_from(PIECES)) + content[max(start, end) :]
