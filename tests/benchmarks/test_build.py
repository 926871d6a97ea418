"""Whole builds of generated estates, as processes of their own, beside yardsticks."""

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from catalog_builder.publish.folder import replaced
from tests.benchmarks.estate import generate
from tests.benchmarks.measuring import (
    MKDOCS_PAGES,
    Cost,
    Row,
    cost_of,
    loading_of,
    mkdocs_of,
    write_table,
    writing_of,
)

SIZES = [
    (10, 100, 300),
    (100, 1_000, 4_500),
    (1_000, 10_000, 45_000),
    (2_000, 20_000, 90_000),
]
MOST_FOR_TWICE = 2.2
FEW = 100
"""Services up to which a build is short enough to be measured more than once."""


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Row]]:
    """Collects what was measured, for the guide; nothing is written of a run in part."""
    load = os.getloadavg()[0]
    found: list[Row] = []
    yield found
    if len(found) == len(SIZES):
        write_table(found, mkdocs_of(MKDOCS_PAGES, tmp_path_factory.mktemp("plain")), load)


@pytest.mark.parametrize(("services", "events", "relations"), SIZES)
def test_a_build(
    benchmark: BenchmarkFixture,
    rows: list[Row],
    tmp_path: Path,
    services: int,
    events: int,
    relations: int,
) -> None:
    generate(tmp_path, services=services, events=events, relations=relations)
    site = tmp_path / "site"
    command = [
        *(sys.executable, "-m", "catalog_builder", "build", "--quiet"),
        *("--config", str(tmp_path / "catalog.yml"), "--site-dir", str(site)),
    ]
    costs: list[Cost] = []

    def anew() -> None:
        shutil.rmtree(site, ignore_errors=True)
        shutil.rmtree(tmp_path / ".catalog", ignore_errors=True)

    benchmark.pedantic(  # type: ignore[no-untyped-call]  # ships none
        lambda: costs.append(cost_of(command, tmp_path)),
        setup=anew,
        rounds=3 if services <= FEW else 1,
        warmup_rounds=services <= FEW,
    )
    files = [path for path in site.rglob("*") if path.is_file()]
    unchanged = cost_of(command, tmp_path)
    _change_one(tmp_path)
    row = Row(
        services=services,
        events=events,
        relations=relations,
        cold=min(costs, key=lambda each: each.cpu),
        unchanged=unchanged,
        changed=cost_of(command, tmp_path),
        files=len(files),
        bytes=sum(path.stat().st_size for path in files),
        writing=writing_of(site, tmp_path / "written"),
        loading=loading_of(tmp_path),
    )
    benchmark.extra_info.update(
        pages=sum(path.suffix == ".html" for path in files),
        bytes=row.bytes,
        cpu_seconds=row.cold.cpu,
        memory_bytes=row.cold.memory,
    )
    rows.append(row)
    for half in (each for each in rows if each.events * 2 == row.events):
        assert row.cold.cpu <= MOST_FOR_TWICE * half.cold.cpu


def test_pages_that_go_cost_no_more_than_pages_that_come(
    benchmark: BenchmarkFixture, tmp_path: Path
) -> None:
    site, home = tmp_path / "site", {"index.html": b"", "catalog.json": b"{}"}
    pages = {f"events/{number}/index.html": b"x" * 25_000 for number in range(10_000)}

    def write(files: Mapping[str, bytes]) -> float:
        started = time.process_time()
        with replaced(site) as fresh:
            for path, content in files.items():
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                (fresh / path).write_bytes(content)
        return time.process_time() - started

    costs: list[tuple[float, float]] = []
    benchmark.pedantic(  # type: ignore[no-untyped-call]  # ships none
        lambda: costs.append((write(home | pages), write(home))), rounds=3
    )
    ratios = [round(going / coming, 2) for coming, going in costs]
    benchmark.extra_info |= {"costs": costs, "ratios": ratios}
    assert not (site / "events").exists()
    assert median(ratios) <= 1


def _change_one(estate: Path) -> None:
    """One event has another summary, and a type one more field."""
    for document in sorted(estate.glob("repositories/*/asyncapi.yaml")):
        text = document.read_text(encoding="utf-8")
        text, told = re.subn(r"(?m)^( +summary: ).*$", r"\g<1>Told anew.", text, count=1)
        field = r"\g<0>\g<1>  addedLater: {type: string}\n"
        text, added = re.subn(r"(?m)^( +)properties:\n", field, text, count=1)
        if told and added:
            document.write_text(text, encoding="utf-8")
            return
    raise AssertionError("no document has an event with a summary and a type with fields")
