"""Fills a template; an unknown name is an error.

It alone knows Jinja, where the templates lie, and that a folder of the owner's may replace them
one by one.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

SHIPPED = "docs_templates"


@cache
def shipped() -> Path:
    """The folder of templates, theme overrides and browser assets that come with the package."""
    package = Path(__file__).resolve().parent
    installed = package / SHIPPED
    return installed if installed.is_dir() else package.parent / SHIPPED


class Templates:
    """Page templates by name; those in `own`, where there are any, before the shipped ones."""

    def __init__(self, own: Path | None = None) -> None:
        self.own = own
        folders = [shipped() / "pages", *([own / "pages", own] if own else [])][::-1]
        self._environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def fill(self, name: str, /, **values: object) -> str:
        """HTML of the template `name` with these values, everything escaped but `html` values."""
        return self._environment.get_template(name).render(**values)

    def asset(self, name: str) -> bytes:
        """A browser asset's bytes."""
        folders = [self.own, shipped()] if self.own else [shipped()]
        paths = [folder / "assets" / name for folder in folders]
        return next(path for path in paths if path.is_file() or path == paths[-1]).read_bytes()


def html(text: str) -> Markup:
    """Text that is HTML already, made safe by whoever calls this."""
    return Markup(text)  # noqa: S704  the caller vouches for it, by this function's contract
