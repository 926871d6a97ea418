"""Sources that are one file with the files of a repository: `.zip` and `.tar.gz`, here or away."""

import io
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from catalog_builder.config import ArchiveSource
from catalog_builder.crawl.archive_members import ArchiveError, Members, members_of
from catalog_builder.crawl.download import bring_each, fetched
from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.forge import link_pattern
from catalog_builder.crawl.found import Brought, Found
from catalog_builder.crawl.http import Client
from catalog_builder.crawl.lasting import Fetched
from catalog_builder.crawl.recognise import says_asyncapi
from catalog_builder.crawl.run import Run
from catalog_builder.crawl.walk import is_hidden, readable
from catalog_builder.crawl.wanted import Wanted
from catalog_builder.model import Location, Repository

_MOST_BYTES = 200_000_000
_ENDINGS = (".zip", ".tar.gz", ".tgz", ".tar")


def bring_archives(sources: Sequence[ArchiveSource], run: Run) -> tuple[Brought, ...]:
    """What each of these sources brings, in their order.

    Findings: `source-missing`, `source-unreadable`, `source-empty`, `archive-unreadable`,
    `archive-too-large`, `token-missing`, `download-failed`, `not-in-cache`.
    """
    return bring_each(sources, run, _brought)


def _brought(source: ArchiveSource, client: Client, run: Run) -> Brought:
    where = source.place or Location("", readable(source.written))
    got = Fetched(None)
    try:
        if "://" in source.archive:
            got = fetched(source.archive, source.token_env, _MOST_BYTES, client, run)
            members = members_of(io.BytesIO(got.content)) if got.content is not None else None
        else:
            with _opened(run.settings.root / source.archive) as file:
                members = members_of(file)
    except _NoFileError as error:
        return Brought(findings=(finding(error.code, where, source.archive),))
    except ArchiveError as error:
        detail = f"{readable(source.written)}: {error}"
        return Brought(findings=(finding("archive-unreadable", where, detail),), state="unreadable")
    findings = [finding(got.failure.code, where, got.failure.detail)] if got.failure else []
    if members is None:
        return Brought(findings=tuple(findings), state=got.state, age=got.age)
    found = _found(source, Wanted(run.settings), members)
    if not found.specifications:
        findings.append(finding("source-empty", where, source.written))
    return Brought((found,), tuple(findings), state=got.state, age=got.age)


class _NoFileError(Exception):
    """There is no file to read; `code` is that of the finding."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A file on this machine; no pipe is waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _NoFileError("source-missing") from error
    except OSError as error:
        raise _NoFileError("source-unreadable") from error
    about = os.fstat(descriptor)
    if not stat.S_ISREG(about.st_mode):
        os.close(descriptor)
        raise _NoFileError("source-unreadable")
    with os.fdopen(descriptor, "rb") as file:
        if about.st_size > _MOST_BYTES:
            raise ArchiveError(f"it is larger than {_MOST_BYTES / 1e6:g} MB")
        yield file


def _found(source: ArchiveSource, wanted: Wanted, members: Members) -> Found:
    address = source.written
    path = unquote(urlsplit(address).path) if "://" in address else os.path.normpath(address)
    steps = [readable(step) for step in reversed(path.split("/")) if step.strip(".")]
    name = source.name or _without_ending(steps[0] if steps else "archive")
    return Found(
        identity=f"archive {source.archive}",
        repository=Repository(
            name=name,
            url=source.url.rstrip("/"),
            commit=members.commit,
            link=source.link or link_pattern(source.url.rstrip("/")),
            viewpoint=source.viewpoint,
        ),
        parents=tuple(steps[1:]),
        files=members.files,
        specifications=tuple(
            path
            for path, content in members.files.items()
            if wanted(path) and not _is_closed(path, wanted) and says_asyncapi(content)
        ),
        problems=members.problems,
        claimed_by=source.written if source.name or source.url or source.viewpoint else "",
    )


def _is_closed(path: str, wanted: Wanted) -> bool:
    """Whether it lies in a folder that is not looked into."""
    steps = path.split("/")
    folders = ("/".join(steps[:depth]) for depth in range(1, len(steps)))
    return any(is_hidden(folder) or wanted.is_closed(folder) for folder in folders)


def _without_ending(name: str) -> str:
    """The name of an archive's repository.

    >>> _without_ending("orders-1.2.tar.gz"), _without_ending("archive")
    ('orders-1.2', 'archive')
    """
    return next((name[: -len(end)] for end in _ENDINGS if name.lower().endswith(end)), name)
