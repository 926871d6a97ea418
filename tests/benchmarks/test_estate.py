import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from fnmatch import fnmatch
from pathlib import Path
from random import Random
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.benchmarks.estate import Truth, generate
from tests.benchmarks.landscape import landscape

SCHEMAS = Path(__file__).parents[3] / "shared" / "schemas"
SMALL = {"services": 20, "events": 120, "relations": 450}

Node = dict[str, Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("estate")


@pytest.fixture(scope="module")
def truth(folder: Path) -> Truth:
    return generate(folder, **SMALL)


@pytest.fixture(scope="module")
def documents(folder: Path, truth: Truth) -> list[Node]:
    assert truth.services
    return [_yaml(path) for path in sorted((folder / "repositories").rglob("asyncapi.*"))]


def _yaml(path: Path) -> Node:
    document: Node = yaml.load(path.read_bytes(), yaml.CSafeLoader)
    return document


# --- a reader of its own, by the rules of AsyncAPI, that knows nothing of the generator -------


@dataclass(frozen=True, slots=True)
class Declared:
    service: str
    action: str
    event: str
    address: str
    broker: tuple[str, str]
    message: Node


def _declared(document: Node) -> Iterator[Declared]:
    title = document["info"]["title"]
    read = _declared_2 if document["asyncapi"].startswith("2.") else _declared_3
    for action, address, (server,), key, message in read(document):
        name = message.get("messageId") or message.get("name") or key
        broker = server["protocol"], server.get("host") or server["url"]
        yield Declared(title, action, name, address, broker, message)


def _declared_2(document: Node) -> Iterator[tuple[str, str, list[Node], str, Node]]:
    for address, channel in document["channels"].items():
        servers = [document["servers"][key] for key in channel.get("servers", document["servers"])]
        for verb, action in (("subscribe", "send"), ("publish", "receive")):
            message = channel.get(verb, {}).get("message", {"oneOf": []})
            for one in message.get("oneOf", [message]):
                yield action, address, servers, *_followed(document, one)


def _declared_3(document: Node) -> Iterator[tuple[str, str, list[Node], str, Node]]:
    for operation in document["operations"].values():
        _, channel = _followed(document, operation["channel"])
        named = channel.get("servers", document["servers"].values())
        servers = [_followed(document, server)[1] for server in named]
        # The key in the channel names the message, wherever that key leads.
        keys = [one["$ref"].rpartition("/")[2] for one in operation.get("messages", [])]
        for key in keys or channel["messages"]:
            _, message = _followed(document, channel["messages"][key])
            yield operation["action"], channel["address"], servers, key, message


def _followed(document: Node, node: Node) -> tuple[str, Node]:
    """The key under which the target of a reference is kept, and the target."""
    key = ""
    while "$ref" in node:
        steps = node["$ref"].removeprefix("#/").split("/")
        node = document
        for step in steps:
            key = step.replace("~1", "/").replace("~0", "~")
            node = node[key]
    return key, node


def _fields(document: Node, schema: Node, above: tuple[str, ...] = ()) -> int:
    if "$ref" in schema:
        if schema["$ref"] in above:
            return 0
        return _fields(document, _followed(document, schema)[1], (*above, schema["$ref"]))
    if "items" in schema:
        return _fields(document, schema["items"], above)
    properties = schema.get("properties", {}).values()
    return sum(1 + _fields(document, one, above) for one in properties)


# --- what must hold ------------------------------------------------------------------------


def test_the_same_arguments_write_the_same_bytes(
    folder: Path, truth: Truth, tmp_path: Path
) -> None:
    assert generate(tmp_path, **SMALL) == truth
    assert _contents(tmp_path) == _contents(folder)


def _contents(folder: Path) -> dict[Path, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}


def test_another_seed_writes_another_estate(truth: Truth, tmp_path: Path) -> None:
    assert generate(tmp_path, **SMALL, seed=8) != truth


def test_an_estate_is_as_large_as_asked(truth: Truth) -> None:
    events = {event.name for event in truth.events}
    assert [len(truth.services), len(events), len(truth.relations)] == list(SMALL.values())


def test_the_written_truth_is_the_truth(folder: Path, truth: Truth) -> None:
    written = (folder / "truth.json").read_text()
    assert written == truth.to_json()
    assert [tuple(node.values()) for node in json.loads(written)["relations"]] == [
        astuple(relation) for relation in truth.relations
    ]


def test_the_documents_declare_the_relations_of_the_truth(
    documents: list[Node], truth: Truth
) -> None:
    declared = [
        (found.service, found.action, found.event, found.address)
        for document in documents
        for found in _declared(document)
    ]
    assert sorted(declared) == [astuple(relation) for relation in truth.relations]


def test_each_event_has_one_address_and_each_address_one_broker(
    documents: list[Node], truth: Truth
) -> None:
    found = [found for document in documents for found in _declared(document)]
    events = {(each.event, each.address, each.broker) for each in found}
    assert {each[:2] for each in events} == {(event.name, event.address) for event in truth.events}
    assert len(events) == len(truth.events)
    places = {each[1:] for each in events}
    assert len(places) == len({address for address, _ in places})


def test_senders_describe_their_events_with_as_many_fields_as_the_truth(
    documents: list[Node], truth: Truth
) -> None:
    counted = {
        (found.event, _fields(document, found.message["payload"]))
        for document in documents
        for found in _declared(document)
        if found.action == "send" and found.message.get("contentType") != "avro/binary"
    }
    assert counted <= {(event.name, event.fields) for event in truth.events}
    assert len(counted) > len(truth.events) / 2


def test_every_service_has_its_team_and_domain_in_files_or_rules(
    folder: Path, truth: Truth
) -> None:
    rules = _yaml(folder / "catalog.yml")
    domains = {rule["repository"]: rule["domain"] for rule in rules["domains"]}
    teams = {rule["repository"]: rule["team"] for rule in rules["owners"]}
    for service in truth.services:
        found = [name for glob, name in domains.items() if fnmatch(service.repository, glob)]
        assert found == [service.domain]
        claims = _claimed(folder / "repositories" / service.repository)
        assert claims or service.repository in teams
        assert {*claims, teams.get(service.repository, service.team)} == {service.team}


def _claimed(repository: Path) -> list[str]:
    claims = [
        path.read_text().split("@acme/")[1].strip() for path in repository.rglob("CODEOWNERS")
    ]
    for path in repository.glob("catalog-info.yaml"):
        component, _ = yaml.safe_load_all(path.read_text())
        claims.append(component["spec"]["owner"].removeprefix("group:"))
    return claims


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the AsyncAPI schemas are not beside the project")
def test_every_document_is_valid(documents: list[Node]) -> None:
    validators = {
        version: jsonschema_rs.validator_for(json.loads((SCHEMAS / f"{version}.json").read_text()))
        for version in {document["asyncapi"] for document in documents}
    }
    assert len(validators) == 2
    for document in documents:
        validators[document["asyncapi"]].validate(document)


def test_few_events_have_many_readers_and_most_have_one_or_two() -> None:
    rng = Random(7)  # noqa: S311  repeatable on purpose, no secret
    land = landscape(rng, services=100, events=1000, relations=4500)
    counts = sorted(len(event.readers) for event in land.events)
    assert Counter(counts)[0] == 140
    assert sum(not event.senders for event in land.events) == 30
    assert counts[500] in {1, 2}
    assert 9 <= counts[950] <= 20
    assert 40 <= counts[-1] <= 60
    assert sum(counts) + sum(len(event.senders) for event in land.events) == 4500


@pytest.mark.parametrize(
    ("services", "events", "relations"),
    [(3, 10, 100), (10, 100, 50), (1, 9999, 9999)],
)
def test_an_impossible_estate_is_refused(
    tmp_path: Path, services: int, events: int, relations: int
) -> None:
    with pytest.raises(ValueError, match=r"cannot make|need more than|no names for"):
        generate(tmp_path, services=services, events=events, relations=relations)
    assert not list(tmp_path.iterdir())
