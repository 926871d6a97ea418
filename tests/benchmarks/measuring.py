"""What whole processes take, the yardsticks beside them, and the table of both in the guide."""

import os
import platform
import re
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs_templates/guide/guide/performance.md"
_BETWEEN = re.compile(r"(<!-- begin measured -->\n).*?(<!-- end measured -->)", re.DOTALL)
_SAMPLE_SECONDS = 1.0
MKDOCS_PAGES = 1_000
_HEAD = "| estate | cold | nothing changed | one document changed | memory | site |"
_FOOT = """Estates are of so many services, events and relations. Times are seconds as they passed,
then of processors; memory is of all processes together, what they share counted once."""
_PAGE = """# Page {number}

Some words about page {number}, which links to [another]({other}.md).

| field | type | meaning |
|---|---|---|
{rows}

```json
{{"number": {number}, "name": "page", "values": [1, 2, 3]}}
```
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of a process and all that it started."""

    wall: float
    cpu: float
    memory: int = 0
    """The most that all of them held together, in bytes; what they share counts once."""


@dataclass(frozen=True, slots=True)
class Row:
    """An estate, what its builds take, and the yardsticks."""

    services: int
    events: int
    relations: int
    cold: Cost
    unchanged: Cost
    changed: Cost
    files: int
    bytes: int
    writing: Cost
    loading: Cost


def cost_of(command: Sequence[str], folder: Path) -> Cost:
    """What a command takes that succeeds."""
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(command, cwd=folder) as process:  # noqa: S603  our own programs
        watch = _Watch(process.pid)
        watch.start()
        process.wait()
        watch.done.set()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.monotonic() - started, cpu, watch.most)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children again and again."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.done = threading.Event()
        self.most = 0

    def run(self) -> None:
        """Until it is done."""
        while not self.done.wait(_SAMPLE_SECONDS / 4 if not self.most else _SAMPLE_SECONDS):
            self.most = max(self.most, sum(map(_share_of, _tree(self.process))))


def _tree(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(each for child in children for each in _tree(int(child)))]


def _share_of(process: int) -> int:
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _here(work: Callable[[], object]) -> Cost:
    started, before = time.monotonic(), time.process_time()
    work()
    return Cost(time.monotonic() - started, time.process_time() - before)


def writing_of(site: Path, folder: Path) -> Cost:
    """Files like those of a site, written with `open` and `write`.

    They stay: after many files were deleted, ext4 takes up to ten times as long to make others, for
    some minutes in which it gives away no number of a deleted one.
    """
    sizes = [
        (path.relative_to(site), path.stat().st_size) for path in site.rglob("*") if path.is_file()
    ]
    content = b"x" * max(size for _, size in sizes)

    def write() -> None:
        for parent in {(folder / path).parent for path, _ in sizes}:
            parent.mkdir(parents=True, exist_ok=True)
        for path, size in sizes:
            with (folder / path).open("wb") as file:
                file.write(content[:size])

    return _here(write)


def loading_of(estate: Path) -> Cost:
    """The estate's documents, read with PyYAML's C loader."""
    program = (
        "import sys, yaml, pathlib\n"
        "for path in pathlib.Path(sys.argv[1]).rglob('asyncapi.*'):\n"
        "    yaml.load(path.read_bytes(), yaml.CSafeLoader)\n"
    )
    return cost_of([sys.executable, "-c", program, str(estate / "repositories")], estate)


def mkdocs_of(pages: int, folder: Path) -> Cost:
    """Plain MkDocs, Material and its search, with so many Markdown pages outside the menu."""
    (folder / "docs").mkdir(parents=True)
    rows = "\n".join(f"| `field{at}` | string | what it means |" for at in range(25))
    for number in range(pages):
        text = _PAGE.format(number=number, other=(number + 1) % pages, rows=rows)
        (folder / "docs" / f"{number}.md").write_text(text, encoding="utf-8")
    (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Plain\ntheme: material\nnav: [index.md]\nvalidation: {omitted_files: ignore}\n",
        encoding="utf-8",
    )
    return cost_of([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)


def write_table(rows: Sequence[Row], mkdocs: Cost, load: float) -> None:
    """The guide tells of the last run alone."""
    text = GUIDE.read_text(encoding="utf-8")
    table = "\n".join([*_table(rows), "", *_yardsticks(rows, mkdocs), "", _machine(load), ""])
    told = _BETWEEN.sub(lambda found: found[1] + table + found[2], text)
    GUIDE.write_text(told, encoding="utf-8")


def _table(rows: Sequence[Row]) -> list[str]:
    lines = [
        f"| {row.services:,} / {row.events:,} / {row.relations:,} | {_times(row.cold)} "
        f"| {_times(row.unchanged)} | {_times(row.changed)} "
        f"| {row.cold.memory / 1e6:,.0f} MB | {row.files:,} files, {row.bytes / 1e6:,.0f} MB |"
        for row in rows
    ]
    return [_HEAD, "|---|---|---|---|---|---|", *lines, "", _FOOT]


def _yardsticks(rows: Sequence[Row], mkdocs: Cost) -> list[str]:
    sticks = [
        *((f"writing the files of {row.events:,} events", row.writing, row) for row in rows),
        *((f"PyYAML's C loader on {row.events:,} events", row.loading, row) for row in rows),
        *(
            (f"plain MkDocs on {MKDOCS_PAGES:,} Markdown pages", mkdocs, row)
            for row in rows
            if row.events == MKDOCS_PAGES
        ),
    ]
    lines = [
        f"| {name} | {stick.cpu:.1f} s | {row.cold.cpu / stick.cpu:.1f} times that |"
        for name, stick, row in sticks
    ]
    return [
        "| yardstick | processor time | a cold build of as many events takes |",
        "|---|---|---|",
        *lines,
    ]


def _times(cost: Cost) -> str:
    return f"{cost.wall:.1f} s, {cost.cpu:.1f} s"


def _machine(load: float) -> str:
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"Measured on {cores} cores of {_processor()}, {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}. When the run began, {load:.1f} "
        "processes of others were at work."
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()
