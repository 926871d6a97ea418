"""Joining a whole company: all relations found, none invented, in time, and linear.

Times are CPU of this process without the collector, as a build has it, and are compared with a
yardstick of the same run: PyYAML's C loader on a tenth of the documents.
"""

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from pytest_benchmark.fixture import BenchmarkFixture

from catalog_builder.assemble import assemble
from catalog_builder.config import Settings, read_settings
from catalog_builder.crawl import crawl
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Reading
from catalog_builder.parse import read
from tests.benchmarks.estate import Truth, generate

LARGE = {"services": 1000, "events": 10_000, "relations": 45_000}
SMALL = {name: size * 3 // 10 for name, size in LARGE.items()}
_YARDSTICK_SHARE = 10
_MOST_YARDSTICKS = 1.65


class Estate:
    """A generated estate, read."""

    def __init__(self, folder: Path, sizes: dict[str, int]) -> None:
        self.truth: Truth = generate(folder, **sizes)
        self.settings: Settings = read_settings(folder / "catalog.yml")
        self.readings: list[Reading] = [read(each) for each in crawl(self.settings).checkouts]
        self._documents = sorted(folder.rglob("asyncapi.*"))[::_YARDSTICK_SHARE]

    def joined(self) -> tuple[Catalog, Flow]:
        """The catalogue and its graph, asked something that walks all of it."""
        catalog = assemble(self.readings, self.settings)
        flow = Flow(catalog)
        flow.cycles()
        return catalog, flow

    def yardstick(self) -> None:
        """PyYAML's C loader on a tenth of the documents."""
        for each in self._documents:
            yaml.load(each.read_bytes(), yaml.CSafeLoader)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Estate:
    return Estate(tmp_path_factory.mktemp("large"), LARGE)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Estate:
    return Estate(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(autouse=True)
def uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def cpu_seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """Of the fastest round."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
        gc.collect()
    return min(taken)


def test_every_relation_is_found_and_none_is_invented(
    benchmark: BenchmarkFixture, large: Estate
) -> None:
    catalog, flow = benchmark.pedantic(large.joined, rounds=1)  # type: ignore[no-untyped-call]  # ships none
    told = [
        (
            catalog.service[each.service].name,
            str(each.action),
            catalog.event[each.event].name,
            catalog.channel[each.channel].address,
        )
        for each in catalog.relations
    ]
    true = [(each.service, each.action, each.event, each.address) for each in large.truth.relations]
    assert Counter(told) == Counter(true)
    assert len(catalog.events) == len(large.truth.events)
    sides = {(each.event, each.action): set[str]() for each in large.truth.relations}
    for each in large.truth.relations:
        sides[each.event, each.action].add(each.service)
    for event in catalog.events:
        senders = {catalog.service[id_].name for id_ in flow.producers_of(event.id)}
        readers = {catalog.service[id_].name for id_ in flow.consumers_of(event.id)}
        assert senders == sides.get((event.name, "send"), set())
        assert readers == sides.get((event.name, "receive"), set())
    suspects = [each for each in catalog.findings if each.code == "viewpoint-suspect"]
    assert suspects == []


def test_joining_takes_a_fifth_of_reading_with_pyyaml_or_little_more(
    benchmark: BenchmarkFixture, large: Estate
) -> None:
    benchmark.pedantic(large.joined, rounds=1)  # type: ignore[no-untyped-call]  # ships none
    joining, yardstick = cpu_seconds(large.joined), cpu_seconds(large.yardstick)
    ratio = round(joining / yardstick, 2)
    benchmark.extra_info |= {"joining": joining, "yardstick": yardstick, "ratio": ratio}
    assert joining <= _MOST_YARDSTICKS * yardstick


def test_three_times_the_estate_takes_little_more_than_three_times_as_long(
    benchmark: BenchmarkFixture, small: Estate, large: Estate
) -> None:
    benchmark.pedantic(small.joined, rounds=1)  # type: ignore[no-untyped-call]  # ships none
    a_third, whole = cpu_seconds(small.joined), cpu_seconds(large.joined)
    benchmark.extra_info |= {"small": a_third, "large": whole}
    assert whole <= 1.3 * a_third * LARGE["relations"] / SMALL["relations"]
