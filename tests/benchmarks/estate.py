"""A company's worth of repositories with AsyncAPI documents, of any size, with a known truth.

    python -m tests.benchmarks.estate FOLDER --services 1000 --events 10000 --relations 45000

The same arguments give the same bytes. Documents of different services meet in an event when
address, protocol, host and message name agree, and never otherwise.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from random import Random
from typing import Literal

from tests.benchmarks.documents import Habits, document
from tests.benchmarks.formats import Node
from tests.benchmarks.landscape import Event, Landscape, Service, landscape
from tests.benchmarks.payloads import fields_count
from tests.benchmarks.text import yaml_text

Action = Literal["send", "receive"]


@dataclass(frozen=True, slots=True)
class EventTruth:
    """`owner` is the sender, by name the first of two; `fields` counts fields at all depths.

    Containers count as fields, shared types are followed, a type inside itself is not.
    """

    name: str
    address: str
    owner: str | None
    fields: int


@dataclass(frozen=True, slots=True)
class RelationTruth:
    service: str
    action: Action
    event: str
    address: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What a catalogue of the estate must say, each tuple in order of its names."""

    services: tuple[Service, ...]
    events: tuple[EventTruth, ...]
    relations: tuple[RelationTruth, ...]

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1) + "\n"


def generate(folder: Path, *, services: int, events: int, relations: int, seed: int = 7) -> Truth:
    """The folder holds `catalog.yml`, `repositories/` and `truth.json` of a new estate.

    Raises:
        FileExistsError: the folder holds repositories already.
        ValueError: such an estate cannot be made.
    """
    rng = Random(seed)  # noqa: S311  repeatable on purpose, no secret
    land = landscape(rng, services, events, relations)
    (folder / "repositories").mkdir(parents=True)
    dialogue = _dialogue(land)
    unclaimed: list[Service] = []
    for repository, neighbours in _by_repository(land.services).items():
        files = _repository(rng, [(service, *dialogue[service.name]) for service in neighbours])
        _write(folder / "repositories" / repository, files)
        if not any(path.endswith(_CLAIMS) for path in files):
            unclaimed.append(neighbours[0])
    truth = _truth(land)
    _write(folder, {"catalog.yml": _catalog(land, unclaimed), "truth.json": truth.to_json()})
    return truth


def _dialogue(land: Landscape) -> dict[str, tuple[list[Event], list[Event]]]:
    """For each service what it sends and what it reads."""
    found: dict[str, tuple[list[Event], list[Event]]] = {
        service.name: ([], []) for service in land.services
    }
    for event in sorted(land.events, key=lambda event: event.name):
        for name in event.senders:
            found[name][0].append(event)
        for name in event.readers:
            found[name][1].append(event)
    return found


def _by_repository(services: Iterable[Service]) -> dict[str, list[Service]]:
    found: dict[str, list[Service]] = {}
    for service in services:
        found.setdefault(service.repository, []).append(service)
    return found


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


# --- one repository ------------------------------------------------------------------------

_CLAIMS = ("CODEOWNERS", "catalog-info.yaml")
_PLACES = (
    *("asyncapi.yaml",) * 5,
    *("asyncapi.yml",) * 2,
    *("docs/asyncapi.yaml",) * 2,
    "asyncapi.json",
)


def _repository(
    rng: Random, neighbours: Sequence[tuple[Service, Sequence[Event], Sequence[Event]]]
) -> dict[str, str]:
    files = {}
    for service, sent, read in neighbours:
        place = rng.choice(_PLACES)
        if len(neighbours) > 1:
            place = f"services/{service.name.lower().replace(' ', '-')}/{place}"
        node = document(service, sent, read, Habits.drawn(rng))
        files[place] = _json_text(node) if place.endswith(".json") else yaml_text(node)
    one = neighbours[0][0]
    if rng.random() < 0.5:
        place = rng.choice(("", "", ".github/", "docs/"))
        files[f"{place}CODEOWNERS"] = f"# Who reviews what\n* @acme/{one.team}\n"
    if rng.random() < 0.25:
        files["catalog-info.yaml"] = _catalog_info(one)
    return files


def _json_text(node: Node) -> str:
    return json.dumps(node, indent=2) + "\n"


def _catalog_info(service: Service) -> str:
    component: Node = {
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {"name": service.repository},
        "spec": {
            "type": "service",
            "lifecycle": "production",
            "owner": f"group:{service.team}",
            "system": service.domain,
        },
    }
    system: Node = {
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "System",
        "metadata": {"name": service.domain},
        "spec": {"owner": f"group:{service.team}", "domain": service.domain},
    }
    return f"{yaml_text(component)}---\n{yaml_text(system)}"


# --- the whole estate ----------------------------------------------------------------------


def _catalog(land: Landscape, unclaimed: Iterable[Service]) -> str:
    domains = sorted({service.domain for service in land.services})
    return yaml_text(
        {
            "title": "Acme events",
            "sources": [{"path": "repositories/*"}],
            "domains": [{"repository": f"{name}-*", "domain": name} for name in domains],
            "owners": [
                {"repository": service.repository, "team": service.team} for service in unclaimed
            ],
        }
    )


def _truth(land: Landscape) -> Truth:
    relations = (
        RelationTruth(name, action, event.name, event.address)
        for event in land.events
        for action, names in _sides(event)
        for name in names
    )
    events = (
        EventTruth(
            event.name, event.address, next(iter(event.senders), None), fields_count(event.payload)
        )
        for event in land.events
    )
    return Truth(
        services=tuple(sorted(land.services, key=astuple)),
        events=tuple(sorted(events, key=lambda event: event.name)),
        relations=tuple(sorted(relations, key=astuple)),
    )


def _sides(event: Event) -> tuple[tuple[Action, tuple[str, ...]], ...]:
    return ("send", event.senders), ("receive", event.readers)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.estate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--services", type=int, default=1000)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--relations", type=int, default=45_000)
    parser.add_argument("--seed", type=int, default=7)
    chosen = vars(parser.parse_args(arguments))
    try:
        truth = generate(**chosen)
    except (FileExistsError, ValueError) as error:
        parser.error(str(error))
    sys.stdout.write(f"{chosen['folder']}: {_summary(truth, chosen['folder'])}\n")


def _summary(truth: Truth, folder: Path) -> str:
    documents = [path for path in folder.rglob("asyncapi.*") if path.is_file()]
    size = sum(path.stat().st_size for path in documents) / 1e6
    return (
        f"{len(truth.services)} services, {len(truth.events)} events, "
        f"{len(truth.relations)} relations, {len(documents)} documents, {size:.1f} MB"
    )


if __name__ == "__main__":
    main()
