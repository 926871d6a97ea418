"""`catalog-builder impact`: whom a change of an event concerns."""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import orjson

from catalog_builder.asking import Impact, impact_of
from catalog_builder.cli.configuration import chosen
from catalog_builder.cli.run import (
    EXISTING,
    Run,
    example,
    format_option,
    offline_option,
    takes_run,
)
from catalog_builder.cli.summary import counted
from catalog_builder.progress import write_table

_HEADINGS = ("HOP", "SERVICE", "TEAM", "DOMAIN")


@click.command(epilog=example("catalog-builder impact OrderPlaced.total --hops 2"))
@click.argument("event", metavar="EVENT[.FIELD]")
@click.argument("paths", nargs=-1, type=EXISTING, metavar="[PATH]...")
@click.option("--hops", type=click.IntRange(1), default=3, help="How far to look.  [default: 3]")
@format_option
@offline_option
@takes_run
def impact(
    *, event: str, paths: tuple[Path, ...], hops: int, style: str, offline: bool, run: Run
) -> None:
    """Say which services, teams and domains a change of an event reaches.

    One hop leads to those who read it, the next to those who read what these send. Of a FIELD,
    those readers count that name it, or that do not say what they read.
    """
    settings = chosen(run.config, paths).settings
    found = impact_of(settings, run.progress, event, hops, offline=offline)
    _WRITERS[style](found)
    run.progress.say(_sum(found, hops))


def _sum(found: Impact, hops: int) -> str:
    reach = found.reach
    field = f", field {found.asked.path}" if found.asked.path else ""
    if not reach.services:
        return f"{found.asked.event.called}{field}: a change reaches nobody that is known."
    services, teams = counted(len(reach.services), "service"), counted(len(reach.teams), "team")
    return (
        f"{found.asked.event.called}{field}: within {counted(hops, 'hop')} a change reaches "
        f"{services} of {teams} in {counted(len(reach.domains), 'domain')}."
    )


def _write_text(found: Impact) -> None:
    rows = [
        (str(hop.distance), service.name, service.team.name or "-", service.domain.name or "-")
        for hop in found.reach.hops
        for service in map(found.catalog.service.__getitem__, hop.services)
    ]
    if rows:
        write_table(sys.stdout, _HEADINGS, rows)


def _write_json(found: Impact) -> None:
    told = {
        "event": found.asked.event.id,
        "name": found.asked.event.name,
        "field": found.asked.path or None,
        "services": found.reach.services,
        "teams": found.reach.teams,
        "domains": found.reach.domains,
        "hops": list(_hops(found)),
    }
    sys.stdout.write(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode() + "\n")


def _hops(found: Impact) -> Iterator[Mapping[str, Any]]:
    for hop in found.reach.hops:
        yield {
            "distance": hop.distance,
            "events": hop.events,
            "services": [
                {
                    "id": service.id,
                    "name": service.name,
                    "team": service.team.name or None,
                    "domain": service.domain.name or None,
                }
                for service in map(found.catalog.service.__getitem__, hop.services)
            ],
        }


_WRITERS: Mapping[str, Callable[[Impact], None]] = {"text": _write_text, "json": _write_json}
