"""Why a repository could not be brought: git's words, sorted into the codes of findings.

Nothing of git's own words goes any further, because foreign servers write into them.
"""

import re
from dataclasses import dataclass, replace

from catalog_builder.crawl.remote.processes import StoppedError, Why


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a repository could not be brought."""

    code: str
    """Of the finding."""
    reason: str
    """In our words, as a sentence goes on after a colon."""
    passing: bool = False
    """Whether it may work if it is tried again at once."""
    lesser: bool = False
    """Whether the server can only do less than it was asked for."""
    heavy: bool = False
    """Whether it may work if less is asked for."""


class FailedError(Exception):
    """A repository cannot be brought."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


_GONE = "repository-gone"
_REFUSED = "repository-refused"
_UNREACHABLE = "repository-unreachable"
_TIMED_OUT = "repository-timed-out"
_BROKEN = "repository-broken"
MOVED = Failure("repository-moved", "it has moved to another address")
EMPTY = Failure("repository-empty", "it has no commit")
NO_REF = Failure("repository-ref-missing", "it has no such branch, tag or commit")
NO_GIT = Failure(_BROKEN, "git is not installed")
OLD_GIT = Failure(_BROKEN, "git is older than 2.31, so it cannot bring parts safely")
NO_TOKEN = Failure(_REFUSED, "the environment variable of `token_env` is not set")
NOT_CACHED = Failure("repository-not-cached", "it was never brought")
UNREADABLE = Failure(_BROKEN, "git cannot read what it brought")
TOO_LARGE = Failure(_BROKEN, "it is larger than what is brought", heavy=True)
_LATE = Failure(_TIMED_OUT, "it took too long", heavy=True)
_UNKNOWN = Failure(_BROKEN, "git cannot read it")

_MEANINGS: tuple[tuple[Failure, tuple[str, ...]], ...] = (
    (MOVED, (r"returned error: 30[1278]", r"unable to update url base from redirection")),
    (
        Failure(_GONE, "there is no repository, or none that may be seen"),
        (r"returned error: 404", r"repository '.*' not found", r"ERROR: Repository not found"),
    ),
    (Failure(_GONE, "it was removed"), (r"returned error: 410",)),
    (
        Failure(_REFUSED, "the server asks for a token, or for another one"),
        (
            r"returned error: (?:401|403|407)",
            r"Authentication failed",
            r"could not read (?:Username|Password)",
            r"terminal prompts disabled",
            r"[Ii]nvalid credentials",
            r"[Pp]ermission denied",
            r"access denied",
        ),
    ),
    (
        Failure(_REFUSED, "ssh does not know the host's key; connect to it once by hand"),
        (r"Host key verification failed",),
    ),
    (
        Failure(_REFUSED, "it belongs to another user; see `safe.directory` of git"),
        (r"dubious ownership",),
    ),
    (
        Failure(_REFUSED, "it would be reached in a way that is not allowed"),
        (r"transport '.*' not allowed",),
    ),
    (
        Failure(_UNREACHABLE, "the server was asked too often", passing=True),
        (r"returned error: 429",),
    ),
    (
        Failure(_UNREACHABLE, "the server has trouble", passing=True, heavy=True),
        (r"returned error: 5\d\d",),
    ),
    (
        Failure(_UNREACHABLE, "nobody knows its host"),
        (r"Could not resolve host", r"Name or service not known"),
    ),
    (
        Failure(_UNREACHABLE, "the certificate of its host is not trusted"),
        (r"SSL certificate", r"certificate verif", r"SSL_|TLS"),
    ),
    (Failure(_TIMED_OUT, "its host does not answer"), (r"Operation too slow", r"[Tt]imed out")),
    (
        Failure(_UNREACHABLE, "its host does not answer"),
        (r"Connection refused", r"(?:Failed|Couldn't) (?:to )?connect", r"No route to host"),
    ),
    (
        _UNKNOWN,
        (r"is corrupt", r"repository corruption", r"unable to (?:unpack|read|parse)", r"bad tree"),
    ),
    (
        Failure(_UNREACHABLE, "the connection was lost", passing=True, heavy=True),
        (
            r"Connection reset",
            r"unexpected disconnect",
            r"early EOF",
            r"hung up unexpectedly",
            r"Empty reply",
            r"RPC failed",
            r"Recv failure",
            r"transfer closed",
        ),
    ),
    (NO_REF, (r"couldn't find remote ref", r"no such remote ref", r"bad object", r"not our ref")),
    (
        Failure(_GONE, "there is no repository at that place"),
        (r"not appear to be a git repository", r"not a git repository", r"No such file"),
    ),
)
_LESSER = re.compile(
    r"does not support (?:shallow|--|filter)|not support shallow|not our ref"
    r"|does not allow request for unadvertised object"
)


def failure_of(output: bytes) -> Failure:
    """What git's words mean.

    >>> failure_of(b"fatal: unable to access 'https://x/': Could not resolve host: x").code
    'repository-unreachable'
    """
    words = output.decode("utf-8", "replace")
    fitting = (each for each, said in _MEANINGS if re.search("|".join(said), words))
    found = next(fitting, _UNKNOWN)
    return replace(found, lesser=True) if _LESSER.search(words) else found


def failure_of_stop(error: StoppedError) -> Failure:
    """What it means that git was ended."""
    return TOO_LARGE if error.why is Why.SIZE else _LATE
