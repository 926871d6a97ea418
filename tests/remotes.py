"""Real git repositories, and a real server of them: Git's own `http-backend` behind Python's HTTP.

What the server is told to do wrong it does on the way to git, so that git itself meets it.
"""

import base64
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

GIT = shutil.which("git") or "git"
SPEC = "asyncapi: 3.0.0\ninfo: {title: Orders, version: 1.0.0}\n"


def git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    """What git prints in a folder, as somebody, whatever this machine's configuration says."""
    identity = {
        f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _WHO
    }
    environment = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": "/nowhere",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": "init.defaultBranch",
        "GIT_CONFIG_VALUE_0": "main",
        "GIT_CONFIG_KEY_1": "protocol.file.allow",
        "GIT_CONFIG_VALUE_1": "always",
        **identity,
    }
    done = subprocess.run(  # noqa: S603  commands of these tests
        [GIT, "-C", str(folder), *arguments],
        check=True,
        capture_output=True,
        env=environment,
        input=given,
    )
    return done.stdout.decode("utf-8", "replace").strip()


_WHO = (("NAME", "A"), ("EMAIL", "a@example.com"), ("DATE", "2026-01-01T00:00:00Z"))


@dataclass(frozen=True)
class Remote:
    """A bare repository, which changes as one says."""

    bare: Path
    work: Path

    @property
    def url(self) -> str:
        return f"file://{self.bare}"

    @property
    def commit(self) -> str:
        return git(self.bare, "rev-parse", "HEAD")

    def push(self, files: Mapping[str, str | bytes | None], branch: str = "main") -> str:
        """A commit with these files, of which those without content go away; gives its id."""
        if git(self.work, "symbolic-ref", "--short", "HEAD") != branch:
            git(self.work, "checkout", "-q", "-B", branch)
        for name, content in files.items():
            path = self.work / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self.commit_all(branch)

    def commit_all(self, branch: str = "main") -> str:
        """All that lies in the work tree is the last commit of the remote."""
        git(self.work, "add", "-A")
        git(self.work, "commit", "-q", "--allow-empty", "-m", "change")
        git(self.work, "push", "-q", "--force", str(self.bare), f"{branch}:{branch}")
        return git(self.work, "rev-parse", "HEAD")


def remote(
    folder: Path, name: str, files: Mapping[str, str | bytes | None] | None = None
) -> Remote:
    """A bare repository `name`.git in a folder, with these files; None: without any commit."""
    bare, work = folder / f"{name}.git", folder / "work" / name
    bare.mkdir(parents=True)
    work.mkdir(parents=True)
    git(bare, "init", "-q", "--bare")
    with (bare / "config").open("a") as config:
        config.write("[uploadpack]\n\tallowFilter = true\n")
    git(work, "init", "-q")
    made = Remote(bare, work)
    if files is not None:
        made.push(files)
    return made


@dataclass
class Forge:
    """What a server does, and what it was asked."""

    root: Path
    url: str = ""
    token: str = ""
    """Which it wants to see, as a password or alone; empty: it shows all to everybody."""
    moved: dict[str, str] = field(default_factory=dict)
    """Where it sends those who ask for a path that begins so."""
    failing: dict[str, list[int]] = field(default_factory=dict)
    """Which statuses it answers first to those who ask for a path that begins so."""
    is_old: bool = False
    """Whether it knows no protocol but the first, in which nobody may ask for single files."""
    hanging: set[str] = field(default_factory=set)
    """Beginnings of paths for which it never answers."""
    refused: set[bytes] = field(default_factory=set)
    """To what it says that it has trouble: questions that hold one of these."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and `Authorization` of each request."""
    ended: threading.Event = field(default_factory=threading.Event)

    def requests(self, name: str) -> list[str]:
        """The paths that were asked of a repository."""
        return [path for path, _ in self.asked if path.startswith(f"/{name}.git/")]


@contextmanager
def served(root: Path) -> Iterator[Forge]:
    """A server of the repositories in a folder, on a port of its own."""
    forge = Forge(root)

    class Handler(_Handler):
        pass

    Handler.forge = forge
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    forge.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield forge
    finally:
        forge.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    forge: Forge
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self._body())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as http.server has it
        """Nothing is said."""

    def _answer(self, body: bytes) -> None:
        forge, path = self.forge, self.path
        authorization = self.headers.get("Authorization", "")
        forge.asked.append((path, authorization))
        if any(each in body for each in forge.refused):
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR)
            return
        if any(path.startswith(each) for each in forge.hanging):
            forge.ended.wait(60)
            return
        for start, statuses in forge.failing.items():
            if path.startswith(start) and statuses:
                self._refuse(statuses.pop(0))
                return
        for start, target in forge.moved.items():
            if path.startswith(start):
                self._refuse(HTTPStatus.MOVED_PERMANENTLY, Location=target + path[len(start) :])
                return
        if forge.token and _password(authorization) != forge.token:
            self._refuse(HTTPStatus.UNAUTHORIZED, **{"WWW-Authenticate": 'Basic realm="git"'})
            return
        self._run(body)

    def _run(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.forge.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": "" if self.forge.is_old else self.headers.get("Git-Protocol", ""),
            "REMOTE_ADDR": "127.0.0.1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        }
        done = subprocess.run(  # noqa: S603  git's own server
            [GIT, "http-backend"], input=body, capture_output=True, env=environment, check=False
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        status = int(headers.pop("Status", "200").split()[0])
        self._send(status, headers, content)

    def _refuse(self, status: int, **headers: str) -> None:
        self._send(status, headers, b"")

    def _send(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)


def _password(authorization: str) -> str:
    kind, _, given = authorization.partition(" ")
    if kind != "Basic":
        return given if kind == "Bearer" else ""
    return base64.b64decode(given).decode().partition(":")[2]
