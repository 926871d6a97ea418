"""Fills a template; an unknown name is an error.

It alone knows Jinja, where the templates lie, and that a folder of the owner's may replace them
one by one.
"""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from types import BuiltinMethodType, CodeType, MethodType
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from catalog_builder.model import CatalogError

SHIPPED = "docs_templates"


@cache
def shipped() -> Path:
    """The folder of templates, theme overrides and browser assets that come with the package."""
    package = Path(__file__).resolve().parent
    installed = package / SHIPPED
    return installed if installed.is_dir() else package.parent / SHIPPED


class WrongTemplateError(CatalogError):
    """A template, most likely one of the owner's, cannot be filled."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(name, line, reason)
        self.name = name
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        """Which template, where, and why."""
        place = f"{self.name}:{self.line}" if self.line else self.name
        return (
            f"the template {place} cannot be filled: {self.reason}. Mend it, or remove it from "
            "the folder named under `templates` for the one that is shipped."
        )


class _Compiled(BytecodeCache):
    """Templates compiled once in a process, however often a site is built in it.

    Jinja asks for them by name and by a digest of their text. On disk they would be code, which
    nobody who may write a cache should be able to give us.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """The compiled template is in the bucket, if this very text was compiled before."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """What is in the bucket is known."""
        self._known[bucket.key, bucket.checksum] = bucket.code


_PLAIN = frozenset({MethodType, BuiltinMethodType, partial})
"""What asks for nothing of Jinja's when it is called."""


class _Context(Context):
    """A template's names; it calls what a page calls hundreds of times without questions."""

    def call(self, called: Callable[..., Any], /, *args: Any, **named: Any) -> Any:  # noqa: ANN401  Jinja's own
        """What the call gives."""
        kind = type(called)
        if kind is not Macro and kind not in _PLAIN:
            return super().call(called, *args, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        if kind is Macro:
            return called(self.eval_ctx, *args, **named)
        return called(*args, **named)


COMPILED: BytecodeCache = _Compiled()
"""For all who fill templates in this process."""


class Templates:
    """Page templates by name; those in `own`, where there are any, before the shipped ones.

    An own template reaches the one that it replaces as `shipped/` and its name.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.own = own
        theirs = FileSystemLoader(shipped() / "pages")
        loaders = [*([FileSystemLoader(own)] if own else []), theirs]
        self._environment = Environment(
            loader=ChoiceLoader([*loaders, PrefixLoader({"shipped": theirs})]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=COMPILED,
        )
        self._environment.context_class = _Context

    def fill(self, name: str, /, **values: object) -> str:
        """HTML of the template `name` with these values, everything escaped but `html` values.

        Raises:
            WrongTemplateError: it is not there, is no template, or names what it was not given.
        """
        try:
            return self._environment.get_template(name).render(**values)
        except TemplateNotFound as error:
            raise WrongTemplateError(name, 0, f"there is no template {error}") from error
        except TemplateSyntaxError as error:
            reason = error.message or "it is no template"
            raise WrongTemplateError(error.name or name, error.lineno, reason) from error
        except TemplateError as error:
            raise WrongTemplateError(name, _line_of(error), str(error)) from error

    def has(self, name: str) -> bool:
        """Whether there is a template of that name, whatever is in it."""
        loader = self._environment.loader
        try:
            return loader is not None and bool(loader.get_source(self._environment, name))
        except TemplateNotFound:
            return False

    def asset(self, name: str) -> bytes:
        """A browser asset's bytes."""
        folders = [self.own, shipped()] if self.own else [shipped()]
        paths = [folder / "assets" / name for folder in folders]
        return next(path for path in paths if path.is_file() or path == paths[-1]).read_bytes()


def _line_of(error: TemplateError) -> int:
    """The line of the template that was being filled; Jinja makes frames of its lines."""
    last = 0
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            last = trace.tb_lineno
        trace = trace.tb_next
    return last


def html(text: str) -> Markup:
    """Text that is HTML already, made safe by whoever calls this."""
    return Markup(text)  # noqa: S704  the caller vouches for it, by this function's contract
