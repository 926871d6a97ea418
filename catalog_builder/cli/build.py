"""`catalog-builder build`: from configuration to finished site."""

import sys
from pathlib import Path

import click

from catalog_builder.build import build_site
from catalog_builder.cli.configuration import chosen
from catalog_builder.cli.report import json_report, profile_of
from catalog_builder.cli.run import EXISTING, FOLDER, Run, example, offline_option, takes_run
from catalog_builder.cli.summary import HEALTH, account_of, counted, errors_told, shown
from catalog_builder.model import Finding, Severity
from catalog_builder.processes import Crew
from catalog_builder.progress import Timed

FINDINGS = 1


@click.command(epilog=example("catalog-builder build ../orders ../payments --site-dir /tmp/site"))
@click.argument("paths", nargs=-1, type=EXISTING, metavar="[PATH]...")
@click.option("--site-dir", type=FOLDER, help="Folder for the site.  [default: site]")
@click.option("--strict", is_flag=True, help="Exit with 1 if there is an error.")
@click.option(
    "--jobs", type=click.IntRange(1), help="Processes that work.  [default: one for each core]"
)
@click.option("--profile", is_flag=True, help="Tell where the time went.")
@click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output.")
@offline_option
@takes_run
def build(  # noqa: PLR0913  one for each option
    *,
    paths: tuple[Path, ...],
    site_dir: Path | None,
    strict: bool,
    jobs: int | None,
    profile: bool,
    as_json: bool,
    offline: bool,
    run: Run,
) -> None:
    """Make the catalogue's site.

    It is made of what catalog.yml names or, without any configuration, of the specifications in
    each PATH, one repository a folder.
    """
    choice = chosen(run.config, paths)
    timed = Timed(run.progress)
    outcome = build_site(
        choice.settings,
        timed,
        mkdocs_yml=choice.mkdocs_yml,
        site_dir=site_dir,
        offline=offline,
        crew=Crew.of(jobs),
    )
    site = shown(outcome.site)
    run.progress.say(account_of(outcome, f"{site}/{HEALTH}", whole=run.verbose))
    pages = counted(outcome.account.pages, "page")
    done = f"Built {site}" if outcome.is_new else f"Nothing changed, {site} stays as it is: found"
    run.progress.say(f"{done} in {outcome.seconds:.1f} s: {pages}.")
    run.progress.say(f"Look at it with `catalog-builder serve`, or open {site}/index.html.")
    if profile:
        run.complain(profile_of(outcome, timed.stages))
    if as_json:
        click.echo(json_report(outcome, timed.stages), nl=False)
    # Ending here, rather than by returning, keeps what was built until the process takes it along.
    sys.exit(_refusal(outcome.account.findings, run) if strict else 0)


def _refusal(findings: tuple[Finding, ...], run: Run) -> int:
    """The exit code of `--strict`, whose reason is told."""
    errors = [each for each in findings if each.severity is Severity.ERROR]
    if not errors:
        return 0
    if run.quiet:
        run.complain(errors_told(errors))
    run.complain(f"Failed because of --strict: {counted(len(errors), 'error')}.")
    return FINDINGS
