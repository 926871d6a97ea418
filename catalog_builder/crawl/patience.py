"""When a server may be asked again: what its answers say about that, and what holds if they do not.

Understands `Retry-After` and the rate-limit headers of GitHub, GitLab, Gitea, Bitbucket and Azure
DevOps, which differ in names and in whether a reset is a moment or a number of seconds.
"""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_REMAINING = ("x-ratelimit-remaining", "ratelimit-remaining")
_RESET = ("x-ratelimit-reset", "ratelimit-reset")
_PASSING = {408, 425, 500, 502, 503, 504}
_TOO_MANY = 429
_FORBIDDEN = 403
_A_MOMENT = 1_000_000_000
"""Numbers from here on are seconds since 1970, smaller ones are seconds from now."""
_FIRST_SECONDS = 1.0
_LONGEST_SECONDS = 60.0
_FIRST_SECONDS_OF_A_LIMIT = 60.0

Headers = Mapping[str, str]
"""By their names in lower case."""


def is_limited(status: int, headers: Headers, body: bytes) -> bool:
    """Whether the answer says that we asked too often, and not that we may not ask.

    >>> is_limited(403, {"x-ratelimit-remaining": "0"}, b""), is_limited(403, {}, b"")
    (True, False)
    """
    if status == _TOO_MANY:
        return True
    said = "retry-after" in headers or _first(headers, _REMAINING) == "0"
    return status == _FORBIDDEN and (said or b"rate limit" in body[:10_000].lower())


def is_passing(status: int) -> bool:
    """Whether the server has a trouble that may be over soon."""
    return status in _PASSING


def asked_wait(headers: Headers, now: float) -> float:
    """The seconds for which the server wants to be left alone; 0 when it says nothing.

    >>> asked_wait({"retry-after": "7"}, 0.0)
    7.0
    >>> asked_wait({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1700000060"}, 1700000000)
    60.0

    Args:
        headers: of its answer.
        now: seconds since 1970.
    """
    if "retry-after" in headers:
        return _seconds(headers["retry-after"], now)
    if _first(headers, _REMAINING) == "0":
        return _seconds(_first(headers, _RESET), now)
    return 0.0


def own_wait(attempt: int, chance: float, *, limited: bool = False) -> float:
    """The seconds to wait where the server does not say: twice as long each time.

    >>> own_wait(0, 1.0), own_wait(3, 1.0), own_wait(9, 1.0), own_wait(0, 1.0, limited=True)
    (1.0, 8.0, 60.0, 75.0)

    Args:
        attempt: how many were made before the one that failed.
        chance: from 0 to 1, so that many who failed at once do not come back at once.
        limited: whether we asked too often, where GitHub wants a minute at least.
    """
    if limited:
        return _FIRST_SECONDS_OF_A_LIMIT * 2.0**attempt * (1 + chance / 4)
    return min(_FIRST_SECONDS * 2.0**attempt, _LONGEST_SECONDS) * (1 + chance) / 2


def _first(headers: Headers, names: tuple[str, ...]) -> str:
    return next((headers[name] for name in names if name in headers), "")


def _seconds(written: str, now: float) -> float:
    """Seconds from now, of a number, a moment or a date; 0 when it is none of these."""
    try:
        number = float(written)
    except ValueError:
        return _until_date(written, now)
    wait = number - now if number >= _A_MOMENT else number
    return max(0.0, wait) if wait < float("inf") else 0.0


def _until_date(written: str, now: float) -> float:
    try:
        return max(0.0, parsedate_to_datetime(written).timestamp() - now)
    except (ValueError, OverflowError):
        return 0.0
