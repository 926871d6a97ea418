"""What a site is made of changes while it is made: no site is made of two states."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from catalog_builder.build import build_site
from catalog_builder.config import read_settings
from catalog_builder.model import CatalogError
from catalog_builder.processes import Crew
from catalog_builder.progress import Silent

SPECIFICATION = """\
asyncapi: 3.0.0
info: {{title: Orders, version: 1.0.{state}}}
channels: {{placed: {{address: placed, messages: {{Placed: {{summary: State {state}}}}}}}}}
operations: {{send: {{action: send, channel: {{$ref: '#/channels/placed'}}}}}}
"""


class Meddler(Silent):
    """Does something each time all is read and the joining begins."""

    def __init__(self, meddle: Callable[[], object]) -> None:
        self.meddle = meddle
        self.said: list[str] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        if name == "Joining":
            self.meddle()
        yield

    def say(self, message: str) -> None:
        self.said.append(message)


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    (tmp_path / "orders").mkdir()
    (tmp_path / "catalog.yml").write_text("sources: [{path: orders}]\n")
    write(tmp_path, 0)
    return tmp_path


def write(estate: Path, state: int) -> None:
    (estate / "orders/asyncapi.yaml").write_text(SPECIFICATION.format(state=state))


def build(estate: Path, site: str, progress: Silent, jobs: int = 1) -> dict[str, bytes]:
    settings = read_settings(estate / "catalog.yml")
    build_site(settings, progress, site_dir=estate / site, crew=Crew(jobs))
    return contents(estate / site)


def contents(site: Path) -> dict[str, bytes]:
    files = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("alone")
def test_a_change_meanwhile_begins_the_build_again(estate: Path, jobs: int) -> None:
    states = iter([1])
    progress = Meddler(lambda: write(estate, next(states, 1)))
    made = build(estate, "site", progress, jobs)
    assert progress.said[0] == "orders/asyncapi.yaml changed meanwhile: beginning again."
    assert made == build(estate, "other", Silent())
    assert b"1.0.1" in made["specifications/orders/asyncapi.yaml"]
    assert b"State 1" in made["events/placed.html"]


def test_a_change_back_to_the_site_that_stands_is_a_change_too(estate: Path) -> None:
    before = build(estate, "site", Silent())
    write(estate, 1)
    states = iter([0])
    made = build(estate, "site", Meddler(lambda: write(estate, next(states, 0))))
    assert made == before


def test_what_changes_all_the_time_leaves_the_site_that_stands(estate: Path) -> None:
    before = build(estate, "site", Silent())
    write(estate, 1)
    states = iter(range(2, 100))
    progress = Meddler(lambda: write(estate, next(states)))
    with pytest.raises(CatalogError, match=r"orders/asyncapi\.yaml changed while .* Build again"):
        build(estate, "site", progress)
    assert contents(estate / "site") == before
    assert len(progress.said) == 2


def test_what_goes_away_meanwhile_is_not_there_when_it_is_begun_again(estate: Path) -> None:
    (estate / "orders/more.asyncapi.yaml").write_text(SPECIFICATION.format(state=7))
    progress = Meddler(lambda: (estate / "orders/more.asyncapi.yaml").unlink(missing_ok=True))
    made = build(estate, "site", progress)
    assert progress.said[0] == "orders/more.asyncapi.yaml changed meanwhile: beginning again."
    assert "specifications/orders/more.asyncapi.yaml" not in made
