"""What a frame says alike on all its pages, and only scripts need, said once in a script.

The theme's frame is 18 kB: header, tabs, icons, the menu of narrow screens, the palette's switch,
words for the theme's script. A script of the site puts each where it was while the page is read,
before anything is shown, so that what stands in the browser is the theme's own frame. Where no
script runs there are the way home and the content.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog_builder.publish.shell import BLANK_LINES, ENTRY, MARKS, hole
from catalog_builder.templates import shipped

_PLACES = tuple(
    re.compile(each)
    for each in (
        r'<input class="md-toggle" ',
        r'<label class="md-overlay" ',
        r'<div data-md-component="announce">',
        r'<header class="md-header ',
        r'(?<=data-md-component="logo">)\s*<svg ',
        r'<label class="md-header__button md-icon" for="__(?:drawer|search)">',
        r'<form class="md-header__option" data-md-component="palette">',
        r'<nav class="md-tabs" ',
        r'<div class="md-sidebar md-sidebar--primary" [^>]*\bhidden>',
        r'<div class="md-sidebar md-sidebar--secondary" ',
        r'<button type="button" class="md-top ',
        r'<footer class="md-footer">',
        r'<div class="md-dialog" ',
        r"<script>var target=",
        r'<script id="__config" type="application/json">',
    )
)
"""How what is lifted begins."""

_TAG = re.compile(r"\s*<([a-z]+)")
_VOID = "input"
_SCOPE = re.compile(r"<script>(__md_scope=(?:(?!</script>).)*)</script>")
"""What the theme says first, in the head; without it this is not the frame that we know."""
_GENERATOR = re.compile(r'<meta name="generator" [^>]*>\s*')
"""What no reader asks of a page."""
_WAYS = ("<header ", '<nav class="md-tabs"', '<div class="md-sidebar md-sidebar--primary"')
_WAY_HOME = '<nav class="md-path"'
"""With it nobody needs the other ways to get about."""
_INSTANT = '"navigation.instant'
"""With it the theme's script puts parts of one page into another without their scripts."""
_WORDLESS = re.compile(r"(?:<(?!a\b)[^>]*>|\s)*")


@dataclass(frozen=True, slots=True)
class Lifted:
    """A frame without what was lifted out of it."""

    html: str
    path: str = ""
    """Of the script, from the site's root; empty: nothing was lifted."""
    script: bytes = b""


def lifted(html: str, root: str) -> Lifted:
    """The frame of pages from which `root` leads to the site's; as it is where it is unknown."""
    scope = _SCOPE.search(html)
    if scope is None or _INSTANT in html:
        return Lifted(html)
    html = BLANK_LINES.sub("\n", _GENERATOR.sub("", html.replace(scope[0], hole("script"), 1)))
    entry = ENTRY.search(html)
    html = ENTRY.sub("", html)
    parts: list[str] = []
    kept: list[str] = []
    end = 0
    for start, stop in _whole(html, sorted(_spans(html))):
        kept += (html[end:start], "<cat-part></cat-part>")
        parts.append(html[start:stop].strip())
        end = stop
    given = ", ".join(map(json.dumps, (parts, entry[0] if entry else "")))
    program = (shipped() / "assets" / "frame.js").read_text(encoding="utf-8")
    script = f"{scope[1]};\n{program}catalogFrame({given});\n".encode()
    path = f"assets/catalog/frame.{hashlib.sha256(script).hexdigest()[:8]}.js"
    link = f'<script src="{root}{path}"></script>'
    return Lifted("".join((*kept, html[end:])).replace(hole("script"), link), path, script)


def _spans(html: str) -> Iterator[tuple[int, int]]:
    """From where to where each thing that can be lifted stands."""
    for place in _PLACES:
        for begin in place.finditer(html, html.index("<body")):
            stop = _end(html, begin.start())
            found = html[begin.start() : stop]
            filled = found.replace(hole("title"), "")
            if stop and not MARKS.search(filled) and not _is_needed(found, html):
                yield begin.start(), stop


def _is_needed(found: str, html: str) -> bool:
    """Whether readers without scripts need it."""
    if found.startswith(("<footer", "<div data-md-component")):
        return not _WORDLESS.fullmatch(found)
    return found.startswith(_WAYS) and _WAY_HOME not in html


def _end(html: str, start: int) -> int:
    """Where the element ends that begins here; 0: it does not."""
    tag = _TAG.match(html, start)
    depth = 0
    for each in re.compile(rf"<(/?){tag[1]}\b[^>]*>" if tag else "$").finditer(html, start):
        depth += -1 if each[1] else 1
        if not depth or (tag and tag[1] == _VOID):
            return each.end()
    return 0


def _whole(html: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same, none within another, and as one where only white space stands between them."""
    found: list[tuple[int, int]] = []
    for start, stop in spans:
        if found and not html[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((start, stop))
    yield from found
