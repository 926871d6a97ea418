from collections.abc import Mapping
from pathlib import Path

import pytest

from catalog_builder.config import LocalSource, Settings
from catalog_builder.crawl import Told, crawl, history
from catalog_builder.model import Past, Revision
from tests.repositories import commit, git

SPEC = "asyncapi: 3.0.0\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a specification of one commit."""
    folder = tmp_path / "estate"
    write(folder, {"a.yaml": SPEC})
    commit(folder, "2026-03-01", "First\n\nand more of it")
    return folder


def write(root: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def told(root: Path, uses: Mapping[str, Mapping[str, tuple[str, ...]]], path: str = ".") -> Told:
    [found] = history(crawl(Settings(root=root, sources=(LocalSource(path),))), uses, 20)
    return found


def past(root: Path, *others: str, most: int = 20, path: str = "a.yaml") -> Past:
    crawled = crawl(Settings(root=root, sources=(LocalSource("."),)))
    [found] = history(crawled, {root.name: {path: others}}, most)
    assert found.findings == ()
    return found.pasts[path]


def days(found: Past) -> list[str]:
    return [each.commit.day[5:] for each in found.revisions]


def test_a_specification_has_the_commits_that_changed_it_newest_first(root: Path) -> None:
    write(root, {"other.yaml": "x"})
    commit(root, "2026-03-02")
    write(root, {"a.yaml": SPEC + "info: {}\n"})
    last = commit(root, "2026-03-03", "Second", "Zoë Ø")
    found = past(root)
    assert days(found) == ["03-03", "03-01"]
    assert [each.is_first for each in found.revisions] == [False, True]
    assert found.changed is not None
    assert (found.changed.id, found.changed.date) == (last, "2026-03-03T10:00:00Z")
    assert (found.changed.author, found.changed.subject) == ("Zoë Ø", "Second")
    assert found.revisions[1].commit.subject == "First"


def test_a_file_that_it_refers_to_makes_revisions_but_is_not_its_own_last_change(
    root: Path,
) -> None:
    write(root, {"types/id.yaml": "type: string\n"})
    commit(root, "2026-03-02")
    write(root, {"types/id.yaml": "type: integer\n"})
    commit(root, "2026-03-03")
    found = past(root, "types/id.yaml")
    assert days(found) == ["03-03", "03-02", "03-01"]
    assert found.changed is not None
    assert found.changed.day == "2026-03-01"


def read(revisions: tuple[Revision, ...], path: str) -> list[bytes | None]:
    return [each.files.get(path) for each in revisions]


def test_files_are_read_as_they_were_without_touching_the_work_tree(root: Path) -> None:
    write(root, {"a.yaml": SPEC + "x: 1\n", "types/ü \"x'.yaml": "1", "vendor/b.yaml": SPEC})
    commit(root, "2026-03-02")
    write(root, {"a.yaml": SPEC + "x: 2\n", "types/ü \"x'.yaml": "2"})
    commit(root, "2026-03-03")
    write(root, {"a.yaml": "not committed"})
    crawled = crawl(Settings(root=root, sources=(LocalSource("."),)))
    for found in history(crawled, {"estate": {"a.yaml": ()}}, 20):
        revisions = found.pasts["a.yaml"].revisions
        texts = [b"asyncapi: 3.0.0\nx: 2\n", b"asyncapi: 3.0.0\nx: 1\n", b"asyncapi: 3.0.0\n"]
        assert read(revisions, "a.yaml") == texts
        assert read(revisions, "types/ü \"x'.yaml") == [b"2", b"1", None]
        assert list(revisions[0].files) == ["a.yaml", "types/ü \"x'.yaml"]
        assert len(revisions[0].files) == 2
        for outside in ("../a.yaml", "/a.yaml", "types", "types/", "", "no\nline.yaml", "a.yaml/x"):
            assert outside not in revisions[0].files
    assert (root / "a.yaml").read_text() == "not committed"
    assert git(root, "status", "--porcelain") == "M a.yaml"


def test_links_and_large_files_of_a_commit_are_not_there(root: Path) -> None:
    (root / "link.yaml").symlink_to("/etc/passwd")
    write(root, {"a.yaml": SPEC + "x: 1\n", "large.yaml": "x" * 10_000_001})
    commit(root, "2026-03-02")
    for found in history(
        crawl(Settings(root=root, sources=(LocalSource("."),))), {"estate": {"a.yaml": ()}}, 20
    ):
        files = found.pasts["a.yaml"].revisions[0].files
        assert "link.yaml" not in files
        assert files.get("large.yaml") is None
        assert files["a.yaml"] == b"asyncapi: 3.0.0\nx: 1\n"


def test_no_more_revisions_are_read_than_asked_for_but_the_last_change_always(root: Path) -> None:
    for day in range(2, 6):
        write(root, {"a.yaml": f"{SPEC}x: {day}\n"})
        commit(root, f"2026-03-0{day}")
    assert days(past(root, most=2)) == ["03-05", "03-04"]
    nothing = past(root, most=0)
    assert nothing.revisions == ()
    assert nothing.changed is not None
    assert nothing.changed.day == "2026-03-05"


def test_of_many_specifications_the_newest_revisions_of_all_are_read(tmp_path: Path) -> None:
    names = [f"{number}.yaml" for number in range(60)]
    for day in range(1, 21):
        write(tmp_path, dict.fromkeys(names, f"{SPEC}x: {day}\n"))
        commit(tmp_path, f"2026-03-{day:02}")
    uses: dict[str, tuple[str, ...]] = dict.fromkeys(names, ())
    crawled = crawl(Settings(root=tmp_path, sources=(LocalSource("."),)))
    [found] = history(crawled, {tmp_path.name: uses}, None)
    # 60 of each day: the thousandth is of the seventeenth day back, and one before it is kept.
    assert {len(each.revisions) for each in found.pasts.values()} == {18}
    assert {each.changed and each.changed.day for each in found.pasts.values()} == {"2026-03-20"}
    [few] = history(crawled, {tmp_path.name: {"1.yaml": ()}}, None)
    assert len(few.pasts["1.yaml"].revisions) == 20


def test_a_merge_counts_as_one_change_of_the_main_line(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "work")
    for day in ("2", "3"):
        write(root, {"a.yaml": f"{SPEC}x: {day}\n"})
        commit(root, f"2026-03-0{day}")
    git(root, "checkout", "-q", "main")
    commit(root, "2026-03-04", "Elsewhere")
    commit(root, "2026-03-05", "Merge the work", "Mo Ali", "merge", "--no-ff", "work")
    found = past(root)
    assert days(found) == ["03-05", "03-01"]
    assert found.revisions[0].commit.author == "Mo Ali"


def test_what_was_before_a_specification_was_deleted_is_not_its_past(root: Path) -> None:
    (root / "a.yaml").unlink()
    commit(root, "2026-03-02")
    write(root, {"a.yaml": SPEC + "x: new\n"})
    commit(root, "2026-03-03")
    assert days(past(root)) == ["03-03"]


LONG = SPEC + "".join(f"x-{number}: {number}\n" for number in range(20))


def test_a_specification_is_followed_to_its_former_names(root: Path) -> None:
    write(root, {"docs/old.yaml": LONG, "docs/type.yaml": "type: string\n"})
    commit(root, "2026-03-02")
    write(root, {"docs/type.yaml": "type: number\n"})
    commit(root, "2026-03-03")
    git(root, "mv", "docs", "spec")
    commit(root, "2026-03-04")
    (root / "spec/old.yaml").unlink()
    write(root, {"spec/new.yaml": LONG + "more: 1\n"})
    commit(root, "2026-03-05")
    found = past(root, "spec/type.yaml", path="spec/new.yaml")
    assert [(each.commit.day[5:], each.path) for each in found.revisions] == [
        ("03-05", "spec/new.yaml"),
        ("03-04", "spec/old.yaml"),
        ("03-03", "docs/old.yaml"),
        ("03-02", "docs/old.yaml"),
    ]
    assert [each.is_first for each in found.revisions] == [False, False, False, True]


def test_a_copy_of_another_specification_has_a_past_of_its_own(root: Path) -> None:
    write(root, {"b.yaml": LONG})
    commit(root, "2026-03-02")
    write(root, {"c.yaml": LONG})
    commit(root, "2026-03-03")
    assert days(past(root, path="c.yaml")) == ["03-03"]


def test_one_that_is_not_committed_has_no_past(root: Path) -> None:
    write(root, {"new.yaml": SPEC})
    assert past(root, path="new.yaml") == Past()
    (root / "a.yaml").unlink()
    commit(root, "2026-03-02")
    write(root, {"a.yaml": SPEC})
    assert past(root) == Past()


def test_folders_of_one_work_tree_have_each_their_own_past(tmp_path: Path) -> None:
    write(tmp_path, {"specs/orders/a.yaml": SPEC, "specs/stock/a.yaml": SPEC})
    commit(tmp_path, "2026-03-01")
    write(tmp_path, {"specs/stock/a.yaml": SPEC + "x: 1\n"})
    commit(tmp_path, "2026-03-02")
    uses: dict[str, dict[str, tuple[str, ...]]] = {
        "orders": {"a.yaml": ()},
        "stock": {"a.yaml": ()},
    }
    crawled = crawl(Settings(root=tmp_path, sources=(LocalSource("specs/*"),)))
    found = {each.repository: each.pasts["a.yaml"] for each in history(crawled, uses, 20)}
    assert {name: days(each) for name, each in found.items()} == {
        "orders": ["03-01"],
        "stock": ["03-02", "03-01"],
    }


def test_outside_of_version_control_nothing_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"orders/a.yaml": SPEC})
    crawled = crawl(Settings(root=tmp_path, sources=(LocalSource("orders"),)))
    assert list(history(crawled, {"orders": {"a.yaml": ()}}, 20)) == []


def test_a_clone_that_was_cut_off_claims_no_date_of_what_may_be_older(
    root: Path, tmp_path: Path
) -> None:
    write(root, {"b.yaml": SPEC})
    commit(root, "2026-03-02")
    write(root, {"b.yaml": SPEC + "x: 1\n"})
    commit(root, "2026-03-03")
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{root}", "cut")
    found = told(tmp_path / "cut", {"cut": {"a.yaml": (), "b.yaml": ()}})
    assert [(each.code, each.location.repository) for each in found.findings] == [
        ("history-cut-off", "cut")
    ]
    assert found.pasts["a.yaml"].changed is None
    assert [each.is_first for each in found.pasts["a.yaml"].revisions] == [False]
    changed = found.pasts["b.yaml"].changed
    assert changed is not None
    assert changed.day == "2026-03-03"


def test_a_repository_whose_history_is_broken_is_one_finding(root: Path) -> None:
    write(root, {"a.yaml": SPEC + "x: 1\n"})
    first = git(root, "rev-parse", "HEAD")
    commit(root, "2026-03-02")
    (root / f".git/objects/{first[:2]}/{first[2:]}").unlink()
    found = told(root, {"estate": {"a.yaml": ()}})
    assert [each.code for each in found.findings] == ["history-unreadable"]
    assert found.pasts == {}


@pytest.mark.parametrize("name", ["--output=x.yaml", "-p.yaml", ":(top)a.yaml", "*.yaml"])
def test_a_name_is_never_an_option_or_a_pattern(root: Path, name: str) -> None:
    write(root, {name: SPEC})
    commit(root, "2026-03-02")
    assert days(past(root, path=name)) == ["03-02"]


def test_what_a_repository_asks_git_to_run_is_not_run(root: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)
    for setting in ("gpg.program", "diff.external", "diff.x.textconv", "core.pager", "core.editor"):
        git(root, "config", setting, str(program))
    git(root, "config", "log.showSignature", "true")
    write(root, {".gitattributes": "*.yaml diff=x filter=x\n", "a.yaml": SPEC + "x: 1\n"})
    commit(root, "2026-03-02")
    git(root, "config", "filter.x.smudge", str(program))
    assert days(past(root)) == ["03-02", "03-01"]
    assert not (tmp_path / "ran").exists()


def test_history_of_sha_256_repositories_is_read(tmp_path: Path) -> None:
    root = tmp_path / "estate"
    write(root, {"types/a.yaml": SPEC})
    git(root, "init", "--object-format=sha256")
    commit(root, "2026-03-01")
    for found in history(
        crawl(Settings(root=root, sources=(LocalSource("."),))),
        {"estate": {"types/a.yaml": ()}},
        20,
    ):
        assert found.pasts["types/a.yaml"].revisions[0].files["types/a.yaml"] == SPEC.encode()


def test_nobodys_address_is_told(root: Path) -> None:
    found = past(root)
    assert "@" not in str(found.changed)
