"""What git knows of folders: the commit they are at, and where they are on the web.

Alone runs git: without questions, hooks, locks, filters or network, and few times a work tree
however many folders lie in it. Whether a file is as its commit has it is answered by its digest,
which holds whatever the index, ignore rules and clocks say.
"""

import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from catalog_builder.crawl.digest import is_named
from catalog_builder.crawl.folder import Folder
from catalog_builder.crawl.forge import commit_pattern, link_pattern, web_address
from catalog_builder.crawl.found import Problem, Stored

_AT_ONCE = 8
_SECONDS = 30
_OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_UNREADABLE = "it cannot read the repository"
_HARMLESS = ("core.fsmonitor=", "core.hooksPath=/dev/null", "protocol.allow=never")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a folder stands; empty what git does not know, or what would not be true."""

    commit: str = ""
    url: str = ""
    link: str = ""
    """Pattern of a link to a file of the folder."""
    commit_link: str = ""
    """Pattern of a link to a commit."""
    problem: Problem | None = None
    stored: Stored | None = None
    """Known also where files are not what the last commit has."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A folder, and the files of it whose commit matters."""

    folder: Folder
    paths: tuple[str, ...]


class RefusedError(Exception):
    """Git does not answer; the text says why, without anything of its own output."""


def standings(watched: Sequence[Watched]) -> tuple[Standing, ...]:
    """Where each of these folders stands, in their order; no problem is told twice."""
    trees: dict[str, list[int]] = defaultdict(list)
    known: dict[str, str] = {}
    for place, each in enumerate(watched):
        if tree := _work_tree(each.folder.root, known):
            trees[tree].append(place)
    git = shutil.which("git")
    answers = [Standing()] * len(watched)
    if trees and not git:
        answers[min(trees.values())[0]] = Standing(problem=Problem("git-missing"))
    if not trees or not git:
        return tuple(answers)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        asked = [
            pool.submit(_stand, git, tree, [watched[place] for place in places])
            for tree, places in trees.items()
        ]
        for places, told in zip(trees.values(), asked, strict=True):
            for place, standing in zip(places, told.result(), strict=True):
                answers[place] = standing
    return tuple(answers)


def _work_tree(folder: str, known: dict[str, str]) -> str:
    """The nearest folder around this one, or itself, that has `.git`; empty when none has."""
    passed: list[str] = []
    place = folder
    while place not in known:
        passed.append(place)
        if os.path.lexists(f"{place.rstrip('/')}/.git"):
            known[place] = place
        elif place == "/":
            known[place] = ""
        else:
            place = place.rpartition("/")[0] or "/"
    known.update(dict.fromkeys(passed, known[place]))
    return known[place]


def _stand(git: str, tree: str, watched: Sequence[Watched]) -> list[Standing]:
    try:
        objects = _objects_at_head(git, tree, watched)
        remote = _run(git, tree, ("config", "--get", "remote.origin.url"))
    except RefusedError as error:
        refused = Standing(problem=Problem("git-refused", detail=str(error)))
        return [refused, *[Standing()] * (len(watched) - 1)]
    url = web_address(remote)
    return [_standing(tree, each, objects, url) for each in watched]


def _standing(tree: str, each: Watched, objects: Mapping[str, str], url: str) -> Standing:
    prefix = _prefix(tree, each.folder)
    commit = objects.get("HEAD^{commit}", "")
    if not commit or f"HEAD:{prefix}" not in objects:
        return Standing()
    link = link_pattern(url, prefix)
    stored = Stored(tree, commit, prefix)
    standing = Standing(commit, url, link, commit_pattern(url), stored=stored)
    for path in each.paths:
        if not _is_same(each.folder, path, objects.get(f"HEAD:{joined(prefix, path)}", "")):
            problem = Problem("specification-not-committed", path)
            return replace(standing, commit="", problem=problem)
    return standing


def _objects_at_head(git: str, tree: str, watched: Sequence[Watched]) -> dict[str, str]:
    """The ids of the last commit, of these folders and of their files, as far as it has them."""
    names = ["HEAD^{commit}"]
    for each in watched:
        prefix = _prefix(tree, each.folder)
        names += [f"HEAD:{prefix}", *(f"HEAD:{joined(prefix, path)}" for path in each.paths)]
    askable = [name for name in names if "\n" not in name]
    arguments = ("cat-file", "--batch-check=%(objectname)")
    answer = _run(git, tree, arguments, "".join(f"{name}\n" for name in askable))
    lines = answer.split("\n")[: len(askable)]
    return {
        name: line for name, line in zip(askable, lines, strict=False) if _OBJECT.fullmatch(line)
    }


def _is_same(folder: Folder, path: str, object_id: str) -> bool:
    content = folder.get(path)
    return content is not None and is_named(content, object_id)


def _prefix(tree: str, folder: Folder) -> str:
    return folder.root[len(tree) :].strip("/")


def joined(prefix: str, path: str) -> str:
    """The path of a file of a folder, from where the folder's own path starts."""
    return f"{prefix}/{path}" if prefix else path


def _run(git: str, tree: str, arguments: Sequence[str], given: str = "") -> str:
    """What git prints as text; empty when it has nothing to say."""
    done = _done([*_command(git, tree), *arguments], _environment(tree), os.fsencode(given))
    return done.stdout.decode("utf-8", "replace").rstrip("\n")


def printed(stored: Stored, arguments: Sequence[str], given: str = "") -> bytes:
    """What git prints in a work tree or repository.

    Raises:
        RefusedError: it cannot be run, takes too long, or cannot read the repository.
    """
    git = shutil.which("git")
    if git is None:
        raise RefusedError("it is not installed")
    command = [*_command(git, stored.place), *arguments]
    done = _done(command, _environment(stored.place, stored.secrets), os.fsencode(given))
    if done.returncode:
        raise RefusedError(_UNREADABLE)
    return done.stdout


@contextmanager
def conversation(stored: Stored, arguments: Sequence[str]) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Git's input and output, while it answers one question after the other.

    Raises:
        RefusedError: it cannot be run.
    """
    try:
        process = subprocess.Popen(  # noqa: S603  fixed arguments; questions go through standard input
            [*_command(shutil.which("git") or "git", stored.place), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(stored.place, stored.secrets),
        )
    except OSError as error:
        raise RefusedError(f"it cannot be run ({error.strerror})") from error
    with process:
        try:
            if process.stdin is not None and process.stdout is not None:
                yield process.stdin, process.stdout
        finally:
            process.kill()


def _command(git: str, place: str) -> list[str]:
    options = [word for setting in _HARMLESS for word in ("-c", setting)]
    return [git, "--literal-pathspecs", "-C", place, *options]


def _done(
    command: Sequence[str], environment: Mapping[str, str], given: bytes
) -> subprocess.CompletedProcess[bytes]:
    try:
        done = subprocess.run(  # noqa: S603  fixed arguments; paths go through standard input
            command,
            input=given,
            capture_output=True,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedError(f"it took longer than {_SECONDS} seconds") from error
    except OSError as error:
        raise RefusedError(f"it cannot be run ({error.strerror})") from error
    if b"dubious ownership" in done.stderr:
        raise RefusedError("the folder belongs to another user")
    if done.stderr.startswith(b"fatal:"):
        raise RefusedError(_UNREADABLE)
    return done


def _environment(place: str, secrets: Collection[str] = ()) -> dict[str, str]:
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") and name not in secrets
    }
    return ours | {
        "GIT_CEILING_DIRECTORIES": str(Path(place).parent),
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }
