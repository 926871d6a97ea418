"""`catalog-builder serve`: the site in a browser, fresh at each change."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from catalog_builder import serve as server
from catalog_builder.build import build_site, tidy, unwatched_paths, watched_paths
from catalog_builder.cli.configuration import Chosen, chosen
from catalog_builder.cli.run import EXISTING, Run, example, offline_option, takes_run, told
from catalog_builder.cli.summary import HEALTH, account_of
from catalog_builder.config import Source
from catalog_builder.model import CatalogError
from catalog_builder.recall import Former

_HIGHEST_PORT = 65535


@click.command(epilog=example("catalog-builder serve --port 8080"))
@click.argument("paths", nargs=-1, type=EXISTING, metavar="[PATH]...")
@click.option(
    "--port",
    type=click.IntRange(0, _HIGHEST_PORT),
    help="Port to listen on, 0 for any free one.  [default: 8000, or the next free one]",
)
@offline_option
@takes_run
def serve(*, paths: tuple[Path, ...], port: int | None, offline: bool, run: Run) -> None:
    """Show the catalogue in a browser, fresh at each change.

    The site is made as `build` makes it, but in a temporary folder. When a specification, a
    template, a page or the configuration changes, it is made anew and the browser reloads. Remote
    repositories are asked once, and again when other ones are configured.
    """
    choice = chosen(run.config, paths)
    with tempfile.TemporaryDirectory(prefix="catalog-builder-") as folder:
        fresh = Fresh(run, paths, Path(folder) / "site", choice, offline)
        server.serve(
            lambda: fresh.site,
            port=port,
            watched=fresh.watched,
            rebuild=fresh.rebuild,
            tidy=tidy,
            progress=run.progress,
        )


@dataclass(slots=True)
class Fresh:
    """A site as its sources are, or as they were when they were last in order."""

    run: Run
    paths: Sequence[Path]
    site: Path
    choice: Chosen
    offline: bool
    asked: tuple[Source, ...] = ()
    """The sources that were brought already, so that a change here asks nobody elsewhere."""
    former: Former | None = None
    """What the site was made of, so that only pages are made anew that would be others."""

    def rebuild(self) -> bool:
        """Whether the site is new; when an older one stays, the reason was told.

        Raises:
            CatalogError: the site cannot be made, and there is none to stay.
        """
        try:
            self._build()
        except (CatalogError, OSError) as error:
            if not self.site.exists():
                raise
            self.run.complain(f"{told(error)}\nThe site stays as it was.")
            return False
        return True

    def watched(self) -> server.Watched:
        """All that the site is made of."""
        choice = self.choice
        settings = choice.settings
        return server.Watched(
            paths=watched_paths(settings, choice.configuration, choice.mkdocs_yml),
            ignored=unwatched_paths(settings),
        )

    def _build(self) -> None:
        started = time.monotonic()
        self.choice = chosen(self.run.config, self.paths)
        sources = self.choice.settings.sources
        outcome = build_site(
            self.choice.settings,
            self.run.progress,
            mkdocs_yml=self.choice.mkdocs_yml,
            site_dir=self.site,
            offline=self.offline or sources == self.asked,
            is_passing=True,
            former=self.former,
        )
        self.former = outcome.former
        self.asked = sources
        self.run.progress.say(account_of(outcome, HEALTH, whole=self.run.verbose))
        self.run.progress.say(f"Built in {time.monotonic() - started:.1f} s.")
