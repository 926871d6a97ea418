"""Whole builds of generated estates, as processes of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.estate import generate


@pytest.mark.parametrize(("services", "events", "relations"), [(10, 100, 300), (100, 1_000, 4_500)])
def test_a_cold_build(
    benchmark: BenchmarkFixture, tmp_path: Path, services: int, events: int, relations: int
) -> None:
    generate(tmp_path, services=services, events=events, relations=relations)
    site = tmp_path / "site"
    command = [
        *(sys.executable, "-m", "catalog_builder", "build", "--quiet"),
        *("--config", str(tmp_path / "catalog.yml"), "--site-dir", str(site)),
    ]

    def build() -> None:
        subprocess.run(command, check=True, cwd=tmp_path)  # noqa: S603  our own program

    benchmark.pedantic(  # type: ignore[no-untyped-call]  # ships none
        build, setup=lambda: shutil.rmtree(site, ignore_errors=True), rounds=3, warmup_rounds=1
    )
    files = [path for path in site.rglob("*") if path.is_file()]
    benchmark.extra_info["pages"] = sum(path.suffix == ".html" for path in files)
    benchmark.extra_info["bytes"] = sum(path.stat().st_size for path in files)
