"""A site shown on this machine: what browsers get, and that it stays fresh."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

PATIENCE_SECONDS = 60.0

PROGRAM = """
import json, os, sys
from pathlib import Path
from catalog_builder.progress import progress_for
from catalog_builder.serve import Watched, serve

folder, port = Path(sys.argv[1]), json.loads(sys.argv[2])

def rebuild():
    text = (folder / "specs/spec.yaml").read_text()
    if text == "as it was":
        return True
    if "broken" in text:
        print("broken, says rebuild", file=sys.stderr, flush=True)
        return False
    fresh = folder / ".site.1.fresh"
    fresh.mkdir()
    (fresh / "index.html").write_text(f"<html><body>{text}</body></html>")
    (folder / "site").rename(folder / ".site.1.old")
    fresh.rename(folder / "site")
    os.system(f"rm -r {folder}/.site.1.old")
    return True

serve(
    lambda: folder / "site",
    port=port,
    watched=lambda: Watched([folder, folder / "specs", folder / "catalog.yml"], [folder / "site"]),
    rebuild=rebuild,
    tidy=lambda: None,
    progress=progress_for(sys.stderr, quiet=False, verbose=False),
)
print("stopped", file=sys.stderr)
"""


@dataclass
class Served:
    process: subprocess.Popen[str]
    port: int
    greeting: str

    def get(self, target: str, *, method: str = "GET", **headers: str) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        connection.request(method, target, headers=headers)
        response = connection.getresponse()
        with response:
            return response, response.read().decode()

    def said(self, wanted: str) -> str:
        """The next line that holds these words."""
        assert self.process.stderr
        for line in self.process.stderr:
            if wanted in line:
                return line
        raise AssertionError(f"never said: {wanted}")


@contextmanager
def serving(folder: Path, port: int | None = 0) -> Iterator[Served]:
    command = [sys.executable, "-c", PROGRAM, str(folder), json.dumps(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  our own program
        try:
            assert process.stderr
            greeting = process.stderr.readline()
            address = re.search(r"http://127\.0\.0\.1:(\d+)/", greeting)
            yield Served(process, int(address[1]) if address else 0, greeting)
        finally:
            process.kill()


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = written(
        tmp_path_factory.mktemp("served"),
        {
            "secret.txt": "secret",
            "site/index.html": "<html><body><h1>Home ü</h1></body></html>",
            "site/events/order placed/index.html": "<body>Order placed</BODY>",
            "site/empty/data.csv": "a,b\n",
            "site/bare.html": "no body",
            "site/404.html": "<body>Not here</body>",
            "site/catalog.json": "{}",
            "site/raw/orders.yaml": "asyncapi: 3.0.0\n",
            "site/map.js": "1",
            "site/picture.svg": "<svg/>",
            "site/sitemap.xml.gz": "",
            "site/file.unknown": "",
            "specs/spec.yaml": "as it was",
        },
    )
    (folder / "site" / "way-out").symlink_to(folder)
    with serving(folder) as running:
        yield running


def test_the_home_page_is_served_with_the_script_that_reloads(served: Served) -> None:
    response, page = served.get("/")
    assert response.status == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(
        r"<html><body><h1>Home ü</h1><script>.*new EventSource\(.*</script>\n</body></html>",
        page,
        re.DOTALL,
    )


def test_a_page_without_a_body_gets_the_script_at_its_end(served: Served) -> None:
    assert re.fullmatch(r"no body<script>.*</script>\n", served.get("/bare.html")[1], re.DOTALL)


@pytest.mark.parametrize(
    ("target", "content_type"),
    [
        ("/catalog.json", "application/json; charset=utf-8"),
        ("/raw/orders.yaml", "application/yaml; charset=utf-8"),
        ("/map.js?v=1", "text/javascript; charset=utf-8"),
        ("/picture.svg#part", "image/svg+xml; charset=utf-8"),
        ("/empty/data.csv", "text/csv; charset=utf-8"),
        ("/sitemap.xml.gz", "application/gzip"),
        ("/file.unknown", "application/octet-stream"),
    ],
)
def test_a_file_says_what_it_is(served: Served, target: str, content_type: str) -> None:
    response, text = served.get(target)
    assert (response.status, response.headers["Content-Type"]) == (200, content_type)
    assert "EventSource" not in text


def test_a_folder_is_asked_for_with_a_slash(served: Served) -> None:
    response, _ = served.get("//events/order%20placed?a=b")
    assert response.status == 301
    assert response.headers["Location"] == "/events/order%20placed/?a=b"
    assert served.get("/events/order%20placed/?a=b")[1].startswith("<body>Order placed<script>")


@pytest.mark.parametrize(
    "target",
    [
        "/nothing",
        "/empty/",
        "/empty",
        "/index.html/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/events/..%2f..%2f..%2fsecret.txt",
        "/..\\secret.txt",
        "/way-out/secret.txt",
        "/way-out/",
        "/index.html%00",
        "/%ff%fe",
        "/" + "a" * 5000,
        "http://127.0.0.1/nothing",
    ],
)
def test_what_is_not_of_the_site_is_answered_with_its_404_page(served: Served, target: str) -> None:
    response, text = served.get(target)
    assert response.status == 404
    assert text.startswith("<body>Not here<script>")


def test_a_foreign_name_that_leads_here_is_refused(served: Served) -> None:
    assert served.get("/", Host="evil.example:8000")[0].status == 403
    assert served.get("/", Host="localhost:8000")[0].status == 200
    assert served.get("/", Host="[::1]:8000")[0].status == 200


def test_head_gives_the_length_without_the_content(served: Served) -> None:
    response, text = served.get("/catalog.json", method="HEAD")
    assert (response.status, response.headers["Content-Length"], text) == (200, "2", "")
    assert served.get("/", method="HEAD")[1] == ""
    assert served.get("/.catalog-builder/reload", method="HEAD")[0].status == 200


def test_nothing_can_be_sent_to_it(served: Served) -> None:
    assert served.get("/", method="POST")[0].status == 501


def test_a_browser_of_an_earlier_server_is_told_to_reload(served: Served) -> None:
    response, text = served.get("/.catalog-builder/reload?seen=earlier")
    assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert text == "data: reload\n\n"


def test_it_listens_on_this_machine_only(served: Served) -> None:
    with socket.socket() as probe:
        probe.bind(("0.0.0.0", 0))  # noqa: S104  only to learn that the port is free elsewhere
        assert probe.connect_ex(("127.0.0.2", served.port)) != 0


def test_a_change_makes_the_site_anew_and_reloads_browsers(tmp_path: Path) -> None:
    folder = written(
        tmp_path, {"site/index.html": "<body>zero</body>", "specs/spec.yaml": "as it was"}
    )
    with serving(folder) as running:
        _, page = running.get("/")
        seen = re.search(r"reload\?seen=([\w-]+)", page)
        assert seen
        waiting = HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE_SECONDS)
        waiting.request("GET", f"/.catalog-builder/reload?seen={seen[1]}")
        (folder / "specs/spec.yaml").write_text("one")
        assert "spec.yaml" in running.said("Changed")
        assert waiting.getresponse().read() == b"data: reload\n\n"
        assert running.get("/")[1].startswith("<html><body>one<script>")


def test_a_rebuild_that_fails_leaves_the_site(tmp_path: Path) -> None:
    folder = written(
        tmp_path, {"site/index.html": "<body>zero</body>", "specs/spec.yaml": "as it was"}
    )
    with serving(folder) as running:
        (folder / "specs/spec.yaml").write_text("broken")
        running.said("broken, says rebuild")
        assert running.get("/")[1].startswith("<body>zero")
        time.sleep(0.7)
        (folder / "specs/spec.yaml").write_text("two")
        running.said("Changed")
        time.sleep(0.7)
        assert running.get("/")[1].startswith("<html><body>two")


def test_a_file_that_an_editor_replaces_is_noticed_and_its_own_site_is_not(tmp_path: Path) -> None:
    folder = written(
        tmp_path, {"site/index.html": "<body>zero</body>", "specs/spec.yaml": "as it was"}
    )
    with serving(folder) as running:
        (folder / "site/index.html").write_text("not ours to notice")
        (folder / ".catalog.yml.swp").write_text("an editor's")
        time.sleep(0.5)
        (folder / "new.yml").write_text("title: x")
        (folder / "new.yml").rename(folder / "catalog.yml")
        assert "catalog.yml" in running.said("Changed")


def test_ctrl_c_is_the_way_to_stop(tmp_path: Path) -> None:
    folder = written(tmp_path, {"site/index.html": "", "specs/spec.yaml": "as it was"})
    with serving(folder) as running:
        waiting = HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE_SECONDS)
        waiting.request("GET", "/.catalog-builder/reload?seen=")
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(PATIENCE_SECONDS) == 0
        assert running.process.stderr
        assert running.process.stderr.read() == "stopped\n"


def test_a_port_that_was_asked_for_and_is_taken_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, {"site/index.html": "", "specs/spec.yaml": "as it was"})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(folder, port) as running:
            line = running.said("PortError")
    assert line == (
        f"catalog_builder.serve.server.PortError: cannot listen on 127.0.0.1:{port}: "
        "Address already in use. Name another port with --port, or leave --port out for the next "
        "free one.\n"
    )


def test_the_next_free_port_is_taken_when_none_was_asked_for(tmp_path: Path) -> None:
    folder = written(tmp_path, {"site/index.html": "", "specs/spec.yaml": "as it was"})
    with serving(folder, None) as first, serving(folder, None) as second:
        assert first.port >= 8000
        assert second.port > first.port
        assert "(port 8000 is taken)" in second.greeting
