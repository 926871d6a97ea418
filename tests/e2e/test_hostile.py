"""Names and descriptions of foreign documents are text, wherever they are shown."""

import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from catalog_builder.build import build_site
from catalog_builder.config import settings_for
from catalog_builder.progress import progress_for

pytestmark = pytest.mark.browser

SCRIPT = "<img src=x onerror=window.pwned=1><script>window.pwned=1</script>"
BREAKOUT = "\"'></title></script><svg onload=window.pwned=1>"
TEMPLATE = "{{ 7 * 7 }}{% raw %}${7*7}\\N\\G%(x)s"
DIRECTION = "\u202eevil\u2066"
LONG = "Long" * 2500
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


def test_no_name_runs_as_code_or_breaks_the_layout(hostile_site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda request: faults.extend(re.findall("^http.*", request.url)))
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
    context.close()
    assert faults == []


def test_every_name_is_a_file_name_that_any_system_takes(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*"):
        relative = path.relative_to(hostile_site).as_posix()
        assert relative.isascii()
        assert len(path.name) <= 100
        assert not set(relative) & set('<>:"\\|?* ')
