"""One exchange over HTTP, within bounds of time and size; alone knows httpx."""

import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTimeError
from dataclasses import dataclass
from threading import Thread
from typing import TypeVar

import httpx

_Value = TypeVar("_Value")
_SILENCE_SECONDS = 20.0
"""After which a connection on which nothing comes is given up."""


class WireError(Exception):
    """No whole answer came; the text says why, without an address and without what was sent."""


class TooLargeError(WireError):
    """The answer has more bytes than it may have."""


class TooLateError(WireError):
    """The answer was not there in time."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask; `headers` hold secrets, so it never shows them."""

    url: str
    headers: Mapping[str, str]
    content: bytes | None = None
    """Sent with POST; None: asked with GET."""

    def __repr__(self) -> str:
        """Nothing that is not for everybody's eyes."""
        return "Request()"


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """Connections to servers, kept open between exchanges; proxies are those of the environment."""

    def __init__(self) -> None:
        # The system's certificates, because those of companies are there and nowhere else.
        self._client = httpx.Client(verify=ssl.create_default_context(), follow_redirects=False)

    def exchange(self, request: Request, seconds: float, most_bytes: int) -> Response:
        """The server's answer, whatever its status; no redirect is followed, no cookie kept.

        Raises:
            WireError: there is none, or it is too large or too late.
        """
        # A thread of its own, because neither looking up a name nor the reading of headers that
        # come byte by byte has a time limit.
        return _within(seconds, lambda: self._exchange(request, seconds, most_bytes))

    def close(self) -> None:
        """All connections are closed."""
        self._client.close()

    def _exchange(self, request: Request, seconds: float, most_bytes: int) -> Response:
        silence = min(seconds, _SILENCE_SECONDS)
        method = "GET" if request.content is None else "POST"
        try:
            with self._client.stream(
                method,
                request.url,
                headers={"accept-encoding": "gzip", **request.headers},
                content=request.content,
                timeout=silence,
            ) as response:
                body = _read(response, most_bytes)
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Response(response.status_code, headers, body)
        except httpx.TimeoutException as error:
            raise WireError(f"nothing came for {silence:.0f} seconds") from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise WireError(_reason(error)) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise WireError("not an address") from error
        finally:
            self._client.cookies.clear()


def _read(response: httpx.Response, most_bytes: int) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > most_bytes:
            raise TooLargeError(f"the answer is larger than {most_bytes / 1e6:g} MB")
    return bytes(body)


def _reason(error: Exception) -> str:
    """In a few words of ours: what the system says may quote what was sent."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted ({cause.verify_message})"
        if isinstance(cause, ssl.SSLError):
            return "no secure connection came about"
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror[:1].lower() + cause.strerror[1:]
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, httpx.ProtocolError | httpx.DecodingError):
        return "the answer broke off, or is not HTTP"
    return "no connection came about"


def _within(seconds: float, call: Callable[[], _Value]) -> _Value:
    """What the call gives, if it comes in time; one that hangs is left to itself."""
    future: Future[_Value] = Future()
    Thread(target=_settle, args=(future, call), daemon=True).start()
    try:
        return future.result(timeout=seconds)
    except NotInTimeError as error:
        raise TooLateError(f"no answer came within {seconds:.0f} seconds") from error


def _settle(future: Future[_Value], call: Callable[[], _Value]) -> None:
    try:
        future.set_result(call())
    except BaseException as error:  # noqa: BLE001  handed over to the thread that waits
        future.set_exception(error)
