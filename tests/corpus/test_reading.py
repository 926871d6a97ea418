"""Every document of the corpus is read, and as the reference parser reads those it accepts."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog_builder.model import (
    Checkout,
    Document,
    Finding,
    Message,
    Reading,
    Repository,
    Severity,
)
from catalog_builder.parse import read

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
GROUPS = ("real", "official", "orgs", "history")

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus")

SAME_OPERATIONS = 0.99
SAME_PROPERTIES = 0.99
REJECTED_YET_READ = 0.97
REJECTED_AND_REPORTED = 0.90
ACCEPTED_WITH_ERRORS = 0.01

CONVERTER_DROPPINGS = frozenset({"subscribe.message.0", "publish.message.0"})
"""Names that a converter left behind: we name such messages by their component."""

OTHER_OPERATIONS: Mapping[str, str] = {}
"""Documents whose operations we read otherwise than the reference parser, with the reason."""
OTHER_PROPERTIES: Mapping[str, str] = {
    "real/Apicurio__apicurio-registry/schema-util/util-provider/src/test/resources/io/apicurio/"
    "registry/content/dereference/expected-testDereference-asyncapi30-avro.json": "Avro 1.11.1, "
    "which the reference parser leaves unread: we have the three fields that are written there",
}
"""Documents whose properties we read otherwise than the reference parser, with the reason."""
ERRORS_IN_ACCEPTED: Mapping[str, str] = {}
"""Documents that the reference parser accepts and we find an error in, with the reason."""


@cache
def readings() -> dict[Path, Reading]:
    folders = [each for group in GROUPS for each in sorted((CORPUS / group).iterdir())]
    return {folder: read(checkout(folder)) for folder in folders}


def checkout(folder: Path) -> Checkout:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    endings = (".yaml", ".yml", ".json")
    chosen = (each for each in files if each.endswith(endings) and b"asyncapi" in files[each])
    return Checkout(Repository(folder.name), files, tuple(chosen))


def documents() -> dict[str, Document]:
    return {
        f"{folder.relative_to(CORPUS)}/{document.path}": document
        for folder, reading in readings().items()
        for document in reading.documents
    }


@cache
def findings() -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for folder, reading in readings().items():
        for each in reading.findings:
            name = f"{folder.relative_to(CORPUS)}/{each.location.path}"
            found.setdefault(name, []).append(each)
    return found


def has(name: str, *severities: Severity) -> bool:
    return any(each.severity in severities for each in findings().get(name, ()))


@cache
def truths(*, valid: bool) -> list[dict[str, Any]]:
    lines = (CORPUS / "truth.jsonl").read_text().splitlines()
    return [truth for truth in map(json.loads, lines) if truth["valid"] is valid]


def test_every_document_that_is_yaml_is_read() -> None:
    unread = {each["file"] for each in [*truths(valid=True), *truths(valid=False)]} - {*documents()}
    assert {each for each in unread if is_yaml(each)} == set()
    assert all(has(each, Severity.ERROR) for each in unread)


def is_yaml(name: str) -> bool:
    return raw(name) is not None


def raw(name: str) -> Any:  # noqa: ANN401  a document is any YAML
    """What another reader makes of the file; None when it makes nothing of it."""
    try:
        return yaml.load((CORPUS / name).read_bytes(), yaml.CBaseLoader)  # noqa: S506  texts only
    except yaml.YAMLError:
        return None


def test_operations_agree_with_the_reference_parser() -> None:
    accepted = truths(valid=True)
    known = documents()
    other = {each["file"] for each in accepted if not agrees(known[each["file"]], each)}
    assert other == OTHER_OPERATIONS.keys()
    assert 1 - len(other) / len(accepted) >= SAME_OPERATIONS


def agrees(document: Document, truth: dict[str, Any]) -> bool:
    """Whether each operation of one side is one of the other side, and of no other operation.

    The reference parser leaves an address out where the key stands for it, has the `name` of a
    message where there is one, and calls messages without one anonymous.
    """
    left = [
        ("send" if each["isSend"] else "receive", each["channel"], tuple(each["messages"]))
        for each in truth["operations"]
    ]
    for action, address, spoken in operations(document):
        found = next(
            (
                each
                for each in left
                if each[0] == action
                and each[1] in {address, None, "None"}
                and same_messages(spoken, each[2])
            ),
            None,
        )
        if found is None:
            return False
        left.remove(found)
    return not left


def operations(document: Document) -> Iterator[tuple[str, str | None, tuple[Message, ...]]]:
    channels = {each.key: each for each in document.channels}
    for each in document.operations:
        if not each.reply_to:
            channel = channels[each.channel]
            chosen = (one for one in channel.messages if one.id in each.messages)
            yield each.action.value, channel.address, tuple(chosen)


def same_messages(ours: Iterable[Message], theirs: Iterable[str]) -> bool:
    names = [{each.id, each.name} for each in ours]
    nameless = 0
    for each in theirs:
        named = next((both for both in names if each in both), None)
        if named is not None:
            names.remove(named)
        elif is_nameless(each):
            nameless += 1
        else:
            return False
    return len(names) == nameless


def is_nameless(name: str) -> bool:
    return name.startswith("<anonymous-message-") or name in CONVERTER_DROPPINGS


def test_payloads_have_the_properties_that_the_reference_parser_sees() -> None:
    known = documents()
    accepted = truths(valid=True)
    other = {each["file"] for each in accepted if not same_properties(known[each["file"]], each)}
    assert other == OTHER_PROPERTIES.keys()
    assert 1 - len(other) / len(accepted) >= SAME_PROPERTIES


def same_properties(document: Document, truth: dict[str, Any]) -> bool:
    """Whether each message that is used has the properties it should, a nameless one as some."""
    ours = [each for channel in document.channels for each in channel.messages]
    used = [each for each in truth["messages"] if each["used"]]
    left = Counter(frozenset(properties(each)) for each in ours)
    for each in sorted(used, key=lambda each: is_nameless(each["id"])):
        wanted = frozenset(each["properties"] or ())
        named = [one for one in ours if each["id"] in {one.id, one.name}]
        if named and wanted not in {frozenset(properties(one)) for one in named}:
            return False
        if not named and (not is_nameless(each["id"]) or wanted not in left):
            return False
    return True


def properties(message: Message) -> set[str]:
    schema = message.payload.schema if message.payload else None
    if isinstance(schema, dict) and isinstance(schema.get("fields"), list):
        return {each["name"] for each in schema["fields"]}
    found = schema.get("properties", {}) if isinstance(schema, dict) else {}
    return set(found)


def test_rejected_documents_that_hold_channels_yield_them_with_findings() -> None:
    holding = [each["file"] for each in truths(valid=False) if has_channels(raw(each["file"]))]
    assert len(holding) > 150
    yielding = [each for each in holding if yields(each)]
    assert len(yielding) / len(holding) >= REJECTED_YET_READ
    reported = [each for each in yielding if each in findings()]
    assert len(reported) / len(holding) >= REJECTED_YET_READ


def yields(name: str) -> bool:
    document = documents().get(name)
    if document is None or not document.channels:
        return False
    has_message = any(each.messages for each in document.channels)
    return has_message or not speaks(raw(name)["channels"])


def has_channels(document: Any) -> bool:  # noqa: ANN401  a document is any YAML
    channels = document.get("channels") if isinstance(document, dict) else None
    return isinstance(channels, dict) and any(isinstance(each, dict) for each in channels.values())


def speaks(value: Any) -> bool:  # noqa: ANN401  a document is any YAML
    """Whether a message is described somewhere in it."""
    if isinstance(value, dict):
        described = (value.get(key) for key in ("message", "messages"))
        return any(isinstance(each, dict) and each for each in described) or any(
            map(speaks, value.values())
        )
    return False


def test_rejected_documents_have_an_error_or_a_warning() -> None:
    rejected = [each["file"] for each in truths(valid=False)]
    reported = [each for each in rejected if has(each, Severity.ERROR, Severity.WARNING)]
    assert len(reported) / len(rejected) >= REJECTED_AND_REPORTED


def test_accepted_documents_hold_no_errors() -> None:
    accepted = [each["file"] for each in truths(valid=True)]
    wrong = {each for each in accepted if has(each, Severity.ERROR)}
    assert wrong == ERRORS_IN_ACCEPTED.keys()
    assert len(wrong) / len(accepted) <= ACCEPTED_WITH_ERRORS


def test_every_reference_of_a_schema_leads_into_its_own_definitions() -> None:
    for document in documents().values():
        for channel in document.channels:
            for message in channel.messages:
                payload = message.payload
                if payload and payload.format in {"json-schema", "openapi"}:
                    assert references_in(payload.schema) <= {
                        f"#/definitions/{name}" for name in definitions_of(payload.schema)
                    }


def definitions_of(schema: Any) -> Any:  # noqa: ANN401  a schema is any JSON
    return schema.get("definitions", {}) if isinstance(schema, dict) else {}


def references_in(value: Any) -> set[str]:  # noqa: ANN401  a schema is any JSON
    if isinstance(value, list):
        return {found for each in value for found in references_in(each)}
    if not isinstance(value, dict):
        return set()
    own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
    data = {"example", "examples", "default", "const", "enum"}
    inner = (each for key, each in value.items() if key not in data and not key.startswith("x-"))
    return own.union(*(references_in(each) for each in inner))
