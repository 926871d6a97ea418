"""`catalog-builder similar`: whether an event that somebody plans is there already."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import orjson

from catalog_builder.asking import compared, drafts_in
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
from catalog_builder.search import Candidate, Comparison, Draft, Occurrence, Verdict

_SAID = {
    Verdict.REUSE: "reuse {name}",
    Verdict.EXTEND: "look at {name} first: extend it, or say why not",
    Verdict.NEW: "new: nothing in the catalogue is close enough",
}
_SHOWN = 8
_FOLDERS = Existing('A name of several words stands in quotes: "order refunded".')


@click.command(epilog=example("catalog-builder similar order-refunded.json"))
@click.argument("planned", metavar="FILE-or-NAME")
@click.argument("paths", nargs=-1, type=_FOLDERS, metavar="[PATH]...")
@format_option
@offline_option
@takes_run
def similar(*, planned: str, paths: tuple[Path, ...], style: str, offline: bool, run: Run) -> None:
    """Compare an event that you plan with those there are: reuse, extend or new.

    A file may be an AsyncAPI document, a JSON Schema, an Avro or Protobuf schema, or an example of
    the payload as JSON or YAML; anything that is no file is the name of the event.
    """
    file = Path(planned)
    drafts = drafts_in(file) if file.is_file() else (Draft(planned),)
    settings = chosen(run.config, paths).settings
    results = compared(settings, run.progress, drafts, offline=offline)
    if style == "json":
        data = [_as_data(*pair) for pair in zip(drafts, results, strict=True)]
        sys.stdout.buffer.write(orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n")
    else:
        texts = [_as_text(*pair) for pair in zip(drafts, results, strict=True)]
        sys.stdout.write("\n".join(texts))


def _as_text(draft: Draft, result: Comparison) -> str:
    fields = f" ({counted(len(draft.fields), 'field')})" if draft.fields else ""
    best = next((each for each in result.candidates if each.verdict is result.verdict), None)
    said = _SAID[result.verdict].format(name=best.entry.name if best else "")
    lines = [f"{draft.name or 'The payload'}{fields}: {said}"]
    for each in result.candidates:
        lines += [f"  {line}" for line in _candidate(draft, each)]
    return "\n".join(lines) + "\n"


def _candidate(draft: Draft, each: Candidate) -> list[str]:
    entry = each.entry
    owner = " · ".join(part for part in (entry.domain, entry.team) if part)
    about = "  ".join(
        part for part in (entry.name, "(deprecated)" * entry.deprecated, owner) if part
    )
    lines = [f"{each.percent:3} %  {about}"]
    if draft.fields:
        lines.append(f"       has {len(each.shared)} of {counted(len(draft.fields), 'field')}")
        differing = [
            f"{pair.theirs.path} is {pair.theirs.type}, not {pair.mine.type}"
            for pair in each.shared
            if not pair.same_type
        ]
        lines += [f"       {line}" for line in differing[:_SHOWN]]
        lines += [
            f"       {title}: {_listed(fields)}"
            for title, fields in (("lacks", each.missing), ("also has", each.additional))
            if fields
        ]
    return lines


def _listed(fields: Sequence[Occurrence]) -> str:
    rest = f" and {len(fields) - _SHOWN} more" if len(fields) > _SHOWN else ""
    return ", ".join(each.path for each in fields[:_SHOWN]) + rest


def _as_data(draft: Draft, result: Comparison) -> dict[str, object]:
    return {
        "name": draft.name,
        "verdict": result.verdict.value,
        "candidates": [
            {
                "event": each.entry.id,
                "name": each.entry.name,
                "domain": each.entry.domain,
                "team": each.entry.team,
                "percent": each.percent,
                "name_percent": each.name_percent,
                "carried_percent": each.carried_percent,
                "verdict": each.verdict.value,
                "shared": [
                    {
                        "planned": pair.mine.path,
                        "event": pair.theirs.path,
                        "same_type": pair.same_type,
                    }
                    for pair in each.shared
                ],
                "missing": [field.path for field in each.missing],
                "additional": [field.path for field in each.additional],
            }
            for each in result.candidates
        ],
    }
