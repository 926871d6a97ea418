"""Answers browsers on this machine, and nobody else."""

import ipaddress
import shutil
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import SEEK_END
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from catalog_builder.model import CatalogError
from catalog_builder.serve.content_types import HTML, content_type_of
from catalog_builder.serve.reloading import RELOAD_PATH, Reloads, with_reloading
from catalog_builder.serve.resolving import Redirect, resolved

HOST = "127.0.0.1"
DEFAULT_PORT = 8000

_PORTS_TRIED = 20
_ALIVE_SECONDS = 10.0
_SWAP_SECONDS = 1.0
_PLAIN = "text/plain; charset=utf-8"


@dataclass
class PortError(CatalogError):
    """The asked-for port cannot be used."""

    port: int
    reason: str

    def __str__(self) -> str:
        """Which port, why, and what to do."""
        return (
            f"cannot listen on {HOST}:{self.port}: {self.reason}. "
            "Name another port with --port, or leave --port out for the next free one."
        )


class SiteServer(ThreadingHTTPServer):
    """Serves whatever folder `site` names at the time of each request."""

    daemon_threads = True

    def __init__(self, port: int, site: Callable[[], Path], reloads: Reloads) -> None:
        self.site = site
        self.reloads = reloads
        self._thread: threading.Thread | None = None
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """Where a browser finds the site."""
        return f"http://{HOST}:{self.server_port}/"

    def start(self) -> None:
        """Requests are answered from now on."""
        self._thread = threading.Thread(target=self.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Nothing is answered any more, and the port is free."""
        self.reloads.close()
        if self._thread:
            self.shutdown()
            self._thread.join()
        self.server_close()

    def server_bind(self) -> None:
        """The port is ours; no name server was asked for our name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name = HOST
        self.server_port = self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def server_on(port: int | None, site: Callable[[], Path], reloads: Reloads) -> SiteServer:
    """A server on that port (0: any free one), or for None on the first free one from 8000.

    Raises:
        PortError: the port is taken or not ours to take.
    """
    asked = range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED) if port is None else (port,)
    for number in asked:
        try:
            return SiteServer(number, site, reloads)
        except OSError as error:
            refused = PortError(number, error.strerror or str(error))
            refused.__cause__ = error
    raise refused


class _Handler(BaseHTTPRequestHandler):
    """One browser's requests."""

    protocol_version = "HTTP/1.1"
    server_version = "catalog-builder"
    sys_version = ""
    timeout = 60
    server: SiteServer

    def do_GET(self) -> None:
        """The file, the site's own 404 page, or the stream that tells of a newer site."""
        if not _is_of_this_machine(self.headers.get("Host", "")):
            self._answer(HTTPStatus.FORBIDDEN, b"Only for browsers on this machine.\n")
        elif urlsplit(self.path).path == RELOAD_PATH:
            self._tell_of_a_newer_site()
        else:
            self._send_file()

    do_HEAD = do_GET  # noqa: N815  the base looks for this name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's name
        """Requests are no news."""

    def _send_file(self) -> None:
        """A site that is being swapped is away for a moment, which is waited out."""
        until = time.monotonic() + _SWAP_SECONDS
        while time.monotonic() < until:
            try:
                return self._send(*_found(self.server.site(), self.path))
            except FileNotFoundError:
                time.sleep(_SWAP_SECONDS / 50)
            except PermissionError:
                return self._answer(HTTPStatus.FORBIDDEN, b"This file cannot be read.\n")
        return self._answer(HTTPStatus.SERVICE_UNAVAILABLE, b"The site is not there.\n")

    def _send(self, status: HTTPStatus, file: Path | Redirect | None) -> None:
        if isinstance(file, Redirect):
            self._answer(status, b"", address=file.address)
        elif file is None:
            self._answer(status, b"There is no such page.\n")
        elif content_type_of(file) == HTML:
            mark = self.server.reloads.mark
            self._answer(status, with_reloading(file.read_bytes(), mark), HTML)
        else:
            self._stream(status, file)

    def _stream(self, status: HTTPStatus, file: Path) -> None:
        with file.open("rb") as content:
            length = content.seek(0, SEEK_END)
            content.seek(0)
            self._begin(status, content_type_of(file), length)
            if self.command != "HEAD":
                shutil.copyfileobj(content, self.wfile)

    def _answer(
        self, status: HTTPStatus, body: bytes, content_type: str = _PLAIN, address: str = ""
    ) -> None:
        self._begin(status, content_type, len(body), address)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _begin(
        self, status: HTTPStatus, content_type: str, length: int | None, address: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if address:
            self.send_header("Location", address)
        if length is None:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _tell_of_a_newer_site(self) -> None:
        reloads = self.server.reloads
        (seen,) = parse_qs(urlsplit(self.path).query).get("seen", [""])[:1]
        self._begin(HTTPStatus.OK, "text/event-stream; charset=utf-8", None)
        newer = self.command == "HEAD"
        while not (newer or reloads.closed):
            newer = reloads.newer_than(seen, within_seconds=_ALIVE_SECONDS)
            self.wfile.write(b"data: reload\n\n" if newer else b": alive\n\n")


def _found(site: Path, target: str) -> tuple[HTTPStatus, Path | Redirect | None]:
    """What a request is answered with.

    Raises:
        FileNotFoundError: there is no site at present.
    """
    found = resolved(site.resolve(strict=True), target)
    if isinstance(found, Redirect):
        return HTTPStatus.MOVED_PERMANENTLY, found
    if found is not None:
        return HTTPStatus.OK, found
    own = site / "404.html"
    return HTTPStatus.NOT_FOUND, own if own.is_file() else None


def _is_of_this_machine(host: str) -> bool:
    """Whether a `Host` is no foreign name that was made to lead here (DNS rebinding).

    >>> [_is_of_this_machine(host) for host in ("localhost:8000", "[::1]", "evil.example")]
    [True, True, False]
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name in {"", "localhost"} or bool(ipaddress.ip_address(name))
    except ValueError:
        return False
