"""Crawls of an estate of bare repositories, beside what git alone takes for as many clones."""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.estate import generate
from tests.remotes import GIT, git

SERVICES = int(os.environ.get("CRAWL_SERVICES", "200"))
AT_ONCE = 8
COLD_RATIO = 1.5
UNCHANGED_SECONDS = 15 * SERVICES / 1000
OWN_CPU_MS = 2.0


@dataclass(frozen=True)
class Bare:
    """Bare repositories of a generated estate."""

    folder: Path
    paths: tuple[Path, ...]

    def catalogue(self, name: str, history: int = 0) -> Path:
        """A new folder with a configuration that names all of them."""
        root = self.folder / name
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        lines = "".join(f"  - git: file://{path}\n" for path in self.paths)
        crawl = f"crawl: {{at_once: {AT_ONCE}}}\nhistory: {history}\n"
        (root / "catalog.yml").write_text(f"sources:\n{lines}{crawl}")
        return root


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bare:
    folder = tmp_path_factory.mktemp("bare")
    generate(folder, services=SERVICES, events=SERVICES * 10, relations=SERVICES * 45)
    works = sorted((folder / "repositories").iterdir())
    with ThreadPoolExecutor(2) as pool:
        return Bare(folder, tuple(pool.map(_bare, works)))


def _bare(work: Path) -> Path:
    path = work.parent.parent / "bare" / f"{work.name}.git"
    path.mkdir(parents=True)
    git(work, "init", "-q")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "all")
    git(path, "init", "-q", "--bare")
    git(path, "config", "uploadpack.allowFilter", "true")
    git(work, "push", "-q", str(path), "HEAD:main")
    git(path, "repack", "-a", "-d", "-q")
    return path


def crawled(root: Path) -> dict[str, float]:
    """What a crawl took, as a process of its own: seconds, and CPU of ours a repository."""
    program = (
        "import json, resource, sys, time; from pathlib import Path\n"
        "from catalog_builder.config import read_settings\n"
        "from catalog_builder.crawl import crawl\n"
        "settings = read_settings(Path('catalog.yml'))\n"
        "started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF)\n"
        "found = crawl(settings)\n"
        "seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF)\n"
        "cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime\n"
        "git = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "json.dump({'seconds': seconds, 'cpu': cpu, 'git': git.ru_utime + git.ru_stime,\n"
        "  'findings': len(found.findings), 'repositories': len(found.checkouts),\n"
        "  'documents': sum(len(each.specifications) for each in found.checkouts)}, sys.stdout)\n"
    )
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", program], cwd=root, check=True, capture_output=True
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def cloned(bare: Bare) -> tuple[float, float]:
    """Seconds and CPU of as many bare clones, as many at once."""
    target = bare.folder / "clones"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = (GIT, "clone", "-q", "--depth", "1", "--filter=blob:none", "--no-checkout")

    def clone(path: Path) -> None:
        subprocess.run(  # noqa: S603  the yardstick
            [*command, f"file://{path}", str(target / path.name)], check=True, env=environment
        )

    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(clone, bare.paths))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - started, cpu


def _once(benchmark: BenchmarkFixture, work: Callable[[], object]) -> None:
    benchmark.pedantic(work, rounds=1)  # type: ignore[no-untyped-call]  # ships none


def test_a_cold_crawl(benchmark: BenchmarkFixture, bare: Bare) -> None:
    yardstick = cloned(bare)
    told: dict[str, float] = {}
    _once(benchmark, lambda: told.update(crawled(bare.catalogue("cold"))))
    again = cloned(bare)
    remembering = crawled(bare.catalogue("remembering", history=20))
    clones = min(yardstick[0], again[0]), min(yardstick[1], again[1])
    benchmark.extra_info.update(told)
    benchmark.extra_info["clones"] = clones
    benchmark.extra_info["ratio of seconds"] = told["seconds"] / clones[0]
    benchmark.extra_info["ratio of seconds, with history"] = remembering["seconds"] / clones[0]
    benchmark.extra_info["ratio of cpu"] = (told["cpu"] + told["git"]) / clones[1]
    assert (told["repositories"], told["findings"]) == (len(bare.paths), 0)
    assert told["documents"] >= SERVICES
    assert told["seconds"] <= COLD_RATIO * clones[0]


def test_a_crawl_without_changes(benchmark: BenchmarkFixture, bare: Bare) -> None:
    root = bare.catalogue("unchanged")
    crawled(root)
    told: dict[str, float] = {}
    _once(benchmark, lambda: told.update(crawled(root)))
    benchmark.extra_info.update(told)
    own = told["cpu"] / len(bare.paths) * 1000
    benchmark.extra_info["own ms a repository"] = own
    assert told["seconds"] <= UNCHANGED_SECONDS
    assert own <= OWN_CPU_MS


def test_a_crawl_after_one_change(benchmark: BenchmarkFixture, bare: Bare) -> None:
    root = bare.catalogue("changed")
    crawled(root)
    before = _snapshots(root)
    work = bare.folder / "repositories" / bare.paths[0].stem
    (work / "new.yaml").write_text("asyncapi: 3.0.0\n")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "one")
    git(work, "push", "-q", str(bare.paths[0]), "HEAD:main")
    told: dict[str, float] = {}
    _once(benchmark, lambda: told.update(crawled(root)))
    benchmark.extra_info.update(told)
    assert len(_snapshots(root) - before) == 1


def _snapshots(root: Path) -> set[tuple[str, int]]:
    return {
        (str(path), path.stat().st_mtime_ns) for path in (root / ".catalog/snapshots").glob("*/*")
    }
