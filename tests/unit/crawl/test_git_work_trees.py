import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from catalog_builder.config import LocalSource, Settings
from catalog_builder.crawl import Crawl, crawl
from catalog_builder.model import Repository

Written = Callable[[Mapping[str, str | bytes]], Path]
Git = Callable[..., str]
SPEC = "asyncapi: 3.0.0\n"


def crawled(root: Path, *paths: str) -> Crawl:
    return crawl(Settings(root=root, sources=tuple(LocalSource(path) for path in paths)))


def repository(found: Crawl, name: str) -> Repository:
    return next(each.repository for each in found.checkouts if each.repository.name == name)


def told(found: Crawl) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.location)) for finding in found.findings]


@pytest.fixture
def estate(written: Written, git: Git) -> Path:
    """One work tree with the folders `specs/orders` and `specs/stock`, all committed."""
    root = written(
        {"specs/orders/a.yaml": SPEC, "specs/stock/ü \"x'.yaml": SPEC, ".gitignore": "*.gen.yaml"}
    )
    git(root, "init")
    git(root, "remote", "add", "origin", "git@github.com:acme/estate.git")
    git(root, "add", ".")
    git(root, "commit", "-m", "first")
    return root


def test_a_folder_in_a_work_tree_has_its_commit_and_links_to_files_at_it(
    estate: Path, git: Git
) -> None:
    commit = git(estate, "rev-parse", "HEAD")
    found = crawled(estate, "specs/*")
    assert found.findings == ()
    orders = repository(found, "orders")
    assert orders == Repository(
        "orders",
        url="https://github.com/acme/estate",
        commit=commit,
        link="https://github.com/acme/estate/blob/{commit}/specs/orders/{path}#L{line}",
        commit_link="https://github.com/acme/estate/commit/{commit}",
    )
    assert orders.link_to_commit("c0ffee") == "https://github.com/acme/estate/commit/c0ffee"
    assert orders.link_to("a.yaml", 3) == (
        f"https://github.com/acme/estate/blob/{commit}/specs/orders/a.yaml#L3"
    )
    assert repository(found, "stock").commit == commit


def test_the_work_tree_itself_has_links_without_a_prefix(estate: Path) -> None:
    link = repository(crawled(estate, "."), "estate").link
    assert link == "https://github.com/acme/estate/blob/{commit}/{path}#L{line}"


def test_what_the_source_says_wins_over_what_git_says(estate: Path, git: Git) -> None:
    source = LocalSource(
        "specs/orders", url="https://a.example/{repository}", link="https://b/{path}"
    )
    [checkout] = crawl(Settings(root=estate, sources=(source,))).checkouts
    assert checkout.repository == Repository(
        "orders",
        url="https://a.example/orders",
        commit=git(estate, "rev-parse", "HEAD"),
        link="https://b/{path}",
    )


@pytest.mark.parametrize("name", ["a.yaml", "new.yaml", "ignored.gen.yaml", "a\nb.yaml"])
def test_no_commit_is_claimed_where_a_specification_is_not_what_it_has(
    estate: Path, git: Git, name: str
) -> None:
    (estate / "specs/orders" / name).write_text(SPEC + "info: {}\n")
    found = crawled(estate, "specs/*")
    assert repository(found, "orders").commit == ""
    assert repository(found, "orders").link_to("a.yaml", 3) == ""
    assert repository(found, "stock").commit == git(estate, "rev-parse", "HEAD")
    assert told(found) == [("specification-not-committed", f"orders/{name}")]
    assert found.report[0].state == "read"


def test_a_file_that_was_only_touched_or_staged_back_is_still_the_commits(
    estate: Path, git: Git
) -> None:
    os.utime(estate / "specs/orders/a.yaml", (1, 1))
    git(estate, "rm", "--cached", "specs/orders/a.yaml")
    assert repository(crawled(estate, "specs/*"), "orders").commit


def test_other_changed_files_take_no_commit_away(estate: Path) -> None:
    (estate / "specs/orders/README.md").write_text("new")
    assert repository(crawled(estate, "specs/*"), "orders").commit


def test_a_folder_that_the_work_tree_does_not_have_knows_nothing_of_it(estate: Path) -> None:
    (estate / "downloads/x").mkdir(parents=True)
    (estate / "downloads/x/a.yaml").write_text(SPEC)
    found = crawled(estate, "downloads/*")
    assert repository(found, "x") == Repository("x")
    assert found.findings == ()


def test_a_work_tree_without_a_commit_or_remote_is_read_all_the_same(
    written: Written, git: Git
) -> None:
    root = written({"a.yaml": SPEC})
    git(root, "init")
    found = crawled(root, ".")
    assert repository(found, "estate") == Repository("estate")
    assert found.findings == ()
    git(root, "add", ".")
    git(root, "commit", "-m", "first")
    commit = git(root, "rev-parse", "HEAD")
    assert repository(crawled(root, "."), "estate") == Repository("estate", commit=commit)


def test_linked_work_trees_and_sha_256_are_understood(written: Written, git: Git) -> None:
    root = written({"main/a.yaml": SPEC})
    git(root / "main", "init", "--object-format=sha256")
    git(root / "main", "add", ".")
    git(root / "main", "commit", "-m", "first")
    git(root / "main", "worktree", "add", "../other", "-b", "other")
    commit = git(root / "main", "rev-parse", "HEAD")
    found = crawled(root, "*")
    assert [each.repository.commit for each in found.checkouts] == [commit, commit]
    assert len(commit) == 64


def test_a_folder_that_only_looks_like_a_work_tree_is_read_without_a_commit(
    written: Written,
) -> None:
    root = written({"a/x.yaml": SPEC, "a/.git": "nonsense", "b/x.yaml": SPEC})
    found = crawled(root, "*")
    assert [each.repository for each in found.checkouts] == [Repository("a"), Repository("b")]
    assert told(found) == [("git-refused", "a")]


def test_without_git_everything_is_read_and_said_once(
    estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    found = crawled(estate, "specs/*")
    assert [each.repository for each in found.checkouts] == [
        Repository("orders"),
        Repository("stock"),
    ]
    assert [finding.code for finding in found.findings] == ["git-missing"]


def test_the_callers_git_environment_has_no_say(
    estate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = crawled(estate, "specs/*")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_EXEC_PATH"):
        monkeypatch.setenv(name, str(tmp_path / "nowhere"))
    assert crawled(estate, "specs/*") == expected


def test_nothing_that_a_repository_configures_is_run(estate: Path, git: Git) -> None:
    trap = estate.parent / "trap"
    script = estate.parent / "script"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "filter.x.clean",
        "filter.x.process",
    ):
        git(estate, "config", key, str(script))
    git(estate, "config", "core.hooksPath", str(estate.parent))
    (estate / ".gitattributes").write_text("*.yaml filter=x\n")
    (estate / "specs/orders/a.yaml").write_text(SPEC + "#")
    crawled(estate, "specs/*")
    assert not trap.exists()


def test_a_thousand_folders_of_one_work_tree_cost_two_calls_of_git(
    written: Written, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written({f"s-{number}/a.yaml": SPEC for number in range(1000)})
    git(root, "init")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    real = shutil.which("git")
    fake = root.parent / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\necho call >> {root.parent}/calls\nexec {real} "$@"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    paths = [f"s-{number}" for number in range(500)]
    found = crawled(root, *paths, "s-[5-9]??")
    assert len({each.repository.commit for each in found.checkouts}) == 1
    assert found.checkouts[0].repository.commit
    assert len(found.checkouts) == 1000
    assert (root.parent / "calls").read_text() == "call\ncall\n"


REMOTES = [
    ("https://me:s3cret@github.com/acme/a.git", "https://github.com/acme/a"),
    ("https://t0ken@dev.azure.com/acme/p%20q/_git/a", "https://dev.azure.com/acme/p%20q/_git/a"),
    ("http://git.example:8080/acme/a/", "http://git.example:8080/acme/a"),
    ("https://github.com/acme/a.git?token=x#y", "https://github.com/acme/a"),
    ("https://me:p@ss@github.com/acme/a", "https://github.com/acme/a"),
    ("HTTPS://GitHub.com/acme/a", "https://github.com/acme/a"),
    ("ssh://git@git.example.com:2222/acme/a.git", "https://git.example.com/acme/a"),
    ("git://git.example.com/a.git", "https://git.example.com/a"),
    ("git@gitlab.com:acme/sub/a.git", "https://gitlab.com/acme/sub/a"),
    ("gitlab.com:acme/a", "https://gitlab.com/acme/a"),
    ("git@ssh.dev.azure.com:v3/acme/p/a", "https://dev.azure.com/acme/p/_git/a"),
    ("me@vs-ssh.visualstudio.com:v3/Acme/p/a", "https://acme.visualstudio.com/p/_git/a"),
    ("https://b.example/scm/pay/a.git", "https://b.example/projects/pay/repos/a"),
    ('https://github.com/acme/{commit}"<b>', "https://github.com/acme/%7Bcommit%7D%22%3Cb%3E"),
    ("git@alias:acme/a.git", ""),
    ("/srv/git/a.git", ""),
    ("../a.git", ""),
    ("file:///srv/git/a.git", ""),
    ("javascript:alert(1)", ""),
    ("ext::sh -c touch% x", ""),
    ("https://", ""),
    ("https://github.com/", ""),
    ("-x", ""),
]


@pytest.mark.parametrize(("remote", "url"), REMOTES)
def test_a_remote_becomes_a_web_address_without_credentials(
    estate: Path, git: Git, remote: str, url: str
) -> None:
    git(estate, "config", "remote.origin.url", remote)
    found = crawled(estate, "specs/orders")
    assert repository(found, "orders").url == url


@pytest.mark.parametrize(
    ("remote", "link"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/blob/C/specs/orders/x%20y.yaml#L7"),
        (
            "https://github.acme.example/a/b",
            "https://github.acme.example/a/b/blob/C/specs/orders/x%20y.yaml#L7",
        ),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/blob/C/specs/orders/x%20y.yaml#L7"),
        (
            "https://bitbucket.org/a/b",
            "https://bitbucket.org/a/b/src/C/specs/orders/x%20y.yaml#lines-7",
        ),
        (
            "https://codeberg.org/a/b",
            "https://codeberg.org/a/b/src/commit/C/specs/orders/x%20y.yaml#L7",
        ),
        ("https://git.sr.ht/~a/b", "https://git.sr.ht/~a/b/tree/C/item/specs/orders/x%20y.yaml#L7"),
        (
            "https://dev.azure.com/a/b/_git/c",
            "https://dev.azure.com/a/b/_git/c?path=/specs/orders/x%20y.yaml&version=GCC",
        ),
        (
            "https://b.example/scm/pay/a.git",
            "https://b.example/projects/pay/repos/a/browse/specs/orders/x%20y.yaml?at=C#7",
        ),
        ("https://git.example.com/a/b", ""),
    ],
)
def test_a_line_of_a_file_has_a_link_in_the_way_of_its_forge(
    estate: Path, git: Git, remote: str, link: str
) -> None:
    git(estate, "config", "remote.origin.url", remote)
    found = repository(crawled(estate, "specs/orders"), "orders")
    assert found.link_to("x y.yaml", 7).replace(found.commit, "C") == link
