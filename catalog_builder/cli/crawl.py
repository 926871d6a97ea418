"""`catalog-builder crawl`: what came from where."""

import sys
from pathlib import Path

import click

from catalog_builder.build import crawl_report
from catalog_builder.cli.configuration import chosen
from catalog_builder.cli.run import EXISTING, Run, example, takes_run
from catalog_builder.cli.summary import findings_told
from catalog_builder.progress import write_table

_HEADINGS = ("SOURCE", "REPOSITORIES", "DOCUMENTS", "STATE")


@click.command(epilog=example("catalog-builder crawl"))
@click.argument("paths", nargs=-1, type=EXISTING, metavar="[PATH]...")
@takes_run
def crawl(*, paths: tuple[Path, ...], run: Run) -> None:
    """List the sources of specifications, and what each of them holds."""
    crawled = crawl_report(chosen(run.config, paths).settings, run.progress)
    rows = [
        (each.source, str(len(each.repositories)), str(each.documents), each.state)
        for each in crawled.report
    ]
    write_table(sys.stdout, _HEADINGS, rows)
    if crawled.findings:
        run.progress.say(findings_told(crawled.findings))
