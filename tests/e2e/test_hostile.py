"""Names and descriptions of foreign documents are text, wherever they are shown."""

import io
import json
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog_builder.build import build_site
from catalog_builder.config import settings_for
from catalog_builder.progress import progress_for

pytestmark = pytest.mark.browser

SCRIPT = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script>"
BREAKOUT = "\"'></title></script><svg onload=window.pwned=1>"
TEMPLATE = "{{ 7 * 7 }}{% raw %}${7*7}\\N\\G%(x)s"
DIRECTION = "\u202eevil\u2066"
LONG = "Long" * 2500
SHARED = "io.example." + "SharedByAll" * 20
"""A type that all events have."""
NAMES = (SCRIPT, BREAKOUT, TEMPLATE, DIRECTION, LONG, "a/b/../../c", "🛒 spaced name", "index")


def hostile(name: str, number: int) -> dict[str, object]:
    text = f"{name}\n\n# {name}\n\n[x](javascript:window.pwned=1) {name}"
    schema = {
        "type": "object",
        "title": name,
        "description": text,
        "required": [name],
        "properties": {
            name: {"type": "string", "description": text, "enum": [name], "default": name},
            "nested": {"type": "object", "properties": {name: {"type": "integer"}}},
            "shared": {"$ref": f"#/components/schemas/{SHARED}"},
        },
    }
    message = {
        "name": name,
        "title": name,
        "summary": name,
        "description": text,
        "payload": schema,
        "headers": schema,
        "tags": [{"name": name}],
        "contentType": name,
        "examples": [{"name": name, "payload": {name: name}}],
        "externalDocs": {"url": "javascript:window.pwned=1"},
        "x-deprecated": {"since": name, "removal": name, "successor": name},
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": name,
            "version": name,
            "description": text,
            "contact": {"name": name, "url": "javascript:window.pwned=1", "email": name},
            "tags": [{"name": name}],
            "x-owner": name,
            "x-domain": name,
        },
        "servers": {"s": {"host": name, "protocol": name, "description": text}},
        "channels": {
            f"c{number}": {
                "address": f"{name}.{number}",
                "description": text,
                "parameters": {name: {"description": text}},
                "messages": {name: message},
                "bindings": {"kafka": {"topic": name}},
            }
        },
        "components": {
            "schemas": {SHARED: {"type": "object", "properties": {"one": {"type": "string"}}}}
        },
        "operations": {
            f"send {name}": {"action": "send", "channel": {"$ref": f"#/channels/c{number}"}},
            f"read {name}": {"action": "receive", "channel": {"$ref": f"#/channels/c{number}"}},
        },
    }


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for number, name in enumerate(NAMES):
        repository = folder / "estate" / f"r{number}"
        repository.mkdir(parents=True)
        (repository / "asyncapi.json").write_text(json.dumps(hostile(name, number)))
    progress = progress_for(io.StringIO(), quiet=True, verbose=False)
    sources = sorted((folder / "estate").iterdir())
    outcome = build_site(settings_for(sources), progress, site_dir=folder / "site")
    assert outcome.account.services == len(NAMES)
    assert outcome.account.events == len(NAMES)
    return outcome.site


LEAKING = """() => [...document.querySelectorAll("body *")].filter((each) =>
  [...each.childNodes].some((node) => node.nodeType === 3 && node.data.includes("\u202e"))
  && each.namespaceURI.endsWith("xhtml") && !["SCRIPT", "TITLE", "OPTION"].includes(each.tagName)
  && getComputedStyle(each).display.startsWith("inline")
  && !getComputedStyle(each).unicodeBidi.startsWith("isolate")).map((each) => each.outerHTML)"""
"""Elements from which an override of the direction reaches what follows in the line."""


def faults_of(page: Page) -> list[str]:
    """Where what a page must not do is noted."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda request: faults.extend(re.findall("^http.*", request.url)))
    return faults


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (360, "dark")])
def test_no_name_runs_as_code_or_breaks_the_layout(
    hostile_site: Path, browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    faults = faults_of(page)
    pages = sorted(hostile_site.rglob("*.html"))
    assert len(pages) > 5 * len(NAMES)
    for path in pages:
        page.goto(path.as_uri())
        if page.evaluate("window.pwned"):
            faults.append(f"script ran: {path.name}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"too wide: {path.relative_to(hostile_site)}")
        if page.locator("a[href^='javascript:']").count():
            faults.append(f"script link: {path.name}")
        faults.extend(f"{path.name}: {each[:200]}" for each in page.evaluate(LEAKING))
    context.close()
    assert faults == []


def test_every_name_is_shown_as_it_is_written(hostile_site: Path, browser: Browser) -> None:
    page = browser.new_page()
    for folder in ("events", "services", "domains", "teams"):
        shown = set()
        for path in (hostile_site / folder).glob("*.html"):
            page.goto(path.as_uri())
            heading = page.locator("h1").first
            shown.add((heading.text_content() or "").strip())
        assert {each.strip() for each in NAMES} <= shown, folder
    page.close()


@pytest.mark.parametrize("table", ["events", "services", "channels", "fields", "teams", "health"])
def test_tables_narrow_by_any_name_without_running_it(
    hostile_site: Path, browser: Browser, table: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 900})
    page = context.new_page()
    faults = faults_of(page)
    page.goto((hostile_site / table / "index.html").as_uri())
    rows = page.locator(".cat-table").first.locator("tbody tr")
    expect(rows).not_to_have_count(0)
    facets = page.locator(".cat-table").first.locator("details.cat-facet")
    expect(facets).not_to_have_count(0)  # they come with the script, the rows do not
    for box in facets.all():
        box.locator("summary").click()
        expect(box.locator("input[type=checkbox]")).not_to_have_count(0)
        for _ in range(3):
            unchosen = box.locator("input[type=checkbox]:not(:checked)")
            if unchosen.count():
                unchosen.first.click()
        page.keyboard.press("Escape")
    expect(page.locator(".cat-table__chips").first).to_be_visible()
    assert not page.evaluate("window.pwned")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate(LEAKING) == []
    context.close()
    assert faults == []


def test_every_name_is_a_file_name_that_any_system_takes(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*"):
        relative = path.relative_to(hostile_site).as_posix()
        assert relative.isascii()
        assert len(path.name) <= 100
        assert not set(relative) & set('<>:"\\|?* ')
