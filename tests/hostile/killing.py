"""Kills builds at random moments, and shows that neither cache nor site is ever the worse for it.

    python -m tests.hostile.killing --times 50

Each round changes some repositories, starts a build and kills it without warning. Then the site is
the old one or the new one, whole; the cache can be read; and the next build finishes with what a
build without any past makes of the same repositories.
"""

import argparse
import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from catalog_builder.build import export, read_catalog
from catalog_builder.config import read_settings
from catalog_builder.progress import progress_for
from tests.remotes import Remote, remote

_REPOSITORIES = 12
_DOCUMENT = """\
asyncapi: 3.0.0
info: {{title: Service {number}, version: 1.0.{version}}}
channels:
  said: {{address: said.{number}, messages: {{Said: {{$ref: '../common/said.message'}}}}}}
operations:
  say: {{action: send, channel: {{$ref: '#/channels/said'}}}}
"""
_MESSAGE = "{{name: Said{number}, payload: {{type: object, title: V{version}}}}}\n"


class BrokenError(Exception):
    """A killed build left something broken behind."""


class Estate:
    """Repositories that change, and a configuration that names them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.chance = random.Random(seed)  # noqa: S311  repeatable, no secret
        self._version = 0
        self._remotes = [remote(folder, f"r{number}") for number in range(_REPOSITORIES)]
        for number, each in enumerate(self._remotes):
            self._push(each, number)
        lines = "".join(f"  - git: {each.url}\n" for each in self._remotes)
        for name in ("catalogue", "reference"):
            (folder / name).mkdir()
            (folder / name / "catalog.yml").write_text(f"sources:\n{lines}", encoding="utf-8")

    def change(self) -> None:
        """Some repositories have another version."""
        self._version += 1
        for number in self.chance.sample(range(_REPOSITORIES), self.chance.randint(1, 6)):
            self._push(self._remotes[number], number)

    def truth(self) -> bytes:
        """What a catalogue without any past says of the repositories."""
        quiet = progress_for(io.StringIO(), quiet=True, verbose=False)
        settings = read_settings(self.folder / "reference/catalog.yml")
        return export(read_catalog(settings, quiet), "json")

    def _push(self, each: Remote, number: int) -> None:
        each.push(
            {
                "docs/asyncapi.yaml": _DOCUMENT.format(number=number, version=self._version),
                "common/said.message": _MESSAGE.format(number=number, version=self._version),
            }
        )


def rounds(folder: Path, times: int, seed: int) -> Iterator[str]:
    """A line about each round.

    Raises:
        BrokenError: something is broken.
    """
    estate = Estate(folder, seed)
    started = time.monotonic()
    _build(folder)
    usual = time.monotonic() - started
    for number in range(1, times + 1):
        before = digest(folder / "catalogue/site")
        estate.change()
        moment = estate.chance.uniform(0.1, 1.1) * usual
        was_killed = _killed_build(folder, moment)
        left = digest(folder / "catalogue/site")
        _offline(folder)
        _build(folder)
        after = digest(folder / "catalogue/site")
        if left not in {before, after}:
            raise BrokenError(f"round {number}: the site was neither the old nor the new one")
        if (folder / "catalogue/site/catalog.json").read_bytes() != estate.truth():
            raise BrokenError(f"round {number}: the next build says something else than it should")
        how = f"killed after {moment:.2f} s" if was_killed else "done before it was killed"
        yield f"{number}: {how}, {'old' if left == before else 'new'} site; the next build finished"
    if locks := list((folder / "catalogue/.catalog").rglob("*.lock")):
        raise BrokenError(f"locks are left: {locks}")


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "catalog_builder", *arguments]


def _build(folder: Path) -> None:
    _run(folder, "build", "--quiet", "--strict")


def _offline(folder: Path) -> None:
    """The cache can be read: each repository is in it as it was at one moment."""
    _run(folder, "build", "--quiet", "--strict", "--offline", "--site-dir", str(folder / "offline"))


def _run(folder: Path, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603  our own program
        _command(*arguments), cwd=folder / "catalogue", capture_output=True, text=True, check=False
    )
    if done.returncode or done.stderr:
        raise BrokenError(f"{' '.join(arguments)}: {done.returncode} {done.stdout} {done.stderr}")


def _killed_build(folder: Path, seconds: float) -> bool:
    """Whether a build was still running when it was killed."""
    with subprocess.Popen(  # noqa: S603  our own program
        _command("build", "--quiet"), cwd=folder / "catalogue", start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            return True
    return False


def digest(site: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(site)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """Tells of each round; ends with 1 when something is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in rounds(Path(folder), chosen.times, chosen.seed):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
