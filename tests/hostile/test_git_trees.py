"""Repositories whose contents are made to hurt: names, links, trees and sizes."""

import hashlib
import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from catalog_builder.config import GitSource, Settings
from catalog_builder.crawl import Crawl, crawl
from tests.remotes import SPEC, Remote, git, remote


def crawled(tmp_path: Path, *remotes: Remote) -> Crawl:
    sources = tuple(GitSource(each.url) for each in remotes)
    return crawl(Settings(root=tmp_path / "catalogue", sources=sources))


def told(found: Crawl) -> list[tuple[str, str]]:
    return [(each.code, each.location.path) for each in found.findings]


def linked(each: Remote, links: dict[str, str]) -> None:
    """The remote has these symbolic links as well."""
    for name, target in links.items():
        path = each.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
    each.commit_all()


def written(each: Remote, kind: str, content: bytes) -> str:
    """An object as git would not write it itself; gives its id."""
    whole = f"{kind} {len(content)}\0".encode() + content
    oid = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    path = each.bare / "objects" / oid[:2] / oid[2:]
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes(zlib.compress(whole))
    return oid


def tree(each: Remote, entries: Sequence[tuple[str, bytes, str]]) -> str:
    lines = (f"{mode} ".encode() + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries)
    return written(each, "tree", b"".join(lines))


def committed(each: Remote, root: str) -> None:
    who = "A <a@example.com> 1700000000 +0000"
    text = f"tree {root}\nauthor {who}\ncommitter {who}\n\nx\n"
    oid = written(each, "commit", text.encode())
    (each.bare / "refs/heads").mkdir(exist_ok=True)
    (each.bare / "refs/heads/main").write_text(f"{oid}\n")


def test_links_are_followed_as_far_as_they_stay_inside(tmp_path: Path) -> None:
    orders = remote(
        tmp_path,
        "orders",
        {"docs/asyncapi.yaml": SPEC + "x: {$ref: ../schemas/a.json}", "common/v1/a.json": "{}"},
    )
    linked(orders, {"schemas": "common/v1", "same.yaml": "docs/asyncapi.yaml", "v1": "./common/v1"})
    found = crawled(tmp_path, orders)
    assert found.findings == ()
    [checkout] = found.checkouts
    assert checkout.specifications == ("docs/asyncapi.yaml", "same.yaml")
    assert checkout.files["schemas/a.json"] == b"{}"
    assert checkout.files["same.yaml"] == checkout.files["docs/asyncapi.yaml"]


def test_links_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(SPEC)
    text = SPEC + "x: {$ref: ../up/secret.yaml}\ny: {$ref: ../../../secret.yaml}"
    orders = remote(tmp_path, "orders", {"docs/asyncapi.yaml": text})
    links = {
        "up": "../..",
        "absolute.yaml": str(tmp_path / "secret.yaml"),
        "relative.yaml": "../../secret.yaml",
        "docs/far.yaml": "../../secret.yaml",
        "nothing.yaml": "not-there.yaml",
        "loop.yaml": "loop.yaml",
        "notes.txt": "/etc/passwd",
    }
    linked(orders, links)
    found = crawled(tmp_path, orders)
    assert sorted(told(found)) == [
        ("file-unreadable", "loop.yaml"),
        ("file-unreadable", "nothing.yaml"),
        ("link-leaves-repository", "absolute.yaml"),
        ("link-leaves-repository", "docs/far.yaml"),
        ("link-leaves-repository", "relative.yaml"),
        ("link-leaves-repository", "up"),
    ]
    assert list(found.checkouts[0].files) == ["docs/asyncapi.yaml"]


def test_submodules_are_not_followed(tmp_path: Path) -> None:
    inner = remote(tmp_path, "inner", {"asyncapi.yaml": SPEC})
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC + "x: {$ref: inner/asyncapi.yaml}"})
    git(orders.work, "submodule", "--quiet", "add", inner.url, "inner")
    orders.commit_all()
    found = crawled(tmp_path, orders)
    assert found.findings == ()
    assert list(found.checkouts[0].files) == ["asyncapi.yaml"]


NAMES = [
    "-x.yaml",
    "--upload-pack=touch hurt.yaml",
    "a\nb.yaml",
    "a\tb.yaml",
    "\x1b[31mred.yaml",
    "ü \"'`$(touch hurt).yaml",
    "a\\b.yaml",
    "a:b.yaml",
    "HEAD.yaml",
    "x" * 250 + ".yaml",
    "\u202egnp.yaml",
    " .yaml",
]


def test_a_file_of_any_name_is_brought(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        name: f"{SPEC}n: {number}" for number, name in enumerate(NAMES)
    }
    found = crawled(tmp_path, remote(tmp_path, "orders", files))
    assert found.findings == ()
    assert found.checkouts[0].specifications == tuple(sorted(NAMES))
    for number, name in enumerate(NAMES):
        assert found.checkouts[0].files[name].endswith(f"n: {number}".encode())
    assert not list(tmp_path.rglob("hurt*"))


def test_names_that_are_not_utf_8_are_left_out_and_said(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    os.makedirs(os.fsencode(orders.work) + b"/fold\xe9")  # noqa: PTH103  no text
    for name in (b"/caf\xe9.yaml", b"/fold\xe9/a.yaml", b"/caf\xe9.txt"):
        with open(os.fsencode(orders.work) + name, "w") as file:  # noqa: PTH123  no text
            file.write(SPEC)
    orders.commit_all()
    found = crawled(tmp_path, orders)
    assert [each.message.split("`")[1] for each in found.findings] == ["caf?.yaml", "fold?"]
    assert list(found.checkouts[0].files) == ["asyncapi.yaml"]


@pytest.mark.parametrize(
    "name", [b"..", b".", b"", b"a/../../b.yaml", b"/etc/passwd.yaml", b".git", b".GIT"]
)
def test_an_entry_that_would_lead_elsewhere_is_not_there(tmp_path: Path, name: bytes) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    blob = written(orders, "blob", SPEC.encode())
    inside = tree(orders, [("100644", b"config.yaml", blob)])
    is_file = name.endswith(b".yaml")
    odd = ("100644", name, blob) if is_file else ("40000", name, inside)
    committed(orders, tree(orders, [odd, ("100644", b"z.yaml", blob)]))
    found = crawled(tmp_path, orders)
    assert {path for each in found.checkouts for path in each.files} <= {"z.yaml"}
    assert not list(tmp_path.glob("b.yaml"))


def test_folders_in_folders_without_end_cost_a_finding_and_no_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog_builder.crawl.remote.tree.MOST_ENTRIES", 5000)
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    blob = written(orders, "blob", SPEC.encode())
    inside = tree(orders, [("100644", b"a.yaml", blob)])
    for _ in range(30):
        entries = [("40000", f"d{number}".encode(), inside) for number in range(10)]
        inside = tree(orders, entries)
    committed(orders, tree(orders, [("100644", b"a.yaml", blob), ("40000", b"deep", inside)]))
    found = crawled(tmp_path, orders)
    assert told(found) == [("repository-too-large", "")]
    assert "a.yaml" in found.checkouts[0].specifications


@pytest.mark.parametrize(
    "content", [b"nothing", b"100644 a", b"100644 a\0short", b"\0" * 50, b"999 "]
)
def test_a_tree_that_is_none_is_a_finding_or_empty(tmp_path: Path, content: bytes) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    committed(orders, written(orders, "tree", content))
    found = crawled(tmp_path, orders)
    assert [each.code for each in found.findings] in (["repository-broken"], ["source-empty"])


def test_nothing_of_a_repository_is_run(tmp_path: Path) -> None:
    orders = remote(
        tmp_path,
        "orders",
        {
            "asyncapi.yaml": SPEC,
            ".gitattributes": "*.yaml filter=hurt diff=hurt",
            ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "touch hurt"\n',
            ".lfsconfig": "[lfs]\n\turl = http://127.0.0.1:9/\n",
        },
    )
    hurt = tmp_path / "hurt"
    for name in ("post-checkout", "post-merge", "reference-transaction", "pre-receive"):
        hook = orders.bare / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {hurt}\n")
        hook.chmod(0o755)
    git(orders.bare, "config", "uploadpack.packObjectsHook", f"touch {hurt};")
    git(orders.bare, "config", "core.fsmonitor", f"touch {hurt}")
    git(orders.bare, "config", "core.alternateRefsCommand", f"touch {hurt}")
    found = crawled(tmp_path, orders)
    assert len(found.checkouts) == 1
    assert not hurt.exists()


def test_a_pointer_of_lfs_is_the_text_it_is(tmp_path: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    orders = remote(
        tmp_path,
        "orders",
        {
            "asyncapi.yaml": SPEC + "x: {$ref: big.bin}",
            "big.bin": pointer,
            ".gitattributes": "*.bin filter=lfs",
        },
    )
    assert crawled(tmp_path, orders).checkouts[0].files["big.bin"] == pointer.encode()


def test_a_ref_of_any_name_is_read(tmp_path: Path) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    for name in (
        "ü$(touch${IFS}hurt)",
        "x'y\"z",
        "a;b",
        "a" * 150,
        "refs/heads/main",
        "HEAD",
        "+a",
    ):
        git(orders.bare, "update-ref", f"refs/heads/{name}", orders.commit)
        chosen = Settings(root=tmp_path / "catalogue", sources=(GitSource(orders.url, ref=name),))
        found = crawl(chosen)
        assert [each.repository.branch for each in found.checkouts] == [name], name
    assert not list(tmp_path.rglob("hurt*"))
