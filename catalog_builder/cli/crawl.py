"""`catalog-builder crawl`: what came from where."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from catalog_builder.build import crawl_report
from catalog_builder.cli.configuration import chosen
from catalog_builder.cli.run import EXISTING, Run, example, offline_option, takes_run
from catalog_builder.cli.summary import aged, findings_told
from catalog_builder.model import SourceState
from catalog_builder.progress import write_table

_HEADINGS = ("SOURCE", "REPOSITORIES", "DOCUMENTS", "STATE", "AGE", "TIME")


@click.command(epilog=example("catalog-builder crawl"))
@click.argument("paths", nargs=-1, type=EXISTING, metavar="[PATH]...")
@offline_option
@takes_run
def crawl(*, paths: tuple[Path, ...], offline: bool, run: Run) -> None:
    """Bring what the sources hold into the cache, and list it.

    A repository that cannot be brought has a line of its own.
    """
    settings = chosen(run.config, paths).settings
    crawled = crawl_report(settings, run.progress, offline=offline)
    write_table(sys.stdout, _HEADINGS, list(_rows(crawled.report)))
    if crawled.findings:
        run.progress.say(findings_told(crawled.findings))


def _rows(states: Sequence[SourceState], before: str = "") -> Iterator[tuple[str, ...]]:
    for each in states:
        yield (
            f"{before}{each.source}",
            str(len(each.repositories)),
            str(each.documents),
            each.state,
            aged(each.age),
            f"{each.seconds:.1f} s",
        )
        yield from _rows(each.parts, "└ ")
