"""What remote repositories were before: brought with the last commit, in one batch."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from catalog_builder.config import GitSource, Settings
from catalog_builder.crawl import crawl, history
from catalog_builder.model import Past
from tests.remotes import SPEC, Forge, Remote, git, remote, served

USES = {"orders": {"asyncapi.yaml": ("type.yaml",)}}
REFERRING = SPEC + "x: {$ref: type.yaml}\n"
SPECIFIED = [REFERRING.encode() + b"y: 1\n", REFERRING.encode(), REFERRING.encode()]
TYPES = [b"a: 2", b"a: 2", b"a: 1"]


@pytest.fixture
def orders(tmp_path: Path) -> Remote:
    """A repository with three versions of a specification, and of what it refers to."""
    made = remote(tmp_path, "orders", {"asyncapi.yaml": REFERRING, "type.yaml": "a: 1"})
    made.push({"type.yaml": "a: 2", "main.py": "1"})
    made.push({"asyncapi.yaml": REFERRING + "y: 1\n", "main.py": "2"})
    return made


def settings(tmp_path: Path, url: str, most: int | None = None) -> Settings:
    root = tmp_path / "catalogue"
    root.mkdir(exist_ok=True)
    return Settings(root=root, sources=(GitSource(url),), history=most)


def past(
    said: Settings, *, offline: bool = False, complaints: tuple[str, ...] = ()
) -> tuple[Past, list[tuple[bytes | None, ...]]]:
    """What is told of the specification, and it and its type at each revision."""
    crawled = crawl(said, offline=offline)
    assert tuple(each.code for each in crawled.findings) == complaints
    assert crawled.checkouts[0].files["type.yaml"] == b"a: 2"
    for told in history(crawled, USES, said.history):
        assert told.findings == ()
        found = told.pasts["asyncapi.yaml"]
        files = [each.files for each in found.revisions]
        return found, [(each.get("asyncapi.yaml"), each.get("type.yaml")) for each in files]
    return Past(), []


def here(tmp_path: Path) -> int:
    """How many files git has in the cache."""
    [mirror] = (tmp_path / "catalogue/.catalog/git").glob("*/*.d")
    kinds = git(mirror, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)")
    return kinds.split().count("blob")


def test_older_versions_come_with_the_last_commit_and_nothing_else(
    tmp_path: Path, orders: Remote
) -> None:
    found, files = past(settings(tmp_path, orders.url))
    assert found.changed is not None
    assert found.changed.id == orders.commit
    assert files == list(zip(SPECIFIED, TYPES, strict=True))
    assert here(tmp_path) == 4  # two of the specification, two of its type, none of the program


def test_what_was_brought_is_told_without_the_network(tmp_path: Path, orders: Remote) -> None:
    said = settings(tmp_path, orders.url)
    before = past(said)[1]
    orders.bare.rename(orders.bare.with_name("away"))
    assert past(said, offline=True)[1] == before


def test_a_later_commit_brings_only_what_is_new(tmp_path: Path, orders: Remote) -> None:
    said = settings(tmp_path, orders.url)
    past(said)
    orders.push({"asyncapi.yaml": REFERRING + "y: 2\n"})
    found, files = past(said)
    assert found.changed is not None
    assert found.changed.id == orders.commit
    assert files == [
        (REFERRING.encode() + b"y: 2\n", b"a: 2"),
        *zip(SPECIFIED, TYPES, strict=True),
    ]
    assert here(tmp_path) == 5


def test_with_history_0_no_older_commit_is_asked_for(tmp_path: Path, orders: Remote) -> None:
    assert past(settings(tmp_path, orders.url, 0)) == (Past(), [])
    [mirror] = (tmp_path / "catalogue/.catalog/git").glob("*/*.d")
    assert git(mirror, "rev-list", "--count", "refs/catalog/read") == "1"


def test_history_that_is_switched_on_is_brought_of_what_did_not_change(
    tmp_path: Path, orders: Remote
) -> None:
    past(settings(tmp_path, orders.url, 0))
    assert len(past(settings(tmp_path, orders.url, 20))[1]) == 3


def test_a_server_that_gives_no_parts_gives_history_all_the_same(
    tmp_path: Path, orders: Remote
) -> None:
    git(orders.bare, "config", "uploadpack.allowFilter", "false")
    assert past(settings(tmp_path, orders.url))[1] == list(zip(SPECIFIED, TYPES, strict=True))


def test_more_commits_than_are_brought_leave_the_date_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, orders: Remote
) -> None:
    monkeypatch.setattr("catalog_builder.crawl.remote.delivery._DEPTH", 2)
    orders.push({"main.py": "3"})
    found, files = past(settings(tmp_path, orders.url))
    assert found.changed is None
    assert files == [(SPECIFIED[0], TYPES[0])]
    orders.push({"asyncapi.yaml": REFERRING})
    found, files = past(settings(tmp_path, orders.url))
    assert found.changed is not None
    assert found.changed.id == orders.commit
    assert len(files) == 2


@pytest.fixture
def forge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Forge]:
    monkeypatch.setattr("catalog_builder.crawl.remote.bringing._FIRST_WAIT_SECONDS", 0.01)
    with served(tmp_path) as server:
        yield server


@pytest.fixture
def a_day_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog_builder.crawl.run._DAY_SECONDS", 10_000)


NO_HISTORY = ("history-unreadable",)


@pytest.mark.usefixtures("orders")
def test_a_server_that_fails_with_many_commits_gives_the_last(tmp_path: Path, forge: Forge) -> None:
    forge.refused.add(b"deepen 500")
    said = settings(tmp_path, f"{forge.url}/orders.git")
    assert past(said, complaints=NO_HISTORY)[1] == [(SPECIFIED[0], TYPES[0])]
    forge.asked.clear()
    assert past(said, complaints=NO_HISTORY)[1] == [(SPECIFIED[0], TYPES[0])]
    assert len(forge.asked) == 2  # where the repository stands, and no more on the same day


def test_the_last_commit_comes_alone_all_day_where_many_failed(
    tmp_path: Path, forge: Forge, orders: Remote
) -> None:
    forge.refused.add(b"deepen 500")
    said = settings(tmp_path, f"{forge.url}/orders.git")
    past(said, complaints=NO_HISTORY)
    forge.refused.clear()
    orders.push({"main.py": "3"})
    assert past(said, complaints=NO_HISTORY)[1] == [(SPECIFIED[0], TYPES[0])]


@pytest.mark.parametrize("later", [{}, {"main.py": "3"}])
def test_what_failed_is_brought_on_another_day(
    tmp_path: Path,
    forge: Forge,
    orders: Remote,
    request: pytest.FixtureRequest,
    later: Mapping[str, str],
) -> None:
    forge.refused.add(b"deepen 500")
    said = settings(tmp_path, f"{forge.url}/orders.git")
    past(said, complaints=NO_HISTORY)
    forge.refused.clear()
    if later:
        orders.push(later)
    request.getfixturevalue("a_day_passes")
    assert past(said)[1] == list(zip(SPECIFIED, TYPES, strict=True))


def test_old_files_that_did_not_come_are_brought_on_another_day(
    tmp_path: Path, forge: Forge, orders: Remote, request: pytest.FixtureRequest
) -> None:
    forge.refused.add(git(orders.bare, "rev-parse", "HEAD~2:type.yaml").encode())
    said = settings(tmp_path, f"{forge.url}/orders.git")
    past(said, complaints=NO_HISTORY)
    forge.refused.clear()
    request.getfixturevalue("a_day_passes")
    assert past(said)[1] == list(zip(SPECIFIED, TYPES, strict=True))


def test_more_versions_are_brought_of_what_did_not_change(tmp_path: Path, orders: Remote) -> None:
    past(settings(tmp_path, orders.url, 1))
    assert here(tmp_path) == 2
    assert past(settings(tmp_path, orders.url, 20))[1] == list(zip(SPECIFIED, TYPES, strict=True))
