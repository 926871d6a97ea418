"""Earlier editions of documents, and the files that a document depends on."""

from collections.abc import Iterator, Mapping

import pytest

from catalog_builder.model import Checkout, Commit, DocumentHistory, Past, Repository, Revision
from catalog_builder.parse import read, with_history

HERE = Repository("shop")
SPEC = """\
asyncapi: 3.0.0
info: {title: Shop, version: '%s'}
channels: {c: {address: orders, messages: {Placed: {payload: %s}}}}
"""
ONE, TWO = (SPEC % (number, "{type: object}") for number in "12")


class Counting(Mapping[str, bytes]):
    """Files that count how often each is read."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.read: list[str] = []

    def __getitem__(self, path: str) -> bytes:
        self.read.append(path)
        return self.files[path].encode()

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def past(*versions: Mapping[str, str]) -> Past:
    """Commits of these files, newest first, the oldest of which is the first."""
    commits = [Commit(f"c{number}", f"2026-03-{30 - number}") for number in range(len(versions))]
    revisions = tuple(
        Revision(commit, Counting(files), "a.yaml", commit is commits[-1])
        for commit, files in zip(commits, versions, strict=True)
    )
    return Past(commits[0], revisions)


def history(now: Mapping[str, str], before: Past) -> DocumentHistory:
    checkout = Checkout(HERE, Counting(now), ("a.yaml",))
    return with_history(read(checkout), checkout, {"a.yaml": before}).history["a.yaml"]


def told(found: DocumentHistory) -> list[tuple[str, str]]:
    """The version that each edition's document states, and the commit."""
    return [
        (each.document.version, each.commit.id if each.commit else "") for each in found.editions
    ]


def test_editions_are_what_the_document_said_newest_first() -> None:
    before = past({"a.yaml": TWO}, {"a.yaml": ONE})
    found = history({"a.yaml": TWO}, before)
    assert told(found) == [("2", "c0"), ("1", "c1")]
    assert [each.is_first for each in found.editions] == [False, True]
    assert found.changed == before.changed


def test_what_is_not_committed_is_an_edition_without_a_commit() -> None:
    assert told(history({"a.yaml": TWO}, past({"a.yaml": ONE}))) == [("2", ""), ("1", "c0")]


def test_commits_that_changed_nothing_in_it_are_left_out() -> None:
    same = past({"a.yaml": TWO}, {"a.yaml": TWO}, {"a.yaml": ONE}, {"a.yaml": ONE})
    assert told(history({"a.yaml": TWO}, same)) == [("2", "c1"), ("1", "c3")]


def test_what_could_not_be_read_at_a_commit_is_left_out() -> None:
    broken = past({"a.yaml": TWO}, {"a.yaml": "{"}, {}, {"a.yaml": ONE})
    assert told(history({"a.yaml": TWO}, broken)) == [("2", "c0"), ("1", "c3")]


def test_findings_of_older_editions_are_not_told() -> None:
    checkout = Checkout(HERE, Counting({"a.yaml": ONE}), ("a.yaml",))
    reading = read(checkout)
    after = with_history(reading, checkout, {"a.yaml": past({"a.yaml": ONE}, {"a.yaml": "{"})})
    assert after.findings == reading.findings


def test_a_file_that_it_refers_to_makes_an_edition() -> None:
    referring = SPEC % (1, "{$ref: type.yaml}")

    def files(kind: str) -> dict[str, str]:
        return {"a.yaml": referring, "type.yaml": f"type: {kind}\n"}

    found = history(files("string"), past(files("string"), files("number")))
    payloads = [each.document.channels[0].messages[0].payload for each in found.editions]
    assert [each and each.schema for each in payloads] == [{"type": "string"}, {"type": "number"}]


def test_equal_contents_are_read_once() -> None:
    before = past({"a.yaml": TWO}, {"a.yaml": ONE}, {"a.yaml": TWO}, {"a.yaml": ONE})
    found = history({"a.yaml": TWO}, before)
    assert told(found) == [("2", "c0"), ("1", "c1"), ("2", "c2"), ("1", "c3")]
    assert found.editions[0].document is found.editions[2].document
    assert found.editions[1].document is found.editions[3].document


AVRO = "{schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {$ref: %s}}"
PROTO = "{schemaFormat: application/vnd.google.protobuf, schema: {$ref: %s}}"
LINE = '{"type": "record", "name": "a.Line", "fields": []}'


ORDER = """{"type": "record", "name": "a.O", "fields": [{"name": "l", "type": "a.Line"}]}"""
ROUTE = 'syntax = "proto3";\nimport "l.proto";\nmessage Placed {}'


@pytest.mark.parametrize(
    ("payload", "files", "used"),
    [
        ("{type: object}", {"b.yaml": ""}, ()),
        (
            "{$ref: 'b.yaml#/x'}",
            {"b.yaml": "x: {$ref: c/d.yaml}", "c/d.yaml": "{}"},
            ("b.yaml", "c/d.yaml"),
        ),
        ("{$ref: nosuch.yaml}", {}, ()),
        (
            AVRO % "o.avsc",
            {"o.avsc": ORDER, "l.avsc": LINE, "other.avsc": LINE.replace("Line", "X")},
            ("l.avsc", "o.avsc"),
        ),
        (
            PROTO % "o.proto",
            {"o.proto": ROUTE, "l.proto": "message L {}", "x.proto": ""},
            ("l.proto", "o.proto"),
        ),
    ],
    ids=["none", "schemas", "missing", "avro", "protobuf"],
)
def test_a_document_knows_the_files_that_it_depends_on(
    payload: str, files: Mapping[str, str], used: tuple[str, ...]
) -> None:
    everything = {"a.yaml": SPEC % (1, payload), **files}
    [document] = read(Checkout(HERE, Counting(everything), ("a.yaml",))).documents
    assert document.uses == used


def test_documents_that_share_a_file_depend_on_what_it_refers_to_each() -> None:
    spec = SPEC % (1, "{$ref: b.yaml}")
    files = {"a.yaml": spec, "z.yaml": spec, "b.yaml": "$ref: c.yaml", "c.yaml": "{type: object}"}
    found = read(Checkout(HERE, Counting(files), ("a.yaml", "z.yaml"))).documents
    assert [each.uses for each in found] == [("b.yaml", "c.yaml"), ("b.yaml", "c.yaml")]
