"""Code under tabs that need no script: the theme's own, which a keyboard reaches as radio buttons.

Made here and not in a template, since it is most of what an event's page consists of.
"""

from collections.abc import Sequence
from typing import TypeAlias

from markupsafe import Markup, escape

from catalog_builder.render.snippets import Snippet

Pane: TypeAlias = tuple[str, Markup, str]
"""A title, code as HTML, and its language; empty: it is coloured already."""


def code_tabs(label: str, panes: Sequence[Pane], snippets: Sequence[Snippet] = ()) -> Markup:
    """The panes, and after them the snippets with a tab for each language."""
    shown = [(str(escape(title)), _code(code, language)) for title, code, language in panes]
    for number, each in enumerate(snippets, 2):
        codes = [(title, _code(code, language)) for language, title, code in each.codes]
        shown.append((each.title, _tabs(number, f"{each.title}: languages", codes)))
    return Markup(_tabs(1, str(escape(label)), shown))  # noqa: S704  escaped above


def _code(code: Markup, language: str) -> str:
    told = f' data-code="{language}"' if language else ""
    return f'<div class="highlight"><pre><code{told}>{code}</code></pre></div>'


def _tabs(number: int, label: str, panes: Sequence[tuple[str, str]]) -> str:
    name = f"__tabbed_{number}"
    inputs = "\n".join(
        f'<input{" checked" if index == 1 else ""} id="{name}_{index}" name="{name}" type="radio">'
        for index in range(1, len(panes) + 1)
    )
    labels = "".join(
        f'<label for="{name}_{index}">{title}</label>' for index, (title, _) in enumerate(panes, 1)
    )
    contents = "\n".join(f'<div class="tabbed-block">{content}</div>' for _, content in panes)
    return (
        f'<div class="tabbed-set tabbed-alternate" data-tabs="{number}:{len(panes)}" role="group" '
        f'aria-label="{label}">\n{inputs}\n<div class="tabbed-labels">{labels}</div>\n'
        f'<div class="tabbed-content">\n{contents}\n</div>\n</div>'
    )
