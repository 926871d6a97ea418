"""The judges that `make gates` brings, and the site as a web server sends it."""

import functools
import gzip
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import ROOT

_JUDGES = ROOT / "tests" / "gates" / "node_modules"


def judge(path: str) -> Path:
    """Where a judge lies; the test is skipped where `make gates` did not bring it."""
    found = _JUDGES / path
    if not found.is_file():
        pytest.skip("the judges are not here: `make gates` brings them")
    return found


def program(name: str) -> str:
    """The path of a program, the one in our own environment first."""
    found = shutil.which(name, path=str(ROOT / ".venv" / "bin")) or shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} here: `make gates` brings it")
    return found


class _Compressing(SimpleHTTPRequestHandler):
    """What web servers do by themselves: text is sent compressed, and may be kept a while."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """Nothing."""


@pytest.fixture(scope="session")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demo site, below a sub-path."""
    root = tmp_path_factory.mktemp("served")
    (root / "catalogue").symlink_to(site)
    handler = functools.partial(_Compressing, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/catalogue"
        server.shutdown()
