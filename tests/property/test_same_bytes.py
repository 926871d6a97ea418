"""Whatever the order of sources, and however many work, cold or warm: the same site to the byte."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.estate import generate

WITHOUT_FORK = """
import multiprocessing, os, sys
del os.fork
multiprocessing.get_all_start_methods = lambda: ["spawn"]
from catalog_builder.cli import start
start()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same")
    generate(folder, services=12, events=80, relations=260)
    (folder / "catalog.yml").unlink()
    return folder


@pytest.fixture(scope="module")
def expected(folder: Path) -> dict[str, bytes]:
    return built(folder, jobs=1)


def built(
    folder: Path, *, jobs: int, seed: int = 0, warm: bool = False, code: str = ""
) -> dict[str, bytes]:
    """The files of a site, of which the page that lists sources has them in their order."""
    sources = sorted(os.listdir(folder / "repositories"))  # noqa: PTH208  names
    random.Random(seed).shuffle(sources)  # noqa: S311  no secret
    lines = "".join(f"  - path: repositories/{each}\n" for each in sources)
    (folder / "catalog.yml").write_text(f"title: Same\nsources:\n{lines}", encoding="utf-8")
    if not warm:
        shutil.rmtree(folder / ".catalog", ignore_errors=True)
    site = folder / "site"
    shutil.rmtree(site, ignore_errors=True)
    program = ["-c", code] if code else ["-m", "catalog_builder"]
    arguments = ["build", "--quiet", "--jobs", str(jobs), "--site-dir", str(site)]
    subprocess.run([sys.executable, *program, *arguments], cwd=folder, check=True)  # noqa: S603  our own program
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_sources_give_the_same_bytes_cold_and_warm(
    folder: Path, expected: dict[str, bytes], jobs: int, seed: int
) -> None:
    cold = built(folder, jobs=jobs, seed=seed)
    assert cold == expected
    assert built(folder, jobs=3 - jobs, seed=seed, warm=True) == expected


def test_where_there_is_no_fork_the_bytes_are_the_same(
    folder: Path, expected: dict[str, bytes]
) -> None:
    assert built(folder, jobs=2, code=WITHOUT_FORK) == expected
