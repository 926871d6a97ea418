"""A payload as a tree of fields, in as few words as can be: most of an event's page is this.

Made here and not in a template, which calls it: it is done for every field of every event.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from catalog_builder.model import Field, Shape, Variant
from catalog_builder.render.kit import anchor, worded
from catalog_builder.render.shared import Carried
from catalog_builder.render.text import in_element

_MOST_VALUES = 24
_OPEN_TO = 2
"""How deep boxes are open at first."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What the tree of an event says besides its fields."""

    prose: Callable[[str], str]
    """Gives a description as HTML."""
    page: str
    """Address of the page Fields, which a script has the numbers of other events lead to."""
    carried: Mapping[str, Carried]
    """By name of a field: who else carries it."""
    types: Mapping[str, str]
    """Anchors of shared types by their names."""

    def __call__(self, inside: Shape | Field | Variant, path: str) -> Markup:
        """The list of what stands in a shape, field or variant; `path` is the anchor of that."""
        return Markup("".join(self._list(inside, path)))  # noqa: S704  escaped below

    def _list(self, inside: Shape | Field | Variant, path: str) -> Iterator[str]:
        yield '<ul class="cat-fields">'
        for field in inside.fields:
            yield from self._field(field, anchor(path, field.name))
        variants = () if isinstance(inside, Variant) else inside.variants
        for index, variant in enumerate(variants):
            here = anchor(path, f"({variant.name})")
            yield f'\n<li class="cat-variant" id="{escape(here)}"><details open><summary>'
            yield f"<em>{'or' if index else 'either'}</em> {_code(variant.name)}"
            if told := (variant.when and f"when {variant.when}") or (
                not variant.fields and variant.type
            ):
                yield f" <i>{in_element(told)}</i>"
            yield "</summary>"
            yield from self._list(variant, here)
            yield "</details></li>"
        yield "\n</ul>"

    def _field(self, field: Field, here: str) -> Iterator[str]:
        carried, shared = self.carried.get(field.name), self.types.get(field.type_name)
        also = f" <small>{_others(carried)}</small>" if carried else ""
        yield f'\n<li id="{escape(here)}">'
        if not (field.fields or field.variants):
            yield from (_heading(field), also, *self._notes(field), "</li>")
            return
        is_open = " open" if here.count(".") <= _OPEN_TO else ""
        yield from (f"<details{is_open}><summary>", _heading(field), "</summary>")
        yield from self._notes(field)
        if shared:
            also += (
                f' <a href="#{escape(shared)}">{in_element(field.type_name)} is a shared type</a>'
            )
        if also:
            yield f'<p class="cat-note">{also[1:]}</p>'
        yield from self._list(field, here + field.step)
        yield "</details></li>"

    def _notes(self, field: Field) -> Iterator[str]:
        if field.description:
            told = self.prose(field.description).strip()
            is_line = told.startswith("<p>") and "<p" not in told[3:] and told.endswith("</p>")
            yield told if is_line else f'<div class="cat-prose">{told}</div>'
        if field.enum:
            values = ", ".join(map(_code, field.enum[:_MOST_VALUES]))
            more = len(field.enum) - _MOST_VALUES
            rest = f" and {more} more" if more > 0 else ""
            yield _note(f"{'One of' if len(field.enum) > 1 else 'Always'} {values}{rest}")
        if field.constraints:
            yield _note(worded(field.constraints))
        if field.default:
            yield _note(f"Default {_code(field.default)}")
        if field.examples:
            yield _note(f"Example {_code(field.examples[0])}")


def _heading(field: Field) -> str:
    kind = f"{field.type} · {field.format}" if field.format else field.type
    flags = (
        (field.nullable, "nullable", ""),
        (field.deprecated, "deprecated", " cat-flag--deprecated"),
        (field.sensitive, "sensitive", " cat-flag--sensitive"),
        (field.recursive, "contains itself", ""),
    )
    told = "".join(f' <b class="cat-flag{look}">{name}</b>' for holds, name, look in flags if holds)
    needed = " <b>required</b>" if field.required else ""
    return f"{_code(field.name)}{f' <i>{in_element(kind)}</i>' if kind else ''}{needed}{told}"


def _others(carried: Carried) -> str:
    return f"in {carried.others} other event{'s' if carried.others != '1' else ''}"


def _note(html: str) -> str:
    return f'<p class="cat-note">{html}</p>'


def _code(text: str) -> str:
    return f"<code>{in_element(text)}</code>"
