"""The one polite HTTP client of the project: asks no oftener than servers want, and keeps secrets.

A token goes to the scheme, host and port that it is for, and nowhere else: not across a redirect,
not along a link to the next page, not into the cache or the text of an error.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

import orjson

from catalog_builder import __version__
from catalog_builder.crawl.address import RedirectError, origin_of, redirected
from catalog_builder.crawl.credential import NOBODY, Credential
from catalog_builder.crawl.patience import asked_wait, is_limited, is_passing, own_wait
from catalog_builder.crawl.store import Store
from catalog_builder.crawl.wire import (
    Request,
    Response,
    TooLargeError,
    TooLateError,
    Wire,
    WireError,
)
from catalog_builder.model import Json


class Trouble(StrEnum):
    """Why there is no answer."""

    REFUSED = "refused"
    GONE = "gone"
    LIMITED = "rate-limited"
    UNREACHABLE = "unreachable"
    LATE = "timed-out"
    BROKEN = "broken"


MOST_BYTES = 32_000_000
"""Of an answer in JSON: a hundred repositories of GitHub are half a megabyte."""
_ROOM = "http"
_MOST_ATTEMPTS = 5
_MOST_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_NOT_MODIFIED = 304
_OK = range(200, 300)
_PASSING = {Trouble.LIMITED, Trouble.UNREACHABLE}
_MEANINGS = {
    401: Trouble.REFUSED,
    403: Trouble.REFUSED,
    407: Trouble.REFUSED,
    404: Trouble.GONE,
    410: Trouble.GONE,
}
_KEPT_HEADERS = ("etag", "last-modified", "link", "x-ms-continuationtoken")


class HttpError(Exception):
    """There is no answer; `detail` says why, without an address and without a secret."""

    def __init__(self, trouble: Trouble, detail: str) -> None:
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; names of headers are in lower case."""

    body: bytes
    headers: Mapping[str, str]

    def json(self) -> Json:
        """The body as JSON.

        Raises:
            HttpError: it is none.
        """
        try:
            value: Json = orjson.loads(self.body)
        except orjson.JSONDecodeError as error:
            if self.body.lstrip()[:1] == b"<":
                reason = "it answers with a page for people, as it does when it wants a sign-in"
                raise HttpError(Trouble.REFUSED, reason) from error
            raise HttpError(Trouble.BROKEN, "its answer is not JSON") from error
        return value


@dataclass(frozen=True, slots=True)
class Timing:
    """Clocks, sleep and chance; tests turn them themselves."""

    now: Callable[[], float] = time.monotonic
    date: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class Client:
    """Asks servers, and remembers which of them want to be left alone until when."""

    def __init__(self, store: Store, timing: Timing | None = None) -> None:
        self.store = store
        self.timing = timing or Timing()
        self.quiet_until: dict[str, float] = {}
        self.wire = Wire()

    def visit(self, seconds: float, credential: Credential = NOBODY) -> "Visit":
        """Questions that together take no longer than these seconds."""
        return Visit(self, credential, self.timing.now() + seconds)

    def close(self) -> None:
        """All connections are closed."""
        self.wire.close()


class Visit:
    """Questions to a server as somebody, until a moment."""

    def __init__(self, client: Client, credential: Credential, until: float) -> None:
        self._client = client
        self._timing = client.timing
        self._credential = credential
        self._until = until

    def get(
        self, url: str, accept: str = "application/json", most_bytes: int = MOST_BYTES
    ) -> Answer:
        """What lies at an address; one that did not change is not sent a second time.

        Raises:
            HttpError: nothing that can be used, and asking again does not help now.
        """
        key = f"{accept} {url}"
        kept = _unpacked(self._client.store.get(_ROOM, key))
        conditions = _conditions(kept) if kept else {}
        answer = self._asked(url, {"accept": accept, **conditions}, None, most_bytes)
        if answer.status == _NOT_MODIFIED:
            return kept or _never_asked()
        found = Answer(answer.body, {k: v for k, v in answer.headers.items() if k in _KEPT_HEADERS})
        if _conditions(found) and not self._credential.stands_in(answer.body):
            self._client.store.put(_ROOM, key, _packed(found))
        return found

    def post(self, url: str, value: Json) -> Answer:
        """What a question in JSON is answered with.

        Raises:
            HttpError: as `get`.
        """
        headers = {"accept": "application/json", "content-type": "application/json"}
        answer = self._asked(url, headers, orjson.dumps(value), MOST_BYTES)
        return Answer(answer.body, {})

    def _asked(
        self, url: str, headers: Mapping[str, str], content: bytes | None, most_bytes: int
    ) -> Response:
        """The first good answer, after as many attempts as make sense."""
        for attempt in range(_MOST_ATTEMPTS):
            self._rest(self._wanted_quiet(url))
            try:
                return self._tried(url, headers, content, most_bytes)
            except HttpError as error:
                if error.trouble not in _PASSING or attempt == _MOST_ATTEMPTS - 1:
                    raise
                limited = error.trouble is Trouble.LIMITED
                own = own_wait(attempt, self._timing.chance(), limited=limited)
                self._rest(self._wanted_quiet(url) or own, error)
        raise AssertionError

    def _tried(
        self, url: str, headers: Mapping[str, str], content: bytes | None, most_bytes: int
    ) -> Response:
        """The answer at the end of the redirects; the token goes as far as its own host."""
        place = url
        for _ in range(_MOST_REDIRECTS + 1):
            said = {"user-agent": f"catalog-builder/{__version__}", **headers}
            said |= self._credential.headers_for(place)
            answer = self._exchanged(Request(place, said, content), most_bytes)
            self._heed(place, answer)
            if answer.status not in _REDIRECTS:
                _judge(answer)
                return answer
            place = _target(place, answer)
        raise HttpError(Trouble.BROKEN, "it redirects without end")

    def _exchanged(self, request: Request, most_bytes: int) -> Response:
        seconds = self._until - self._timing.now()
        if seconds <= 0:
            raise HttpError(Trouble.LATE, "the time for it is over")
        try:
            return self._client.wire.exchange(request, seconds, most_bytes)
        except TooLargeError as error:
            raise HttpError(Trouble.BROKEN, str(error)) from error
        except TooLateError as error:
            raise HttpError(Trouble.LATE, str(error)) from error
        except WireError as error:
            raise HttpError(Trouble.UNREACHABLE, str(error)) from error

    def _heed(self, url: str, answer: Response) -> None:
        """Keeps in mind how long the server wants to be left alone, also after a good answer."""
        if wait := asked_wait(answer.headers, self._timing.date()):
            self._client.quiet_until[origin_of(url)] = self._timing.now() + wait

    def _wanted_quiet(self, url: str) -> float:
        until = self._client.quiet_until.get(origin_of(url), 0.0)
        return max(0.0, until - self._timing.now())

    def _rest(self, seconds: float, failure: HttpError | None = None) -> None:
        """The seconds are over, unless they are more than there are left."""
        if not seconds:
            return
        if self._timing.now() + seconds <= self._until:
            self._timing.sleep(seconds)
        elif failure and failure.trouble is not Trouble.LIMITED:
            raise failure
        else:
            raise HttpError(Trouble.LIMITED, f"it wants to be left alone for {_in_words(seconds)}")


def _never_asked() -> NoReturn:
    raise HttpError(Trouble.BROKEN, "it says that nothing changed, which it was not asked")


def _judge(answer: Response) -> None:
    """Nothing, if the answer is a good one.

    Raises:
        HttpError: it is not.
    """
    if answer.status in _OK or answer.status == _NOT_MODIFIED:
        return
    trouble = _MEANINGS.get(answer.status, Trouble.BROKEN)
    if is_limited(answer.status, answer.headers, answer.body):
        trouble = Trouble.LIMITED
    elif is_passing(answer.status):
        trouble = Trouble.UNREACHABLE
    raise HttpError(trouble, f"it answers with {answer.status}")


def _target(url: str, answer: Response) -> str:
    try:
        return redirected(url, answer.headers.get("location", ""))
    except RedirectError as error:
        raise HttpError(Trouble.BROKEN, str(error)) from error


def _in_words(seconds: float) -> str:
    """A rough number of minutes.

    >>> _in_words(30), _in_words(3000)
    ('1 minute', '50 minutes')
    """
    minutes = max(1, round(seconds / 60))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _conditions(answer: Answer) -> dict[str, str]:
    """The headers that ask whether something changed since this answer."""
    asked = {"if-none-match": "etag", "if-modified-since": "last-modified"}
    return {ours: answer.headers[its] for ours, its in asked.items() if its in answer.headers}


def _packed(answer: Answer) -> bytes:
    return orjson.dumps(dict(answer.headers)) + b"\n" + answer.body


def _unpacked(record: bytes | None) -> Answer | None:
    """What was packed; None when nothing was, or by another version."""
    if record is None:
        return None
    written, _, body = record.partition(b"\n")
    try:
        headers = orjson.loads(written)
    except orjson.JSONDecodeError:
        return None
    return Answer(body, headers) if isinstance(headers, dict) else None
