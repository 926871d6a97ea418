"""Where a remote repository stands: one question, whatever its size."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit, urlunsplit

from catalog_builder.crawl.remote.access import REMOTE, Address, environment
from catalog_builder.crawl.remote.failure import (
    EMPTY,
    MOVED,
    NO_REF,
    FailedError,
    Failure,
    failure_of,
    failure_of_stop,
)
from catalog_builder.crawl.remote.mirror import Workplace
from catalog_builder.crawl.remote.processes import Bounds, Call, Done, StoppedError, Why

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_LINE = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64})\t(\S+)")
_SYMBOLIC = re.compile(r"ref: refs/heads/(\S+)\tHEAD")
_LOCATION = re.compile(r"<= Recv header: location: (\S+)", re.IGNORECASE)
_QUESTION = "/info/refs"
"""What git asks an address first."""
_TRACED = {"GIT_TRACE_CURL": "1", "GIT_TRACE_CURL_NO_DATA": "1"}
"""Makes git tell what the server answers; nothing else tells where a redirect leads."""
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Head:
    """What is to be read of a repository."""

    commit: str
    branch: str
    """What to call it: a branch, a tag, or the commit."""
    ref: str = ""
    """Under which name the remote has it; empty: it is asked for by its id."""


def is_commit(ref: str) -> bool:
    """Whether a ref is the full id of a commit."""
    return _COMMIT.fullmatch(ref) is not None


def head_of(address: Address, ref: str, work: Workplace) -> Head:
    """Where the ref of a remote stands, of none its HEAD.

    Raises:
        FailedError: it cannot be asked, is empty or has no such ref.
        StoppedError: everything ends.
    """
    done = _asked(address, ref, work)
    if done.code:
        raise FailedError(failure_of(done.output))
    words = done.output.decode("utf-8", "replace").splitlines()
    found = (_LINE.fullmatch(line) for line in words)
    refs = {each[2]: each[1] for each in found if each}
    if ref:
        return _named(ref, refs)
    if "HEAD" not in refs:
        raise FailedError(EMPTY)
    branch = next((each[1] for line in words if (each := _SYMBOLIC.fullmatch(line))), "")
    return Head(refs["HEAD"], branch, f"refs/heads/{branch}" if branch else "HEAD")


def moved_to(address: Address, work: Workplace) -> Address:
    """Where a repository that has moved is now; it was asked without any token.

    Raises:
        FailedError: it is on another host, which might not be whom the owner means to trust.
        StoppedError: everything ends.
    """
    nobody = replace(address, token_env="")
    output = _asked(nobody, "", work, _TRACED).output.decode("utf-8", "replace")
    found = _LOCATION.search(output)
    try:
        target = _without_question(urljoin(f"{address.url}{_QUESTION}", found[1] if found else ""))
        is_same = _is_same_place(address.url, target)
    except ValueError as error:
        raise FailedError(MOVED) from error
    if not is_same:
        shown = "".join(each for each in target if each.isprintable())[:_LONGEST_SHOWN]
        raise FailedError(Failure(MOVED.code, f"it has moved to another host, {shown}"))
    return replace(address, url=target)


def _without_question(target: str) -> str:
    """The repository that an address of git's question is of."""
    parts = urlsplit(target)
    path = parts.path.removesuffix(_QUESTION).rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], path, "", ""))


def _is_same_place(before: str, after: str) -> bool:
    """Whether two addresses, which are not the same, are on one host."""
    old, new = urlsplit(before), urlsplit(after)
    is_safe = new.scheme in {old.scheme, "https"}
    return is_safe and new.netloc.lower() == old.netloc.lower() and before != after


def _named(ref: str, refs: Mapping[str, str]) -> Head:
    for name in (f"refs/heads/{ref}", f"refs/tags/{ref}"):
        if name in refs:
            # Of a tag that says something of its own, the commit that it names.
            return Head(refs.get(f"{name}^{{}}", refs[name]), ref, name)
    if is_commit(ref):
        return Head(ref, ref)
    raise FailedError(NO_REF if refs else EMPTY)


def _asked(
    address: Address, ref: str, work: Workplace, more: Mapping[str, str] | None = None
) -> Done:
    names = ["HEAD"]
    if ref:
        names += [f"refs/heads/{ref}", f"refs/tags/{ref}", f"refs/tags/{ref}^{{}}"]
    # Not in the current folder, which may be a repository with settings of its own.
    arguments = (work.git, "-C", "/", "ls-remote", "--symref", REMOTE, *names)
    call = Call(arguments, {**environment(address, work.around), **(more or {})})
    try:
        return work.processes.run(call, Bounds(work.until))
    except StoppedError as error:
        if error.why is Why.END:
            raise
        raise FailedError(failure_of_stop(error)) from error
