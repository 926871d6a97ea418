"""Shows that a site is the old one or the new one, whatever becomes of the build that makes it.

    python -m tests.hostile.wholeness --kills 50

Two states of an estate of local folders take turns. Builds are killed at random moments; run out
of space, on a small file system of their own; find the output closed; and run two at once. Each
time the site is then compared, file by file, with what undisturbed builds make of either state.
"""

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.estate import generate
from tests.hostile.killing import BrokenError, digest

_VERSION = re.compile(r"^(  version: ).*$", re.MULTILINE)


@dataclass
class Bench:
    """An estate in two states, and the digests of the sites of both."""

    folder: Path
    services: int = 10
    events: int = 100
    states: list[str] = field(default_factory=list)
    usual_seconds: float = 0.0
    _state: int = 0

    def __post_init__(self) -> None:
        generate(self.folder, services=self.services, events=self.events, relations=3 * self.events)
        for state in (0, 1):
            self.turn(state)
            started = time.monotonic()
            self.build(self.folder / "undisturbed" / "site")
            self.usual_seconds = time.monotonic() - started
            self.states.append(digest(self.folder / "undisturbed" / "site"))
        if self.states[0] == self.states[1]:
            raise BrokenError("the two states make the same site, so this shows nothing")

    def turn(self, state: int | None = None) -> None:
        """The estate is in the other state, or in the given one."""
        self._state = 1 - self._state if state is None else state
        for document in self.folder.glob("repositories/*/asyncapi.y*ml"):
            text = document.read_text(encoding="utf-8")
            turned = _VERSION.sub(rf"\g<1>9.0.{self._state}", text, count=1)
            document.write_text(turned, encoding="utf-8")

    def start(self, site: Path) -> subprocess.Popen[str]:
        """A build that works with two processes."""
        arguments = ["build", "--quiet", "--jobs", "2", "--site-dir", str(site)]
        return subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-m", "catalog_builder", *arguments],
            cwd=self.folder,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def build(self, site: Path) -> None:
        """The site is that of the present state."""
        build = self.start(site)
        _, said = build.communicate()
        if build.returncode:
            raise BrokenError(f"a build that nobody disturbs fails: {said}")

    def check(self, site: Path, what: str) -> str:
        """Which state's site stands there, in a word."""
        found = digest(site)
        if found not in self.states:
            raise BrokenError(f"{what}: the site is neither the one nor the other")
        return "new" if found == self.states[self._state] else "old"


def kills(bench: Bench, times: int, seed: int) -> Iterator[str]:
    """A line about each build that was killed."""
    chance = random.Random(seed)  # noqa: S311  repeatable, no secret
    site = bench.folder / "killed" / "site"
    bench.build(site)
    for number in range(1, times + 1):
        bench.turn()
        moment = chance.uniform(0.1, 1.1) * bench.usual_seconds
        build, started = bench.start(site), time.monotonic()
        try:
            build.communicate(timeout=moment)
            how = "done before it was killed"
            bench.usual_seconds = time.monotonic() - started
        except subprocess.TimeoutExpired:
            os.kill(build.pid, signal.SIGKILL)
            build.communicate()
            how = f"killed after {moment:.2f} s"
        yield f"{number}: {how}, {bench.check(site, how)} site"
    bench.build(site)
    if bench.check(site, "the build after them") != "new":
        raise BrokenError("a build after killed ones leaves an old site")
    if left := [each.name for each in site.parent.iterdir() if each != site]:
        raise BrokenError(f"killed builds left {left}")
    yield "the next build finished, and left nothing behind"


def full_disk(bench: Bench) -> str:
    """What happened on a file system that is too small for a second site."""
    small = bench.folder / "small"
    small.mkdir()
    with mounted(small, f"{_size_of(bench.folder / 'undisturbed') * 3 // 2 // 1024}k") as is_there:
        if not is_there:
            return "full disk: NOT SHOWN, this user may not mount a tmpfs"
        bench.build(small / "site")
        bench.turn()
        said = _refused(bench, small / "site", "No space left on device")
        if bench.check(small / "site", "full disk") != "old":
            raise BrokenError("a full disk has room for a new site")
        left = [each.name for each in small.iterdir()]
        if left != ["site"]:
            raise BrokenError(f"a full disk was left full: {left}")
    return f"full disk: old site, {said}"


def closed_output(bench: Bench) -> str:
    """What happened where nothing may be written."""
    closed = bench.folder / "closed"
    closed.mkdir()
    with mounted(closed, "64m") as is_there:
        if not is_there:
            return "read-only output: NOT SHOWN, this user may not mount a tmpfs"
        bench.build(closed / "site")
        bench.turn()
        _mount("-o", "remount,ro", str(closed))
        said = _refused(bench, closed / "site", "Read-only file system")
        if bench.check(closed / "site", "read-only output") != "old":
            raise BrokenError("a read-only folder was written")
    return f"read-only output: old site, {said}"


def two_at_once(bench: Bench, times: int) -> Iterator[str]:
    """A line about each pair of builds into one folder, one of either state."""
    site = bench.folder / "shared" / "site"
    for number in range(1, times + 1):
        builds = []
        for _ in range(2):
            bench.turn()
            builds.append(bench.start(site))
            time.sleep(bench.usual_seconds / 2)
        for build in builds:
            _, said = build.communicate()
            if build.returncode:
                raise BrokenError(f"two at once: one failed: {said}")
        yield f"{number}: two at once, {bench.check(site, 'two at once')} site"
        if left := [each.name for each in site.parent.iterdir() if each != site]:
            raise BrokenError(f"two at once left {left}")


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[bool]:
    """Whether the folder is a small file system of its own, while the block runs."""
    is_there = _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield is_there
    finally:
        if is_there:
            subprocess.run(["umount", str(folder)], check=True)  # noqa: S603, S607  the system's


def _mount(*arguments: str) -> bool:
    if not shutil.which("mount"):
        return False
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)  # noqa: S603, S607  the system's
    return done.returncode == 0


def _refused(bench: Bench, site: Path, reason: str) -> str:
    build = bench.start(site)
    _, said = build.communicate()
    if build.returncode != 2 or reason not in said or "Traceback" in said:
        raise BrokenError(f"{reason} is not told: {build.returncode} {said}")
    return said.strip().splitlines()[-1]


def _size_of(folder: Path) -> int:
    page = 4096
    return sum(-(-each.stat().st_size // page) * page for each in folder.rglob("*"))


def main() -> None:
    """Tells of each trial; ends with a traceback when something is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for line in kills(bench, chosen.kills, chosen.seed):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        for line in (full_disk(bench), closed_output(bench), *two_at_once(bench, chosen.pairs)):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
