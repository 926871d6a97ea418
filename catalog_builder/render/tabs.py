"""Code under tabs that need no script: the theme's own, which a keyboard reaches as radio buttons.

Made here and not in a template, since it is most of what an event's page consists of.
"""

import json
import re
from collections.abc import Sequence
from typing import TypeAlias

from markupsafe import Markup, escape

from catalog_builder.render.links import Links
from catalog_builder.render.snippets import Snippet

Pane: TypeAlias = tuple[str, Markup, str]
"""A title, code as HTML, and its language; empty: nothing in it is coloured."""

_UNWRITABLE = re.compile("[\ud800-\udfff]")
"""What no file holds as it is, so that browsers see something else."""


def code_tabs(
    links: Links,
    label: str,
    panes: Sequence[Pane],
    snippets: Sequence[Snippet] = (),
    example: int = 0,
) -> Markup:
    """The panes; after them a script makes those of snippets, with a tab for each language.

    `example` is the number of the pane whose text snippets send; 0: there is none.
    """
    shown = [(str(escape(title)), _code(code, language)) for title, code, language in panes]
    told = panes[example - 1][1] if example else ""
    if any(
        map(_UNWRITABLE.search, (told, *(v for each in snippets for v in each.values.values())))
    ):
        for number, each in enumerate(snippets, 2):
            codes = [(title, _code(code, language)) for language, title, code in each.codes()]
            shown.append((each.title, _tabs(number, f"{each.title}: languages", codes)))
        snippets = ()
    tabs = _tabs(1, str(escape(label)), shown)
    return Markup(tabs + _filled(links, snippets, example))  # noqa: S704  escaped above


def _filled(links: Links, snippets: Sequence[Snippet], example: int) -> str:
    """What the browser needs to put snippets together."""
    if not snippets:
        return ""
    told = json.dumps(
        [(each.title, each.kind, each.values) for each in snippets],
        ensure_ascii=False,
        separators=(",", ":"),
    ).replace("<", "\\u003c")
    scripts = sorted(
        {f'<script defer src="{links.file(each.path)}"></script>' for each in snippets}
    )
    return (
        f'\n<script type="application/json" class="cat-snippets" data-example="{example}">{told}'
        f"</script>{''.join(scripts)}"
    )


def _code(code: Markup, language: str) -> str:
    told = f' data-code="{language}"' if language else ""
    return f'<div class="highlight"><pre><code{told}>{code}</code></pre></div>'


def _tabs(number: int, label: str, panes: Sequence[tuple[str, str]]) -> str:
    name = f"t{number}"
    inputs = "\n".join(
        f'<input{" checked" if index == 1 else ""} id="{name}-{index}" name="{name}" type="radio">'
        for index in range(1, len(panes) + 1)
    )
    labels = "".join(
        f'<label for="{name}-{index}">{title}</label>' for index, (title, _) in enumerate(panes, 1)
    )
    contents = "\n".join(f'<div class="tabbed-block">{content}</div>' for _, content in panes)
    return (
        f'<div class="tabbed-set tabbed-alternate" data-tabs="{number}:{len(panes)}" role="group" '
        f'aria-label="{label}">\n{inputs}\n'
        f'<div class="tabbed-labels">{labels}</div>\n'
        f'<div class="tabbed-content">\n{contents}\n</div>\n</div>'
    )
