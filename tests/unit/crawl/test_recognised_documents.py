import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from catalog_builder.config import LocalSource, Settings
from catalog_builder.crawl import crawl

Written = Callable[[Mapping[str, str | bytes]], Path]

DOCUMENTS: dict[str, str | bytes] = {
    "the key first": "asyncapi: 3.0.0\n",
    "the key last": "info:\n  title: a\nasyncapi: '2.6.0'",
    "quotes around the key": '"asyncapi": 3.0.0',
    "single quotes around the key": "'asyncapi' : 3.0.0",
    "a value on the next line": "asyncapi:\n  3.0.0",
    "Windows line ends": "info: {}\r\nasyncapi: 3.0.0\r\n",
    "old Macintosh line ends": "info: {}\rasyncapi: 3.0.0\r",
    "comments and directives before": "# ours\n%YAML 1.2\n\n--- # here\nasyncapi: 3.0.0\n",
    "everything indented": "\n  # ours\n  asyncapi: 3.0.0\n  info: {}\n",
    "the second document": "a: 1\n---\nasyncapi: 3.0.0\n",
    "conflict markers": "<<<<<<< HEAD\n  x: 1\n=======\nasyncapi: 3.0.0\n>>>>>>> b\n",
    "broken further down": "asyncapi: 3.0.0\ninfo: [\n\t}",
    "a byte order mark": b"\xef\xbb\xbfasyncapi: 3.0.0",
    "UTF-16": "info: {}\nasyncapi: 3.0.0".encode("utf-16"),
    "UTF-16, big end first, no mark": "asyncapi: 3.0.0".encode("utf-16-be"),
    "UTF-32": '{"asyncapi": "3.0.0"}'.encode("utf-32"),
    "not UTF-8": b"info: \xff\nasyncapi: 3.0.0",
    "JSON": '{"info": {"x": [{}]}, "asyncapi": "2.6.0"}',
    "JSON on many lines": ' \n{\n  "info": {"title": "{"},\n  "asyncapi" : "2.6.0"\n}',
    "JSON with quotes in strings": '{"info": "\\"}{\\\\", "asyncapi": "2.6.0"}',
    "JSON that is broken further down": '{"asyncapi": "2.6.0", "info": {',
    "JSON after a comment": '# ours\n---\n{"asyncapi": "2.6.0"}',
    "YAML in braces": "{asyncapi: 3.0.0, info: {}}",
}
OTHERS: dict[str, str | bytes] = {
    "empty": "",
    "a dependency": '{"dependencies": {"asyncapi": "2.6.0"}}',
    "a dependency in YAML": "dependencies:\n  asyncapi: 3.0.0\n",
    "OpenAPI that mentions it": "openapi: 3.1.0\ninfo:\n  asyncapi: 3.0.0\nx-asyncapi: 3.0.0\n",
    "a longer key": "asyncapi-file: a\nasyncapi.yaml: b\nmy-asyncapi: c\n",
    "a longer key in braces": '{"x-asyncapi": 1, asyncapi-file: 2, "asyncapi-x": 3}',
    "a value": '{"x": "asyncapi", "y": "asyncapi: 3.0.0"}',
    "a list": "- asyncapi: 3.0.0\n",
    "a list in JSON": '[{"asyncapi": "3.0.0"}]',
    "a comment": "# asyncapi: 3.0.0\na: b",
    "text in a block": "text: |\n  asyncapi: 3.0.0\n",
    "no colon": "asyncapi 3.0.0",
    "no space": "asyncapi:3.0.0",
    "bytes": bytes(range(256)) * 4,
}


@pytest.mark.parametrize(
    ("content", "expected"),
    [pytest.param(content, True, id=name) for name, content in DOCUMENTS.items()]
    + [pytest.param(content, False, id=name) for name, content in OTHERS.items()],
)
def test_a_document_is_a_file_that_says_asyncapi_at_its_top(
    written: Written,
    content: str | bytes,
    expected: bool,  # noqa: FBT001  a column of the table
) -> None:
    root = written({"a/some.yaml": content})
    [checkout] = crawl(Settings(root=root, sources=(LocalSource("a"),))).checkouts
    assert bool(checkout.specifications) == expected


@pytest.mark.parametrize(
    "content",
    [
        b'{"' + b'\\"' * 1_000_000 + b"asyncapi",
        b"{" + b'"asyncapi' * 500_000,
        b"asyncapi" + b" " * 5_000_000,
        b"#asyncapi\n" * 500_000,
        b"\n" * 5_000_000 + b"asyncapi",
        b" " * 5_000_000 + b"asyncapi",
        b"{" * 3_000_000 + b"asyncapi:",
        b"%" * 5_000_000 + b"asyncapi",
        b"---\n" * 1_000_000 + b"asyncapi",
    ],
    ids=lambda content: repr(content[:12]),
)
def test_hostile_files_cost_no_minutes(written: Written, content: bytes) -> None:
    root = written({"a/some.yaml": content})
    start = time.process_time()
    crawl(Settings(root=root, sources=(LocalSource("a"),)))
    assert time.process_time() - start < 60  # what doubles would never end


def test_every_document_of_the_corpus_is_found() -> None:
    corpus = Path(__file__).resolve().parents[4] / "shared" / "corpus"
    if not (corpus / "manifest.tsv").is_file():
        pytest.skip("the corpus of real documents is not beside the project")
    rows = (corpus / "manifest.tsv").read_text(encoding="utf-8").splitlines()
    column = rows[0].split("\t").index("local_path")
    listed = {path for row in rows[1:] if (path := row.split("\t")[column]) != "-"}
    present = {path for path in listed if (corpus / path).is_file() and "history/" not in path}
    source = LocalSource(str(corpus))
    [checkout] = crawl(Settings(root=corpus, sources=(source,), include=("**",))).checkouts
    hidden = ("/build/", "/dist/", "/target/", "/vendor/", "/.")
    missed = present - set(checkout.specifications)
    assert [path for path in sorted(missed) if not any(part in path for part in hidden)] == []
    assert len(present) > 500
