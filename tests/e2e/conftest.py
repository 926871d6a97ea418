"""A real browser, which notes what a page must not do."""

import functools
import io
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from catalog_builder.build import build_site
from catalog_builder.config import read_settings, settings_for
from catalog_builder.progress import progress_for
from tests.conftest import chromium
from tests.fernwood import with_history

expect.set_options(timeout=20_000)  # a busy machine is no reason to fail

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: `make test` installs it where it may")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, and everything it did that it must not."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")

    def check(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host not in {None, "", "127.0.0.1"}:
            self.faults.append(f"request: {request.url}")


SCREENS = {"wide-light": (1400, "light"), "narrow-dark": (360, "dark")}


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """For each screen one that all tests share: what it loaded once need not be compiled again."""
    yield (
        made := {
            name: browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,  # type: ignore[arg-type]  # one of two words
                accept_downloads=True,
            )
            for name, (width, scheme) in SCREENS.items()
        }
    )
    for context in made.values():
        context.close()


@pytest.fixture(params=SCREENS)
def watched(
    contexts: dict[str, BrowserContext], request: pytest.FixtureRequest
) -> Iterator[Watched]:
    context = contexts[request.param]
    watched = Watched(context.new_page())
    watched.page.on("console", watched.note)
    watched.page.on("pageerror", lambda error: watched.faults.append(f"error: {error}"))
    watched.page.on("request", watched.check)
    yield watched
    forget(watched.page)
    context.clear_cookies()
    context.clear_permissions()
    assert watched.faults == []


def forget(page: Page) -> None:
    """The page and those that it opened are closed, and nothing that they kept is left."""
    for each in page.context.pages:
        if each.url.startswith(("http:", "file:")):
            each.evaluate("localStorage.clear()")
        each.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """Nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def below(site: Path) -> Iterator[str]:
    """A site below a sub-path of a plain web server."""
    root = site.parent / "root"
    root.mkdir()
    (root / "catalogue").symlink_to(site)
    with serving(root) as address:
        yield f"{address}/catalogue"


@contextmanager
def site_of(folder: Path, documents: Mapping[str, object]) -> Iterator[str]:
    """The site of these documents, each in a repository of its own, below a plain web server."""
    for name, document in documents.items():
        (folder / name).mkdir()
        (folder / name / "asyncapi.json").write_text(json.dumps(document))
    settings = settings_for([folder / name for name in documents])
    progress = progress_for(io.StringIO(), quiet=True, verbose=False)
    with below(build_site(settings, progress, site_dir=folder / "site").site) as address:
        yield address


@pytest.fixture(scope="session")
def rooted(site: Path) -> Iterator[str]:
    """The site at the top of a server, as its page for what is not there takes it to be."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The demo site below a sub-path of a plain web server."""
    with below(site) as address:
        yield address


@pytest.fixture(scope="session")
def remembering(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo site, its estate with a past, on a web server."""
    folder = tmp_path_factory.mktemp("remembering")
    settings = read_settings(with_history(folder / "specs") / "catalog.yml")
    progress = progress_for(io.StringIO(), quiet=True, verbose=False)
    with below(build_site(settings, progress, site_dir=folder / "site").site) as address:
        yield address


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, site: Path) -> str:
    """Where the site is: in a folder, and below a sub-path of a server."""
    if request.param == "file":
        return site.as_uri()
    found: str = request.getfixturevalue("server")
    return found
