"""The catalogue inside MkDocs: a few real pages as frames, thousands stamped into them.

MkDocs takes 20 to 50 ms for a page of its own. So it renders only the pages of the menu and one
shell for each folder of pages; the catalogue's pages are stamped into the shells and written
beside. It knows them as files all the same, so that links from hand-written pages resolve.
"""

import gzip
import hashlib
import logging
import posixpath
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File
from mkdocs.structure.files import Files as MkDocsFiles
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage

from catalog_builder.files import Body, Files, Heading, Neighbour, Page, RawFile, Written
from catalog_builder.model import CatalogError
from catalog_builder.processes import Crew
from catalog_builder.progress import Progress
from catalog_builder.publish.head import About, alternates, head, with_head
from catalog_builder.publish.known import FramedPage, RawCopy, StampedFile, generated
from catalog_builder.publish.lifted import lifted
from catalog_builder.publish.reading import written
from catalog_builder.publish.references import References
from catalog_builder.publish.shell import Shell, cut, hole
from catalog_builder.publish.theming import list_less
from catalog_builder.publish.writing import Item, Writer, batches
from catalog_builder.templates import COMPILED, shipped

MakeFiles: TypeAlias = Callable[[bool], Files]
"""Gives the generated files; told whether addresses end in `/` (else in `.html`)."""

MakeMore: TypeAlias = Callable[[tuple[Written, ...]], tuple[RawFile, ...]]
"""Gives the files that hold what hand-written pages say as well."""

_ENTRY = Heading(hole("heading"), hole("anchor"))
_HOME = "index.md"
_OVERVIEW = "overview.md"
_SEARCH = "material/search"
_FOREIGN_FONT = {"text": "Roboto", "code": "Roboto Mono"}
"""Material's default, which comes from another host."""


class _SearchIsThere:
    """What the theme asks of a plugin for searching."""

    config: ClassVar = {"enabled": True}


class PluginSettings(Config):  # type: ignore[no-untyped-call]  # MkDocs' own
    """What stands under `catalog:` in a `mkdocs.yml`."""

    config = Type(str, default="catalog.yml")
    """Path of the catalogue's configuration, from the folder of the `mkdocs.yml`."""


class StampingPlugin(BasePlugin[PluginSettings]):  # type: ignore[no-untyped-call]  # MkDocs' own
    """Puts generated files into a MkDocs site."""

    make_files: MakeFiles | None = None
    progress: Progress | None = None
    crew: Crew = Crew.of(None)

    def __init__(self) -> None:
        self._raw: list[RawCopy] = []
        self._files = Files()
        self._pages: list[StampedFile] = []
        self._shells: dict[tuple[str, str, bool], Shell] = {}
        self._scripts: dict[str, RawFile] = {}
        self._indexes: list[FramedPage] = []
        self._frames: dict[str, FramedPage] = {}
        self._of_written: MakeMore | None = None
        self._written: list[Written] = []
        self._feeds: tuple[Neighbour, ...] = ()
        self._references = References()
        self._is_guest = False
        """Whether MkDocs was not run by us."""

    def files_of(self, configuration: Path) -> MakeFiles | None:  # noqa: ARG002  for subclasses
        """The files of a catalogue, where none were given: here none."""
        return None

    def watched(self, configuration: Path) -> Iterable[Path]:  # noqa: ARG002  for subclasses
        """What to look at for changes while MkDocs serves: here nothing."""
        return ()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The theme knows our overrides, after the owner's own, and fetches no fonts."""
        if self.make_files is None:
            self._is_guest = True
            with self._failing():
                self.make_files = self.files_of(self._configuration(config))
        logging.getLogger("mkdocs.commands.build").addFilter(_is_news)
        own = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(own, str(shipped() / "theme"))
        if config.theme.get("font") == _FOREIGN_FONT:
            config.theme["font"] = False
        list_less(config.theme)
        config.markdown_extensions.append(self._references)
        return config

    def on_serve(
        self,
        server: LiveReloadServer,
        config: MkDocsConfig,
        builder: Callable[..., None],  # noqa: ARG002  MkDocs' own
    ) -> None:
        """A change to a specification builds the site anew."""
        for path in self.watched(self._configuration(config)):
            server.watch(str(path))

    def _configuration(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).parent / self.config.config

    def on_files(self, files: MkDocsFiles, config: MkDocsConfig) -> MkDocsFiles:
        """Every generated file is known to MkDocs; only frames and indexes will it render."""
        if self.make_files is None:
            return files
        made = self.make_files(config.use_directory_urls)
        self._pages, self._indexes, self._frames, self._shells = [], [], {}, {}
        self._scripts = {}
        self._raw = [RawCopy(raw, config) for raw in made.raw]
        self._files = made
        self._of_written, self._written = made.of_written, []
        self._feeds = made.neighbours
        for raw in self._raw:
            files.append(raw)
        config.extra_css[:0] = made.styles
        config.extra_javascript[:0] = made.scripts
        for page in made.pages:
            if page.is_index:
                files.append(self._index(page, files, config))
            else:
                stamped = StampedFile(page, config)
                files.append(stamped)
                self._pages.append(stamped)
        folders = (posixpath.dirname(each.path) for each in made.pages)
        self._references.knows(made.named, folders, files.src_uris)
        for page in self._first_of_each_kind():
            files.append(self._frame(page, config))
        return files

    def _index(self, page: Page, files: MkDocsFiles, config: MkDocsConfig) -> File:
        taken = page.path == _HOME and files.get_file_from_path(_HOME) is not None
        if taken:
            page = replace(page, path=_OVERVIEW, title="Overview")
        file = generated(page.path, config)
        self._indexes.append(FramedPage(page, file, config))
        return file

    def _first_of_each_kind(self) -> Iterator[Page]:
        seen = set()
        for file in self._pages:
            if (kind := _kind(file.stamped)) not in seen:
                seen.add(kind)
                yield file.stamped

    def _frame(self, page: Page, config: MkDocsConfig) -> File:
        folder, section, wide = _kind(page)
        path = posixpath.join(folder, f"{hole('path')}.md")
        if path in self._frames:
            raise ValueError(f"pages of {folder!r} must be of one section and width")
        frame = Page(
            path=path,
            title=hole("title"),
            description=hole("description"),
            body=lambda: Body(f"<h1 hidden></h1>{hole('content')}", (_ENTRY,)),
            section=section,
            wide=wide,
        )
        file = generated(path, config)
        self._frames[path] = FramedPage(frame, file, config)
        return file

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: MkDocsFiles) -> Navigation:  # noqa: ARG002  MkDocs' own
        """The catalogue's sections stand first in the menu, unless the owner placed them."""
        placed = set(map(id, nav.pages))
        own = [index for index in self._indexes if id(index) not in placed]
        nav.items[:0] = [_menu_item(index) for index in own]
        nav.pages[:0] = own
        nav.homepage = next((page for page in nav.pages if page.is_homepage), nav.homepage)
        sections = {index.framed.section: index.parent for index in self._indexes}
        for frame in self._frames.values():
            frame.parent = sections.get(frame.framed.section)
        return nav

    @event_priority(-100)
    def on_page_markdown(
        self,
        markdown: str,
        page: MkDocsPage,
        config: MkDocsConfig,  # noqa: ARG002  MkDocs' own
        files: MkDocsFiles,  # noqa: ARG002  MkDocs' own
    ) -> None:
        """What the owner refers to is looked for while the page is rendered, which is next."""
        self._references.reads(page.file.src_uri, markdown)

    @event_priority(-100)
    def on_page_content(
        self,
        html: str,
        page: MkDocsPage,
        config: MkDocsConfig,  # noqa: ARG002  MkDocs' own
        files: MkDocsFiles,  # noqa: ARG002  MkDocs' own
    ) -> None:
        """What the owner wrote can be found as well, unless the page says that it should not."""
        if isinstance(page, FramedPage) or page.meta.get("search", {}).get("exclude"):
            return
        self._written.append(written(page.url, str(page.title or ""), html))

    def on_env(
        self,
        env: Any,  # noqa: ANN401  Jinja's environment
        config: MkDocsConfig,
        files: MkDocsFiles,  # noqa: ARG002  MkDocs' own
    ) -> None:
        """The theme shows a search where it sees one of its own; the box in it is ours.

        Its templates are compiled once, however often a site is built in this process.

        Raises:
            PluginError: pages refer to what is not there.
        """
        if mistakes := self._references.mistakes:
            raise PluginError("\n".join(map(str, mistakes)))
        env.bytecode_cache = COMPILED
        if self._of_written and _SEARCH not in config.plugins:
            dict.__setitem__(config.plugins, _SEARCH, _SearchIsThere())

    @event_priority(-100)
    def on_post_page(self, output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
        """A frame becomes a shell, and leaves nothing to write; other pages get their head."""
        tags = self._head(page, config)
        if not isinstance(page, FramedPage) or page.file.src_uri not in self._frames:
            return with_head(output, tags)
        framed = with_head(output, tags + hole("head")).replace("<h1 hidden></h1>", "")
        lean = lifted(framed, _root_from(page.url))
        if lean.path:
            self._scripts[lean.path] = RawFile(lean.path, partial(bytes, lean.script))
        self._shells[_kind(page.framed)] = cut(lean.html)
        return ""

    def _head(self, page: MkDocsPage, config: MkDocsConfig) -> str:
        description = page.meta.get("description") or config.site_description or ""
        about = About(
            title=config.site_name if page.is_homepage else str(page.title or ""),
            description=str(description),
            site=config.site_name,
            address=page.canonical_url or "",
        )
        return head(about) + alternates(self._feeds, _root_from(page.url))

    def on_post_template(
        self, output_content: str, template_name: str, config: MkDocsConfig
    ) -> str | None:
        """The site map names the stamped pages too."""
        if template_name != "sitemap.xml" or not config.site_url:
            return None
        entries = (f"<url><loc>{config.site_url}{file.url}</loc></url>\n" for file in self._pages)
        return output_content.replace("</urlset>", "".join(entries) + "</urlset>")

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Every page and file of the catalogue is written."""
        shells = {kind: _digest(repr(shell)) for kind, shell in self._shells.items()}
        pages = [self._item(each, shells[_kind(each.stamped)]) for each in self._pages]
        raw = [*(each.raw for each in self._raw), *self._scripts.values()]
        others = list(map(_raw_item, raw))
        if self._of_written:
            owned = tuple(sorted(self._written, key=lambda each: each.address))
            others.insert(0, _raw_item(*self._of_written(owned)))
        writer = Writer(Path(config.site_dir), self._files.aside, self._files.recall)
        with self._failing():
            writer.write_all(batches(pages, others), self.crew, self.progress)
        _pack_again(Path(config.site_dir, "sitemap.xml"))

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """What fails is told as MkDocs tells failures, unless it is we who run MkDocs."""
        try:
            yield
        except CatalogError as error:
            if not self._is_guest:
                raise
            raise PluginError(str(error)) from error

    def _item(self, file: StampedFile, shell: bytes) -> Item:
        """A page that waits to be written, and its neighbours."""
        page = file.stamped
        neighbours = [(each.file.path, each.media_type, each.title) for each in page.neighbours]
        given = (page.title, page.description, file.dest_uri, neighbours)
        paths = (file.dest_uri, *(each.file.path for each in page.neighbours))
        return Item(
            page.path,
            paths,
            partial(self._stamped, file),
            is_page=True,
            of=page.of,
            given=_digest(repr(given), shell),
        )

    def _stamped(self, file: StampedFile) -> Iterator[bytes]:
        """A page, and its neighbours."""
        page = file.stamped
        html = self._shells[_kind(page)].stamp(
            title=page.title,
            description=page.description,
            path=posixpath.basename(page.path).removesuffix(".md"),
            body=page.body(),
            head=alternates(page.neighbours, _root_from(file.url)),
        )
        yield html.encode("utf-8", "xmlcharrefreplace")
        yield from _raw([each.file for each in page.neighbours])


def _raw_item(*files: RawFile) -> Item:
    paths = tuple(each.path for each in files)
    is_late = any(each.is_late for each in files)
    return Item(paths[0], paths, partial(_raw, files), of=files[0].of, is_late=is_late)


def _raw(files: Iterable[RawFile]) -> Iterator[bytes]:
    return (each.content() for each in files)


def _digest(text: str, *parts: bytes) -> bytes:
    content = b"".join((text.encode("utf-8", "surrogatepass"), *parts))
    return hashlib.blake2b(content, digest_size=16).digest()


def _is_news(record: logging.LogRecord) -> bool:
    """Frames leave nothing to write, which MkDocs tells of each; everything else is news."""
    message = record.getMessage()
    return not (message.startswith("Page skipped: ") and hole("path") in message)


def _kind(page: Page) -> tuple[str, str, bool]:
    return posixpath.dirname(page.path), page.section, page.wide


def _menu_item(index: FramedPage) -> Section | FramedPage:
    if not index.framed.section:
        return index
    section = Section(index.framed.section, [index])
    index.parent = section
    return section


def _root_from(url: str) -> str:
    """The way from a page to the site's root."""
    return "../" * url.count("/")


def _pack_again(sitemap: Path) -> None:
    """MkDocs packs the site map with the time of the build; ours is the same every time."""
    if sitemap.is_file():
        packed = gzip.compress(sitemap.read_bytes(), mtime=0)
        sitemap.with_suffix(".xml.gz").write_bytes(packed)
