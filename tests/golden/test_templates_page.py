"""The guide's page of templates is what the types of variables give; `make golden` writes it."""

import ast
import dataclasses
import inspect
import re
import textwrap
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import UnionType

import pytest

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog
from catalog_builder.render import View, render
from catalog_builder.render.pages.variables import TEMPLATES, EveryPage
from catalog_builder.templates import Templates, shipped

PAGE = Path(__file__).parents[2] / "docs_templates/guide/guide/templates.md"
HEAD = """\
<!-- Made from the types of variables by `make golden`; a change here is lost. -->

# Templates and their variables

Each page of the catalogue is a Jinja template, which a file of the same name in the folder
[`templates`](configuration.md#templates-of-pages) replaces. These are the names that each is given,
with their types. They change only with a line in the changelog. `macros.html` and `units.html`
hold pieces that the others import, and see what these are given.

Types are Python's. `Markup` is HTML already; every other text is escaped. Types with a link are
explained [below](#types).
"""


def page() -> str:
    shown = types()
    parts = [HEAD, "\n## Every template\n", *table(EveryPage, shown)]
    for kind in dict.fromkeys(TEMPLATES.values()):
        names, _, about = (inspect.getdoc(kind) or "").partition(": ")
        files = ", ".join(f"`{name}`" for name in names.split(", "))
        parts += [
            f"\n## {about[:1].upper()}{about[1:].rstrip('.')}\n\n{files}\n",
            *table(kind, shown),
        ]
    parts.append("\n## Types\n")
    for name, each in sorted(shown.items()):
        parts += [
            f"\n### {name} {{ #{name.lower()} }}\n\n{inspect.getdoc(each)}\n",
            *members(each, shown),
        ]
    return "".join(parts)


def table(kind: type, shown: Mapping[str, type]) -> Iterator[str]:
    yield "\n| name | type | what it is |\n|---|---|---|\n"
    for name, hint in typing.get_type_hints(kind, include_extras=True).items():
        inner, meaning = typing.get_args(hint)
        yield f"| `{name}` | {linked(inner, shown)} | {meaning} |\n"


def members(kind: type, shown: Mapping[str, type]) -> Iterator[str]:
    yield "\n| field | type | |\n|---|---|---|\n"
    notes = documented(kind)
    rows = [(name, hint, notes.get(name, "")) for name, hint in typing.get_type_hints(kind).items()]
    for name, member in vars(kind).items():
        if isinstance(member, property | cached_property):
            getter = member.fget if isinstance(member, property) else member.func
            about = (inspect.getdoc(getter) or "").splitlines()[0]
            told = typing.get_type_hints(typing.cast("Callable[..., object]", getter))
            rows.append((name, told["return"], about))
    for name, hint, about in rows:
        if not name.startswith("_"):
            yield f"| `{name}` | {linked(hint, shown)} | {about} |\n"


def documented(kind: type) -> dict[str, str]:
    """What stands below each field of a class."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    found = {}
    for field, note in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(note, ast.Expr):
            target, text = ast.unparse(field.target), ast.literal_eval(note.value)
            found[target] = " ".join(text.split()).replace("|", "\\|")
    return found


def types() -> dict[str, type]:
    """The dataclasses and named tuples that variables are made of, by name."""
    found: dict[str, type] = {}
    waiting: list[object] = [EveryPage, *TEMPLATES.values()]
    while waiting:
        hint = waiting.pop()
        waiting += typing.get_args(hint)
        each = typing.get_origin(hint) or hint
        if not isinstance(each, type) or each.__module__.split(".")[0] != "catalog_builder":
            continue
        is_record = dataclasses.is_dataclass(each) or issubclass(each, tuple)
        if is_record and each.__name__ not in found:
            found[each.__name__] = each
            waiting += typing.get_type_hints(each).values()
        elif typing.is_typeddict(each):
            waiting += typing.get_type_hints(each).values()
    return found


def linked(hint: object, shown: Mapping[str, type]) -> str:
    """A type as people write it, with links to those that are explained."""
    text = typing._type_repr(hint) if not isinstance(hint, str) else hint  # noqa: SLF001  what `repr` of a type uses
    text = re.sub(r"\b(?:[a-z_]\w*\.)+(?=\w)|~", "", text).replace("NoneType", "None")
    text = text.replace("|", "\\|")
    return (
        re.sub(
            r"\b[A-Z]\w*\b",
            lambda name: f"[{name[0]}](#{name[0].lower()})" if name[0] in shown else name[0],
            text,
        )
        .replace("[[", "[ [")
        .replace("[ [", "&#91;[")
    )


class Recording(Templates):
    """Remembers what each template was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[str, list[Mapping[str, object]]] = {}

    def fill(self, name: str, /, **values: object) -> str:
        self.given.setdefault(name, []).append(values)
        return super().fill(name, **values)


def fits(value: object, hint: object) -> bool:  # noqa: PLR0911  a kind of type each
    """Whether a value is of a type; what stands in containers counts."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return fits(value, inner[0])
    if hint is typing.Any or isinstance(hint, typing.TypeVar):
        return True
    if origin is typing.Union or origin is UnionType:
        return any(fits(value, each) for each in inner)
    if origin is Callable:
        return callable(value)
    if origin is tuple and inner[-1] is not Ellipsis:
        return isinstance(value, tuple) and all(map(fits, value, inner))
    if origin in {tuple, list, Sequence}:
        return isinstance(value, origin) and all(fits(each, inner[0]) for each in value)
    if origin is Mapping:
        return isinstance(value, Mapping) and all(
            fits(key, inner[0]) and fits(each, inner[1]) for key, each in value.items()
        )
    if isinstance(origin, type):
        return isinstance(value, origin)
    return value is None if hint in {None, type(None)} else isinstance(value, hint)  # type: ignore[arg-type]  # a class


def test_the_page_of_templates_is_what_the_types_give(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--write-golden"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_template_is_given_what_its_types_say(catalog: Catalog) -> None:
    templates = Recording()
    files = render(
        View(catalog, Flow(catalog)), templates, directory_urls=False, pictures={}, contents={}
    )
    for each in files.pages:
        each.body()
    common = typing.get_type_hints(EveryPage, include_extras=True)
    for name, kind in TEMPLATES.items():
        hints = typing.get_type_hints(kind, include_extras=True)
        for values in templates.given[name]:
            assert set(values) == {*common, *hints}, name
            wrong = {key for key, hint in (hints | common).items() if not fits(values[key], hint)}
            assert wrong == set(), name


def test_every_template_has_its_types() -> None:
    pieces = {"macros.html", "units.html"}
    assert {path.name for path in (shipped() / "pages").glob("*.html")} == {*TEMPLATES, *pieces}
