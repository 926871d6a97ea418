"""One run of MkDocs, from its configuration to a finished folder."""

import logging
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from catalog_builder.model import CatalogError
from catalog_builder.processes import Crew
from catalog_builder.progress import Progress
from catalog_builder.publish.folder import replaced
from catalog_builder.publish.stamping import MakeFiles, StampingPlugin
from catalog_builder.templates import shipped

PLUGIN = "catalog"
_KNOWN_PLUGINS = {PLUGIN, "search", "material/search"}
_CLOSED = (
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "fenced_code", "footnotes"),
    *("markdown.extensions.", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables"),
    *("toc", "wikilinks", "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite"),
    *("pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
)
"""Extensions of Markdown that read no other file."""
_INHERITS = re.compile(r"^INHERIT:(.+)$", re.MULTILINE)


@dataclass
class SiteError(CatalogError):
    """MkDocs would not build the site."""

    reason: str

    def __str__(self) -> str:
        """Why, in MkDocs' words."""
        return f"MkDocs cannot build the site: {self.reason}"


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the generated files."""

    title: str
    site_dir: Path | None
    """None: what `mkdocs_yml` says."""
    mkdocs_yml: Path | None = None
    """None: the shipped settings, without hand-written pages."""


def publish(
    make_files: MakeFiles, frame: Frame, progress: Progress, crew: Crew | None = None
) -> Path:
    """The folder of the finished site, which holds what it held before when anything fails.

    Raises:
        SiteError: MkDocs' configuration or a hand-written page is wrong.
        UnwritableFolderError: the folder cannot be made or replaced.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with tempfile.TemporaryDirectory() as no_pages, _errors_kept() as errors:
        try:
            config = _configuration(frame, Path(no_pages))
            site_dir = (frame.site_dir or Path(config.site_dir)).resolve()
            with replaced(site_dir) as fresh:
                config.site_dir = str(fresh)
                plugin = _plugin(config)
                plugin.make_files, plugin.progress = make_files, progress
                plugin.crew = crew or plugin.crew
                build(config)
        except (Abort, ConfigurationError) as error:
            raise SiteError("; ".join(errors) or str(error)) from error
    return site_dir


def configuration_named_in(mkdocs_yml: Path) -> Path | None:
    """The catalogue's configuration that the plugin's settings in a `mkdocs.yml` name.

    Raises:
        SiteError: the `mkdocs.yml` is wrong.
    """
    plugin = _loaded(mkdocs_yml).plugins.get(PLUGIN)
    if not isinstance(plugin, StampingPlugin):
        return None
    return mkdocs_yml.parent / plugin.config.config


def frame_files(frame: Frame) -> tuple[Path, ...] | None:
    """All files and folders that the frame of a site is made of; None when nobody can know them.

    Other plugins, hooks, some extensions of Markdown and environment variables may bring in
    anything.

    Raises:
        SiteError: the configuration is wrong.
    """
    if frame.mkdocs_yml is None:
        return (shipped(),)
    config = _loaded(frame.mkdocs_yml)
    chain = tuple(_inherited(frame.mkdocs_yml.resolve()))
    is_ours = set(config.plugins) <= _KNOWN_PLUGINS and not config.hooks
    is_closed = all(each.startswith(_CLOSED) for each in config.markdown_extensions)
    if not is_ours or not is_closed or any("!ENV" in each.read_text() for each in chain):
        return None
    return (shipped(), *chain, *hand_written(frame.mkdocs_yml))


def _inherited(mkdocs_yml: Path) -> Iterator[Path]:
    """A configuration, and those that it inherits from."""
    yield mkdocs_yml
    parent = _INHERITS.search(mkdocs_yml.read_text(encoding="utf-8"))
    if parent:
        yield from _inherited((mkdocs_yml.parent / parent[1].strip("\"' ")).resolve())


def site_of(frame: Frame) -> Path:
    """The folder that `publish` replaces.

    Raises:
        SiteError: the configuration is wrong.
    """
    if frame.site_dir or not frame.mkdocs_yml:
        return (frame.site_dir or Path("site")).resolve()
    return Path(_loaded(frame.mkdocs_yml).site_dir).resolve()


def hand_written(mkdocs_yml: Path) -> tuple[Path, ...]:
    """The folders of the owner's own pages and theme overrides, as a `mkdocs.yml` names them.

    Raises:
        SiteError: the configuration is wrong.
    """
    config = _loaded(mkdocs_yml)
    folders = (config.docs_dir, config.theme.custom_dir)
    return tuple(Path(each) for each in folders if each)


def _loaded(mkdocs_yml: Path) -> MkDocsConfig:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _errors_kept() as errors:
        try:
            return load_config(str(mkdocs_yml))
        except (Abort, ConfigurationError) as error:
            raise SiteError("; ".join(errors) or str(error)) from error


def _configuration(frame: Frame, no_pages: Path) -> MkDocsConfig:
    if frame.mkdocs_yml:
        return load_config(str(frame.mkdocs_yml))
    return load_config(
        str(shipped() / "site.yml"),
        site_name=frame.title,
        docs_dir=str(no_pages),
    )


def _plugin(config: MkDocsConfig) -> StampingPlugin:
    plugin = config.plugins.get(PLUGIN)
    if not isinstance(plugin, StampingPlugin):
        plugin = StampingPlugin()
        config.plugins[PLUGIN] = plugin
    return plugin


class _Keeping(logging.Handler):
    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record.getMessage())


@contextmanager
def _errors_kept() -> Iterator[list[str]]:
    """MkDocs tells the reasons of a failure only to its log."""
    kept: list[str] = []
    handler, logger = _Keeping(kept), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield kept
    finally:
        logger.removeHandler(handler)
