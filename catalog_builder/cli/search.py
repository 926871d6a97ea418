"""`catalog-builder search`: what the site's search finds, on the command line."""

import sys
from pathlib import Path

import click
import orjson

from catalog_builder.asking import searched
from catalog_builder.cli.configuration import chosen
from catalog_builder.cli.run import (
    Existing,
    Run,
    example,
    format_option,
    offline_option,
    takes_run,
)
from catalog_builder.cli.summary import counted
from catalog_builder.search import Hit, Reason, Result

_PLACES = {"also": "under another name", "line": "in its summary", "text": "in its description"}
_RELATIONS = {"producer": "sent by"}
_FOLDERS = Existing('Words of one query stand in quotes together: "cancelled invoice".')


@click.command(epilog=example('catalog-builder search "cancelled invoice domain:payments"'))
@click.argument("query")
@click.argument("paths", nargs=-1, type=_FOLDERS, metavar="[PATH]...")
@click.option(
    "--most", type=click.IntRange(1), default=10, help="Hits of each kind.  [default: 10]"
)
@format_option
@offline_option
@takes_run
def search(
    *, query: str, paths: tuple[Path, ...], most: int, style: str, offline: bool, run: Run
) -> None:
    """Find events, fields, services, channels, teams and domains.

    QUERY is words in any order, nearly right will do, and conditions: field: domain: team:
    producer: consumer: channel: protocol: lifecycle: kind:, with "quotes", - and OR.
    """
    settings = chosen(run.config, paths).settings
    result = searched(settings, run.progress, query, most, offline=offline)
    if style == "json":
        sys.stdout.buffer.write(orjson.dumps(_as_data(result), option=orjson.OPT_INDENT_2) + b"\n")
    else:
        sys.stdout.write(_as_text(result))


def _as_text(result: Result) -> str:
    if not result.groups:
        return "Nothing fits. Remove a word or a condition.\n"
    lines: list[str] = []
    for group in result.groups:
        lines.append(counted(group.count, group.kind.value))
        for hit in group.hits:
            lines += [f"  {line}" for line in _hit(hit)]
        if group.count > len(group.hits):
            lines.append(f"  and {group.count - len(group.hits):,} more: --most shows them")
    return "\n".join(lines) + "\n"


def _hit(hit: Hit) -> list[str]:
    entry = hit.entry
    belongs = " · ".join(part for part in (entry.domain, entry.team) if part)
    about = entry.line if entry.kind.value == "field" else belongs
    lines = [entry.name + " (deprecated)" * entry.deprecated + (f"  {about}" if about else "")]
    if entry.line and entry.kind.value != "field":
        lines.append(f"    {entry.line}")
    why = [_why(each) for each in hit.reasons] + [f"without {word}" for word in hit.missing]
    return [*lines, f"    {'; '.join(why)}"] if why else lines


def _why(reason: Reason) -> str:
    if reason.occurrence:
        required = ", required" * reason.occurrence.required
        return f"field {reason.occurrence.path}: {reason.occurrence.type}{required}"
    place = _PLACES.get(reason.relation)
    return place or f"{_RELATIONS.get(reason.relation, reason.relation)} {reason.text}"


def _as_data(result: Result) -> dict[str, object]:
    return {
        "count": result.count,
        "groups": [
            {
                "kind": group.kind.value,
                "count": group.count,
                "hits": [
                    {
                        "id": hit.entry.id,
                        "name": hit.entry.name,
                        "line": hit.entry.line,
                        "domain": hit.entry.domain,
                        "team": hit.entry.team,
                        "deprecated": hit.entry.deprecated,
                        "score": hit.score,
                        "why": [_why(each) for each in hit.reasons],
                        "missing": hit.missing,
                    }
                    for hit in group.hits
                ],
            }
            for group in result.groups
        ],
        "facets": {
            facet: [{"value": value, "count": count} for value, count in values]
            for facet, values in result.facets.items()
        },
    }
