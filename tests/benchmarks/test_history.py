"""What former versions said is read once, which takes most of the time, and kept.

Times are of one process without the collector, as a build has it: the later ones are compared with
the first of the same run.
"""

import gc
import time
from collections.abc import Callable

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from catalog_builder.build.pasts import with_pasts
from catalog_builder.config import Settings, read_settings
from catalog_builder.crawl import crawl
from catalog_builder.model import Reading
from catalog_builder.parse import read
from catalog_builder.processes import Crew
from tests.benchmarks.estate import generate
from tests.repositories import commit

SERVICES = 60
DAYS = 5
_MOST = 0.6


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Repositories, each with commits that touch all of its specifications."""
    folder = tmp_path_factory.mktemp("past")
    generate(folder, services=SERVICES, events=600, relations=2700)
    for repository in sorted((folder / "repositories").iterdir()):
        for day in range(1, DAYS + 1):
            for path in repository.rglob("asyncapi.*"):
                path.write_text(path.read_text() + "\n")
            commit(repository, f"2026-03-0{day}")
    return read_settings(folder / "catalog.yml")


def test_what_is_kept_of_the_past_takes_little_of_the_time_that_reading_it_took(
    benchmark: BenchmarkFixture, estate: Settings
) -> None:
    crawled = crawl(estate)
    readings = [read(each) for each in crawled.checkouts]

    def told() -> list[Reading]:
        return with_pasts(readings, crawled, {}, estate, Crew(1))[0]

    gc.collect()
    gc.disable()
    try:
        first, taken = timed(told)
        again, seconds = min((timed(told) for _ in range(3)), key=lambda each: each[1])
        benchmark(told)
    finally:
        gc.enable()
    assert again == first
    known = [len(history.editions) for reading in again for history in reading.history.values()]
    assert sum(known) >= DAYS * SERVICES
    benchmark.extra_info.update(seconds_first=taken, editions=sum(known))
    assert seconds < _MOST * taken


def timed(work: Callable[[], list[Reading]]) -> tuple[list[Reading], float]:
    """What the work makes, and the seconds it took."""
    start = time.perf_counter()
    made = work()
    return made, time.perf_counter() - start
