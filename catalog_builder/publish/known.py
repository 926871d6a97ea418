"""Generated pages and files as MkDocs knows them, so that links from hand-written pages resolve.

Alone knows what keeps MkDocs from rendering and copying what we write ourselves.
"""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.files import Files as MkDocsFiles
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from catalog_builder.files import Page, RawFile


class RawCopy(File):
    """A generated file that MkDocs knows, and does not copy."""

    def __init__(self, raw: RawFile, config: MkDocsConfig) -> None:
        super().__init__(
            raw.path,
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=raw.path,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.raw = raw

    def is_documentation_page(self) -> bool:
        """MkDocs does not render it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002  MkDocs' own
        """Nothing: it is written with the pages."""


class StampedFile(File):
    """A page that MkDocs knows, and can link to, but neither renders nor copies."""

    def __init__(self, page: Page, config: MkDocsConfig) -> None:
        super().__init__(
            page.path,
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=page.path.removesuffix(".md")
            + ("/index.html" if config.use_directory_urls else ".html"),
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        self.stamped = page

    def is_documentation_page(self) -> bool:
        """MkDocs does not render it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002  MkDocs' own
        """Nothing: stamping writes it."""


class FramedPage(MkDocsPage):
    """A page whose content is ours and whose frame is the theme's."""

    def __init__(self, page: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(page.title, file, config)
        self.framed = page

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002  MkDocs' own
        """There is no Markdown; what the theme wants to know is set."""
        self.markdown = ""
        self.meta = {
            "title": self.framed.title,
            "description": self.framed.description,
            "hide": ["navigation", *(["toc"] if self.framed.wide else [])],
        }

    def render(self, config: MkDocsConfig, files: MkDocsFiles) -> None:  # noqa: ARG002  MkDocs' own
        """Content and table of contents come from the page's body."""
        body = self.framed.body()
        self.content = body.html
        self.toc = TableOfContents(
            [AnchorLink(each.title, each.anchor, each.level) for each in body.headings]
        )
        self.present_anchor_ids = {each.anchor for each in body.headings}


def generated(path: str, config: MkDocsConfig) -> File:
    """A page without a file of its own, which stands in no menu by itself."""
    return File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
