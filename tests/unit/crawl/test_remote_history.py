"""What remote repositories were before: brought with the last commit, in one batch."""

from pathlib import Path

import pytest

from catalog_builder.config import GitSource, Settings
from catalog_builder.crawl import crawl, history
from catalog_builder.model import Past
from tests.remotes import SPEC, Remote, git, remote

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


def past(said: Settings, *, offline: bool = False) -> tuple[Past, list[tuple[bytes | None, ...]]]:
    """What is told of the specification, and it and its type at each revision."""
    crawled = crawl(said, offline=offline)
    assert crawled.findings == ()
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
