"""Repositories that git brings."""

import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from catalog_builder.config import GitSource, LocalSource, Settings
from catalog_builder.crawl import Crawl, crawl
from catalog_builder.crawl.gits import bring_git
from catalog_builder.crawl.run import Run
from catalog_builder.model import Checkout, Viewpoint
from catalog_builder.progress import Silent
from tests.remotes import SPEC, Remote, git, remote

FILES: dict[str, str | bytes | None] = {
    "docs/asyncapi.yaml": SPEC + "x: {$ref: '../common/order.txt#/a'}\n",
    "common/order.txt": '{"a": {"$ref": "./deeper.txt"}}',
    "common/deeper.txt": "b: 1",
    "src/main.py": "print()",
    "src/other.txt": "nothing",
    "CODEOWNERS": "* @acme/orders",
    "backstage/catalog-info.yaml": "kind: Component",
    "deploy/values.yaml": "replicas: 1",
}


def settings(tmp_path: Path, *sources: GitSource | LocalSource) -> Settings:
    root = tmp_path / "catalogue"
    root.mkdir(exist_ok=True)
    return Settings(root=root, sources=sources)


def checkout(tmp_path: Path, source: GitSource) -> Checkout:
    found = crawl(settings(tmp_path, source))
    assert found.findings == ()
    [only] = found.checkouts
    return only


def told(found: Crawl) -> list[str]:
    return [each.code for each in found.findings]


def objects(tmp_path: Path) -> set[str]:
    """The paths of all files whose content git has in the cache."""
    [mirror] = (tmp_path / "catalogue/.catalog/git").glob("*/*.d")
    listed = git(mirror, "ls-tree", "-r", "refs/catalog/read").splitlines()
    names = {line.split()[2]: line.partition("\t")[2] for line in listed}
    here = git(mirror, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split()
    return {names[oid] for oid in here if oid in names}


def test_a_repository_is_brought_with_its_commit_and_branch(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", FILES)
    found = checkout(tmp_path, GitSource(orders.url))
    assert (found.repository.name, found.repository.branch) == ("orders", "main")
    assert found.repository.commit == orders.commit
    assert found.specifications == ("docs/asyncapi.yaml",)
    assert found.files["docs/asyncapi.yaml"] == str(FILES["docs/asyncapi.yaml"]).encode()


def test_only_what_is_needed_is_brought(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", FILES)
    found = checkout(tmp_path, GitSource(orders.url))
    needed = set(FILES) - {"src/main.py", "src/other.txt"}
    assert set(found.files) == needed
    assert objects(tmp_path) == needed
    assert list(found.files) == sorted(needed)
    assert len(found.files) == len(needed)
    assert "src/main.py" not in found.files


def test_what_a_setting_says_of_a_source_is_said_of_its_repository(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    source = GitSource(
        orders.url,
        name="shop",
        url="https://git.example.com/acme/{repository}/",
        link="https://git.example.com/{repository}/{commit}/{path}#L{line}",
        viewpoint=Viewpoint.CLIENT,
    )
    found = checkout(tmp_path, source).repository
    assert found.url == "https://git.example.com/acme/shop"
    assert found.viewpoint is Viewpoint.CLIENT
    link = f"https://git.example.com/shop/{orders.commit}/asyncapi.yaml#L3"
    assert found.link_to("asyncapi.yaml", 3) == link


def test_a_path_is_seen_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    remote(tmp_path, "my orders", {"asyncapi.yaml": SPEC})
    found = checkout(tmp_path, GitSource("../my orders.git"))
    assert found.repository.name == "my orders"
    assert found.specifications == ("asyncapi.yaml",)


@pytest.mark.parametrize("address", ["ssh://git@host.example:2222{}", "git@host.example:{}"])
def test_ssh_brings_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    orders = remote(tmp_path, "orders", FILES)
    ssh = tmp_path / "ssh"  # asks this machine instead of the host
    ssh.write_text('#!/bin/sh\nfor last in "$@"; do :; done\nexec sh -c "$last"\n')
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH", str(ssh))
    found = checkout(tmp_path, GitSource(address.format(orders.bare)))
    assert found.repository.url == f"https://host.example{orders.bare}".removesuffix(".git")
    assert (found.repository.name, found.repository.commit) == ("orders", orders.commit)
    assert "common/deeper.txt" in found.files


@pytest.mark.parametrize("ref", ["release/1.x", "v1", "v1-said", "commit"])
def test_a_ref_is_a_branch_a_tag_or_a_commit(tmp_path: Path, ref: str) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    commit = orders.push({"asyncapi.yaml": SPEC + "x: 1"}, "release/1.x")
    git(orders.bare, "tag", "v1", commit)
    git(orders.bare, "tag", "-m", "said", "v1-said", commit)
    orders.push({"asyncapi.yaml": SPEC + "x: 2"})
    wanted = commit if ref == "commit" else ref
    for _ in range(2):
        found = checkout(tmp_path, GitSource(orders.url, ref=wanted))
        assert (found.repository.commit, found.repository.branch) == (commit, wanted)
        assert found.files["asyncapi.yaml"].endswith(b"x: 1")


def test_a_change_is_brought_and_nothing_but_it(tmp_path: Path) -> None:
    orders, stock = (remote(tmp_path, name, FILES) for name in ("orders", "stock"))
    sources = (GitSource(orders.url), GitSource(stock.url))
    crawl(settings(tmp_path, *sources))
    orders.push({"docs/asyncapi.yaml": SPEC, "src/main.py": "print(1)"})
    mirrors = {path: mtimes(path) for path in (tmp_path / "catalogue/.catalog/git").glob("*/*.d")}
    found = crawl(settings(tmp_path, *sources))
    changed = [path for path, before in mirrors.items() if mtimes(path) != before]
    assert len(changed) == 1
    assert found.checkouts[0].repository.commit == orders.commit
    assert found.checkouts[0].files["docs/asyncapi.yaml"] == SPEC.encode()
    assert "common/order.txt" not in found.checkouts[0].files


def mtimes(folder: Path) -> dict[Path, float]:
    return {path: path.stat().st_mtime for path in folder.rglob("*")}


def test_a_branch_that_was_put_elsewhere_by_force_is_followed(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC, "b.yaml": SPEC})
    crawl(settings(tmp_path, GitSource(orders.url)))
    git(orders.work, "checkout", "-q", "--orphan", "fresh")
    (orders.work / "b.yaml").unlink()
    git(orders.work, "add", "-A")
    git(orders.work, "commit", "-q", "-m", "anew")
    git(orders.work, "push", "-q", "--force", str(orders.bare), "fresh:main")
    assert checkout(tmp_path, GitSource(orders.url)).specifications == ("asyncapi.yaml",)


def test_other_patterns_bring_other_files_of_the_same_commit(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"a.yaml": SPEC, "b.txt": SPEC, "examples/c.yaml": SPEC})
    wide = settings(tmp_path, GitSource(orders.url))
    narrow = replace(wide, include=("**/*.txt",))
    outside = replace(wide, exclude=("**/examples/**",))
    for chosen, expected in (
        (wide, "a.yaml examples/c.yaml"),
        (narrow, "b.txt"),
        (outside, "a.yaml"),
    ):
        assert crawl(chosen).checkouts[0].specifications == tuple(expected.split())


def test_hidden_folders_and_those_of_tools_are_not_looked_into(tmp_path: Path) -> None:
    folders = (".hidden", "node_modules/x", "vendor", "build", "a/.b")
    files: dict[str, str | bytes | None] = {f"{each}/asyncapi.yaml": SPEC for each in folders}
    orders = remote(tmp_path, "orders", files | {"asyncapi.yaml": SPEC})
    assert checkout(tmp_path, GitSource(orders.url)).specifications == ("asyncapi.yaml",)


def test_a_reference_into_a_hidden_folder_is_followed(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "asyncapi.yaml": SPEC + "x: {$ref: .schemas/order.json}",
        ".schemas/order.json": "{}",
    }
    orders = remote(tmp_path, "orders", files)
    assert ".schemas/order.json" in checkout(tmp_path, GitSource(orders.url)).files


def test_types_of_avro_and_imports_of_protobuf_come_with_those_that_name_them(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes | None] = {
        "docs/asyncapi.yaml": SPEC + "x: {$ref: ../avro/order.avsc}\ny: {$ref: ../order.proto}",
        "avro/order.avsc": '{"type": "record", "name": "Order", "fields": []}',
        "elsewhere/line.avsc": '{"type": "record", "name": "Line", "fields": []}',
        "order.proto": 'import "common/line.proto";\n',
        "proto/common/line.proto": 'import "money.proto";\n',
        "proto/money.proto": "",
        "proto/unused.proto": "",
    }
    found = checkout(tmp_path, GitSource(remote(tmp_path, "orders", files).url))
    assert set(found.files) == set(files) - {"proto/unused.proto"}


def test_a_server_that_cannot_send_parts_gives_the_same(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", FILES)
    git(orders.bare, "config", "uploadpack.allowFilter", "false")
    found = checkout(tmp_path, GitSource(orders.url))
    assert set(found.files) == set(FILES) - {"src/main.py", "src/other.txt"}
    assert objects(tmp_path) == set(FILES)


def test_a_repository_with_longer_ids_is_brought(tmp_path: Path) -> None:
    bare, work = tmp_path / "orders.git", tmp_path / "work"
    work.mkdir()
    git(tmp_path, "init", "-q", "--bare", "--object-format=sha256", str(bare))
    git(bare, "config", "uploadpack.allowFilter", "true")
    git(work, "init", "-q", "--object-format=sha256")
    orders = Remote(bare, work)
    orders.push(FILES)
    found = checkout(tmp_path, GitSource(orders.url))
    assert found.repository.commit == orders.commit
    assert len(orders.commit) == 64
    assert "common/deeper.txt" in found.files


def test_the_second_crawl_gives_what_the_first_gave(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", FILES)
    chosen = settings(tmp_path, GitSource(orders.url))
    first, second = crawl(chosen), crawl(chosen)
    assert first == second
    assert dict(first.checkouts[0].files) == dict(second.checkouts[0].files)


def test_the_order_of_sources_changes_nothing(tmp_path: Path) -> None:
    sources = [GitSource(remote(tmp_path, f"{name}/api", FILES).url) for name in "ab"]
    forth, back = (crawl(settings(tmp_path, *each)) for each in (sources, sources[::-1]))
    assert {each.repository.commit for each in forth.checkouts} == {
        each.repository.commit for each in back.checkouts
    }
    assert [each.repository.name for each in forth.checkouts] == ["api", "b/api"]


def test_one_repository_of_two_sources_is_read_once(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", FILES)
    sources = (GitSource(orders.url), GitSource(str(orders.bare), viewpoint=Viewpoint.CLIENT))
    found = crawl(settings(tmp_path, *sources))
    assert len(found.checkouts) == 1
    assert told(found) == ["repository-brought-twice"]


def test_its_default_branch_by_name_is_the_same_repository(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", FILES)
    found = crawl(settings(tmp_path, GitSource(orders.url), GitSource(orders.url, ref="main")))
    assert len(found.checkouts) == 1
    assert found.findings == ()


def test_two_refs_of_one_repository_are_two(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    orders.push({"asyncapi.yaml": SPEC + "x: 1"}, "next")
    orders.push({})
    found = crawl(settings(tmp_path, GitSource(orders.url), GitSource(orders.url, ref="next")))
    assert [each.repository.branch for each in found.checkouts] == ["main", "next"]


def test_local_and_remote_sources_stand_beside_each_other(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    (tmp_path / "stock").mkdir()
    (tmp_path / "stock/asyncapi.yaml").write_text(SPEC)
    found = crawl(settings(tmp_path, GitSource(orders.url), LocalSource("../stock")))
    assert [each.source for each in found.report] == [orders.url, "../stock"]
    assert [each.state for each in found.report] == ["read", "read"]
    assert [each.repository.name for each in found.checkouts] == ["orders", "stock"]


def test_a_repository_without_any_specification_is_said_so(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"values.yaml": "a: 1"})
    found = crawl(settings(tmp_path, GitSource(orders.url)))
    assert told(found) == ["source-empty"]
    assert found.report[0].state == "no document found"


def test_two_crawls_at_once_share_a_cache(tmp_path: Path) -> None:
    remotes = [remote(tmp_path, f"r{number}", FILES) for number in range(6)]
    chosen = settings(tmp_path, *(GitSource(each.url) for each in remotes))
    found: list[Crawl] = []
    threads = [threading.Thread(target=lambda: found.append(crawl(chosen))) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found[0] == found[1] == found[2]
    assert found[0].findings == ()
    assert not list((tmp_path / "catalogue/.catalog").rglob("*.lock"))


def _damage_git(cache: Path) -> None:
    for pack in cache.glob("git/*/*.d/objects/pack/*.pack"):
        pack.chmod(0o644)
        pack.write_bytes(b"nothing")


def _forget_git(cache: Path) -> None:
    shutil.rmtree(cache / "git")


def _damage_records(cache: Path) -> None:
    for room in ("snapshots", "files", "seen"):
        for record in cache.glob(f"{room}/*/*"):
            record.write_bytes(b"nothing")


def _forget_files(cache: Path) -> None:
    shutil.rmtree(cache / "files")


def _leave_locks(cache: Path) -> None:
    for folder in cache.glob("git/*/*.d"):
        for name in ("shallow.lock", "refs/catalog/read.lock", "config.lock"):
            (folder / name).write_text("")
    for record in cache.glob("git/*/*.d"):
        record.with_suffix(".lock").write_text("")


@pytest.mark.parametrize(
    "damage", [_damage_git, _forget_git, _damage_records, _forget_files, _leave_locks]
)
def test_a_damaged_cache_is_mended_by_the_next_crawl(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    orders = remote(tmp_path, "orders", FILES)
    crawl(settings(tmp_path, GitSource(orders.url)))
    damage(tmp_path / "catalogue/.catalog")
    orders.push({"docs/asyncapi.yaml": SPEC + "x: {$ref: ../src/other.txt}"})
    found = checkout(tmp_path, GitSource(orders.url))
    assert found.files["src/other.txt"] == b"nothing"
    assert found.repository.commit == orders.commit


def test_the_settings_of_the_folder_around_have_no_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = remote(tmp_path, "orders", FILES)
    around = tmp_path / "around"
    around.mkdir()
    git(around, "init", "-q")
    git(around, "config", f"url.{tmp_path}/nothing.insteadOf", "file://")
    monkeypatch.chdir(around)
    monkeypatch.setenv("GIT_DIR", str(around / ".git"))
    assert checkout(tmp_path, GitSource(orders.url)).repository.commit == orders.commit


def test_without_git_what_was_brought_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = remote(tmp_path, "orders", FILES)
    chosen = settings(tmp_path, GitSource(orders.url))
    crawl(chosen)
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    found = crawl(chosen)
    assert told(found) == ["repository-broken"]
    assert "git is not installed; what it had today is shown" in found.findings[0].message
    assert len(found.checkouts) == 1


def test_offline_nothing_is_asked_and_the_cache_is_shown(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", FILES)
    chosen = settings(tmp_path, GitSource(orders.url))
    online = crawl(chosen)
    shutil.rmtree(orders.bare)
    offline = crawl(chosen, offline=True)
    assert offline.checkouts == online.checkouts
    assert offline.findings == ()
    assert (offline.report[0].state, offline.report[0].age) == ("from the cache", 0)


def test_offline_what_was_never_brought_is_said_so(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", FILES)
    found = crawl(settings(tmp_path, GitSource(orders.url)), offline=True)
    assert told(found) == ["repository-not-cached"]
    assert found.report[0].state == "not in the cache"


def test_offline_other_patterns_are_said_not_to_hold(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"a.yaml": SPEC, "b.yaml": SPEC})
    chosen = settings(tmp_path, GitSource(orders.url))
    crawl(chosen)
    found = crawl(replace(chosen, exclude=("b.yaml",)), offline=True)
    assert found.checkouts[0].specifications == ("a.yaml",)
    assert told(found) == ["repository-not-searched-again"]


def test_the_cache_keeps_no_files_that_nobody_reads_any_more(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    for number in range(5):
        orders.push({"asyncapi.yaml": SPEC + f"x: {number}"})
        checkout(tmp_path, GitSource(orders.url))
    kept = list((tmp_path / "catalogue/.catalog/files").glob("*/*"))
    assert len(kept) == 2


def test_many_changes_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog_builder.crawl.remote.mirror._MOST_PACKS", 4)
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    for number in range(8):
        orders.push({"asyncapi.yaml": SPEC + f"x: {number}"})
        checkout(tmp_path, GitSource(orders.url))
    assert len(list((tmp_path / "catalogue/.catalog/git").glob("*/*.d/objects/pack/*.pack"))) <= 6


def test_a_day_later_an_unchanged_repository_is_as_fresh_as_before(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", FILES)
    chosen = settings(tmp_path, GitSource(orders.url))
    source = (GitSource(orders.url),)
    for today in (100, 110):
        [brought] = bring_git(source, Run(chosen, Silent(), today=today))
        assert brought.age is None
    [brought] = bring_git(source, Run(chosen, Silent(), offline=True, today=111))
    assert brought.age == 1
