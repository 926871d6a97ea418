"""Repositories that cannot be brought."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from catalog_builder.config import GitSource, Settings
from catalog_builder.crawl import crawl
from catalog_builder.crawl.found import Brought
from catalog_builder.crawl.gits import bring_git
from catalog_builder.crawl.run import Run
from catalog_builder.model import Location, Severity
from catalog_builder.progress import Silent
from tests.remotes import SPEC, Remote, git, remote

FIRST_DAY = 20_000


def brought(tmp_path: Path, source: GitSource, days: int = 0, **limits: int) -> Brought:
    """What a source brings so many days after the first."""
    chosen = Settings(root=tmp_path / "catalogue", sources=(source,))
    chosen = replace(chosen, crawl=replace(chosen.crawl, **limits))
    [found] = bring_git((source,), Run(chosen, Silent(), today=FIRST_DAY + days))
    return found


def told(found: Brought) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in found.findings]


def _remove(each: Remote) -> None:
    shutil.rmtree(each.bare)


def _empty(each: Remote) -> None:
    _remove(each)
    git(each.bare.parent, "init", "-q", "--bare", str(each.bare))


def _replace_by_folder(each: Remote) -> None:
    _remove(each)
    (each.bare / "objects").mkdir(parents=True)


def _break(each: Remote) -> None:
    each.push({"asyncapi.yaml": SPEC + "x: 1"})
    for found in each.bare.glob("objects/*/*"):
        found.chmod(0o644)
        found.write_bytes(b"nothing")


def _lose_a_file(each: Remote) -> None:
    each.push({"asyncapi.yaml": SPEC + "x: 1"})
    oid = git(each.bare, "rev-parse", "HEAD:asyncapi.yaml")
    (each.bare / "objects" / oid[:2] / oid[2:]).unlink()


FAILURES = [
    (_remove, "repository-gone", "there is no repository at that place"),
    (_replace_by_folder, "repository-gone", "there is no repository at that place"),
    (_empty, "repository-empty", "it has no commit"),
    (_break, "repository-broken", "git cannot read it"),
    (_lose_a_file, "repository-broken", "git cannot read it"),
]


@pytest.mark.parametrize(("fail", "code", "reason"), FAILURES)
def test_what_failed_is_shown_as_it_was_with_its_age(
    tmp_path: Path, fail: Callable[[Remote], None], code: str, reason: str
) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    source = GitSource(orders.url, place=Location("", "catalog.yml", 3, 5))
    before = brought(tmp_path, source)
    fail(orders)
    after = brought(tmp_path, source, days=3)
    assert after.found == before.found
    assert dict(after.found[0].files) == {"asyncapi.yaml": SPEC.encode()}
    [finding] = after.findings
    assert (finding.code, finding.severity) == (code, Severity.ERROR)
    assert finding.message.endswith(f"{orders.url} ({reason}; what it had 3 days ago is shown)")
    assert finding.location == Location("", "catalog.yml", 3, 5)
    assert after.state.startswith("stale: ")
    assert after.age == 3


@pytest.mark.parametrize(("fail", "code", "reason"), FAILURES)
def test_what_failed_at_once_is_one_finding(
    tmp_path: Path, fail: Callable[[Remote], None], code: str, reason: str
) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    fail(orders)
    found = brought(tmp_path, GitSource(orders.url))
    assert found.found == ()
    [(only, message)] = told(found)
    assert (only, found.age) == (code, None)
    assert message.endswith(f"{orders.url} ({reason}; nothing of it is shown)")


def test_what_failed_is_dropped_when_it_is_too_old(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    brought(tmp_path, GitSource(orders.url))
    shutil.move(orders.bare, tmp_path / "away")
    assert brought(tmp_path, GitSource(orders.url), days=7, keep_days=7).found
    dropped = brought(tmp_path, GitSource(orders.url), days=8, keep_days=7)
    assert dropped.found == ()
    [(code, message)] = told(dropped)
    assert code == "repository-dropped"
    assert message.endswith("what it had 8 days ago is too old to be shown)")
    assert (dropped.state, dropped.age) == ("dropped", 8)
    shutil.move(tmp_path / "away", orders.bare)
    again = brought(tmp_path, GitSource(orders.url), days=9, keep_days=7)
    assert (len(again.found), again.findings, again.age) == (1, (), None)


def test_what_failed_for_days_has_the_age_of_its_last_good_day(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    for day in (0, 5):
        brought(tmp_path, GitSource(orders.url), days=day)
    _remove(orders)
    assert [brought(tmp_path, GitSource(orders.url), days=day).age for day in (5, 6, 9)] == [
        0,
        1,
        4,
    ]


def test_a_ref_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    for ref in ("mian", "0" * 40):
        [(code, message)] = told(brought(tmp_path, GitSource(orders.url, ref=ref)))
        assert code == "repository-ref-missing"
        assert f"{orders.url} at {ref} (it has no such branch, tag or commit;" in message


def test_a_failed_repository_costs_no_other(tmp_path: Path) -> None:
    remotes = [remote(tmp_path, f"r{number}", {"asyncapi.yaml": SPEC}) for number in range(4)]
    _remove(remotes[1])
    _break(remotes[2])
    sources = tuple(GitSource(each.url) for each in remotes)
    found = crawl(Settings(root=tmp_path / "catalogue", sources=sources))
    assert [each.repository.name for each in found.checkouts] == ["r0", "r3"]
    assert [each.state for each in found.report] == ["read", "gone", "broken", "read"]
    assert [each.code for each in found.findings] == ["repository-gone", "repository-broken"]


def test_what_does_not_answer_in_time_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    brought(tmp_path, GitSource(orders.url))
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("GIT_SSH", str(slow))
    [(code, message)] = told(
        brought(tmp_path, GitSource("ssh://host.example/orders.git"), repository_seconds=1)
    )
    assert code == "repository-timed-out"
    assert "it took too long" in message


def test_a_crawl_ends_in_time_and_shows_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("GIT_SSH", str(slow))
    sources = tuple(GitSource(f"ssh://host.example/r{number}.git") for number in range(20))
    chosen = Settings(root=tmp_path / "catalogue", sources=sources)
    found = crawl(replace(chosen, crawl=replace(chosen.crawl, seconds=1)))
    assert {each.state for each in found.report} == {"timed out"}
    assert len(found.findings) == 20


def test_an_old_git_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "bin/git"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho git version 2.30.9\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:/bin:/usr/bin")
    [(code, message)] = told(brought(tmp_path, GitSource("../orders.git")))
    assert code == "repository-broken"
    assert "git is older than 2.31" in message


def test_a_repository_that_is_too_large_is_said_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog_builder.crawl.remote.mirror._MOST_BYTES", 1000)
    monkeypatch.setattr("catalog_builder.crawl.remote.processes._LOOK_SECONDS", 0.001)
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC, "big.bin": _noise(40_000_000)})
    git(orders.bare, "config", "uploadpack.allowFilter", "false")
    [(code, message)] = told(brought(tmp_path, GitSource(orders.url)))
    assert code == "repository-broken"
    assert "it is larger than what is brought" in message


def test_a_file_that_is_too_large_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog_builder.crawl.remote.mirror._MOST_BYTES_OF_FILES", 1_000_000)
    monkeypatch.setattr("catalog_builder.crawl.remote.processes._LOOK_SECONDS", 0.001)
    files = {f"{name}.yaml": SPEC for name in "abcdef"}
    orders = remote(tmp_path, "orders", {**files, "big.json": _noise(60_000_000)})
    found = brought(tmp_path, GitSource(orders.url)).found[0]
    assert found.specifications == tuple(files)
    assert [(each.code, each.path) for each in found.problems] == [("file-too-large", "big.json")]


def test_a_specification_of_more_than_10_mb_is_not_read(tmp_path: Path) -> None:
    orders = remote(
        tmp_path,
        "orders",
        {"a.yaml": SPEC, "b.yaml": SPEC + "#" * 10_000_000, "c.json": "#" * 10**7},
    )
    found = brought(tmp_path, GitSource(orders.url)).found[0]
    assert found.specifications == ("a.yaml",)
    assert [(each.code, each.path) for each in found.problems] == [("file-too-large", "b.yaml")]
    assert "b.yaml" not in found.files


def _noise(size: int) -> bytes:
    """What no compression makes smaller, the same each time."""
    return hashlib.shake_128(b"").digest(size)
