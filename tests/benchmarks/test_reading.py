"""What reading costs: against the C loader of PyYAML on the same bytes, and as documents grow."""

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
import yaml
from pytest_benchmark.fixture import BenchmarkFixture

from catalog_builder.model import Checkout, Reading, Repository
from catalog_builder.parse import read

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
ENDINGS = (".yaml", ".yml", ".json")
ROUNDS = 5
DOCUMENTS_A_SECOND = 200

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus")


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Without searches for reference cycles, as the build reads."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="module")
def checkouts() -> list[Checkout]:
    groups = ("real", "official", "orgs", "history")
    return [checkout(each) for group in groups for each in sorted((CORPUS / group).iterdir())]


def checkout(folder: Path) -> Checkout:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    chosen = (each for each in files if each.endswith(ENDINGS) and b"asyncapi" in files[each])
    return Checkout(Repository(folder.name), files, tuple(chosen))


def load(repository: Checkout) -> None:
    for path in repository.specifications:
        try:
            list(yaml.load_all(repository.files[path], yaml.CSafeLoader))
        except yaml.YAMLError:
            continue


def seconds_of(act: Callable[[Checkout], object], repository: Checkout) -> float:
    started = time.process_time()
    act(repository)
    return time.process_time() - started


def ratio(checkouts: list[Checkout]) -> float:
    """CPU of reading over CPU of loading; repository by repository, so that both meet the same."""
    ours = theirs = 0.0
    for each in checkouts:
        theirs += seconds_of(load, each)
        ours += seconds_of(read, each)
    return ours / theirs


@needs_corpus
def test_reading_the_corpus_costs_no_more_than_loading_its_yaml(
    benchmark: BenchmarkFixture, checkouts: list[Checkout]
) -> None:
    for each in checkouts:
        read(each)
    ratios = [ratio(checkouts) for _ in range(ROUNDS)]
    benchmark.extra_info["ratios"] = ratios
    benchmark(lambda: [read(each) for each in checkouts])
    assert median(ratios) <= 1.0


@needs_corpus
def test_a_core_reads_two_hundred_documents_a_second(
    benchmark: BenchmarkFixture, checkouts: list[Checkout]
) -> None:
    number = sum(len(each.specifications) for each in checkouts)
    started = time.process_time()
    benchmark.pedantic(lambda: [read(each) for each in checkouts], rounds=1)  # type: ignore[no-untyped-call]
    speed = number / (time.process_time() - started)
    benchmark.extra_info["documents a second"] = speed
    assert speed >= DOCUMENTS_A_SECOND


def document(size: int) -> bytes:
    """A document of at least so many bytes, as people write them."""
    parts = {"channels": [b"channels:\n"], "operations": [b"operations:\n"], "messages": []}
    parts["schemas"] = [b" schemas:\n"]
    number = 0
    while sum(map(len, parts["schemas"])) < size * 0.6:
        number += 1
        n = b"%d" % number
        parts["channels"].append(
            b" c%b:\n  address: orders.c%b\n  messages: {m: {$ref: '#/components/messages/m%b'}}\n"
            % (n, n, n)
        )
        parts["operations"].append(
            b" o%b: {action: send, channel: {$ref: '#/channels/c%b'}}\n" % (n, n)
        )
        parts["messages"].append(
            b"  m%b:\n   name: Message%b\n   payload: {$ref: '#/components/schemas/s%b'}\n"
            % (n, n, n)
        )
        parts["schemas"].append(
            b"  s%b:\n   type: object\n   required: [id]\n   properties:\n"
            b"    id: {type: string, format: uuid, description: Identifies the thing}\n"
            b"    amount: {type: number, minimum: 0, description: How much it costs}\n"
            b"    parent: {$ref: '#/components/schemas/s%d'}\n"
            b"    lines:\n     type: array\n     items: {type: string, maxLength: 40}\n"
            % (n, number // 2 or 1)
        )
    head = b"asyncapi: 3.0.0\ninfo: {title: Large, version: '1'}\n"
    components = b"components:\n messages:\n" + b"".join(parts["messages"])
    rest = (*parts["channels"], *parts["operations"], components, *parts["schemas"])
    return head + b"".join(rest)


@pytest.mark.usefixtures("uncollected")
def test_a_document_ten_times_as_large_takes_ten_times_as_long(
    benchmark: BenchmarkFixture,
) -> None:
    large, small = document(5_000_000), document(500_000)
    assert len(large) >= 5_000_000
    growths = [growth(large, small) for _ in range(3)]
    benchmark.extra_info["growth"] = growths
    benchmark.pedantic(lambda: read(alone(small)), rounds=1)  # type: ignore[no-untyped-call]
    assert min(growths) <= 10


def growth(large: bytes, small: bytes) -> float:
    """How many times the small one the large one takes, if it were exactly ten times as large."""
    of_small = sum(seconds_of(read, alone(small)) for _ in range(10)) / 10
    of_large = seconds_of(read, alone(large))
    return of_large / of_small * 10 * len(small) / len(large)


def alone(content: bytes) -> Checkout:
    return Checkout(Repository("r"), {"a.yaml": content}, ("a.yaml",))


def test_a_large_document_is_read_whole() -> None:
    found: Reading = read(alone(document(100_000)))
    assert found.findings == ()
    assert len(found.documents[0].operations) == len(found.documents[0].channels) > 100
