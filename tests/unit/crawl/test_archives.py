"""Archives as sources: read, never unpacked."""

import io
import os
import stat
import tarfile
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from catalog_builder.config import ArchiveSource, Settings
from catalog_builder.crawl import Crawl, crawl
from catalog_builder.crawl.archive_members import Bounds, members_of
from catalog_builder.crawl.found import Problem
from catalog_builder.model import Location
from tests.web import SENTINEL, Asked, Reply, web

SPECIFICATION = b"asyncapi: 3.0.0\ninfo: {title: Orders, version: 1.0.0}\n"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
HUGE = bytes(11_000_000)

Packed = Callable[[Mapping[str, bytes]], bytes]


def zipped(files: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        for name, leads_to in (links or {}).items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, leads_to)
        archive.comment = COMMIT.encode()
    return target.getvalue()


def tarred(files: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    target = io.BytesIO()
    headers = {"comment": COMMIT}
    with tarfile.open(
        fileobj=target, mode="w:gz", format=tarfile.PAX_FORMAT, pax_headers=headers
    ) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for name, leads_to in (links or {}).items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, leads_to
            archive.addfile(entry)
    return target.getvalue()


each_kind = pytest.mark.parametrize("packed", [zipped, tarred])
Linked = Callable[[Mapping[str, bytes], Mapping[str, str]], bytes]


def members(
    content: bytes, bounds: Bounds | None = None
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    found = members_of(io.BytesIO(content), bounds or Bounds())
    return dict(found.files), found.problems


def crawled(root: Path, archive: str, **said: str) -> Crawl:
    source = ArchiveSource(archive, place=Location("", "catalog.yml", 2), **said)  # type: ignore[arg-type]
    return crawl(Settings(root=root, sources=(source,)))


@each_kind
def test_an_archive_is_a_repository_at_the_commit_that_it_names(
    tmp_path: Path, packed: Packed
) -> None:
    around = "orders-main/"
    content = {
        f"{around}docs/asyncapi.yaml": SPECIFICATION,
        f"{around}docs/order.avsc": b"{}",
        f"{around}.hidden/asyncapi.yaml": SPECIFICATION,
        f"{around}node_modules/x/asyncapi.yaml": SPECIFICATION,
        f"{around}CODEOWNERS": b"* @orders",
        f"{around}logo.png": b"\x89PNG\0\0",
    }
    (tmp_path / "orders-1.2.tgz").write_bytes(packed(content))
    found = crawled(tmp_path, "orders-1.2.tgz", url="https://github.com/acme/orders")
    [checkout] = found.checkouts
    assert checkout.specifications == ("docs/asyncapi.yaml",)
    assert sorted(checkout.files) == [
        ".hidden/asyncapi.yaml",
        "CODEOWNERS",
        "docs/asyncapi.yaml",
        "docs/order.avsc",
    ]
    assert (checkout.repository.name, checkout.repository.commit) == ("orders-1.2", COMMIT)
    at = f"https://github.com/acme/orders/blob/{COMMIT}/docs/asyncapi.yaml#L2"
    assert checkout.repository.link_to("docs/asyncapi.yaml", 2) == at
    assert (found.findings, found.report[0].state) == ((), "read")


@each_kind
def test_nothing_is_written_outside_of_the_cache(tmp_path: Path, packed: Packed) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"asyncapi.yaml": SPECIFICATION}))
    crawled(tmp_path, "a.zip")
    assert [each for each in tmp_path.rglob("*") if ".catalog" not in each.parts] == [
        tmp_path / "a.zip"
    ]


@each_kind
@pytest.mark.parametrize(
    "name",
    ["../evil.yaml", "a/../../evil.yaml", "/etc/evil.yaml", "C:\\evil.yaml", "..\\evil.yaml"],
)
def test_a_member_that_leads_out_is_left_out(packed: Packed, name: str) -> None:
    files, problems = members(packed({name: SPECIFICATION, "asyncapi.yaml": SPECIFICATION}))
    assert list(files) == ["asyncapi.yaml"]
    assert [(each.code, each.detail) for each in problems] == [
        ("archive-member-outside", f"`{name}`")
    ]


@each_kind
def test_many_members_that_lead_out_are_one_finding(packed: Packed) -> None:
    evil = {f"../{number:04}": b"" for number in range(2_000)}
    files, problems = members(packed({**evil, "a/asyncapi.yaml": SPECIFICATION}))
    assert list(files) == ["asyncapi.yaml"]
    assert [each.detail for each in problems] == ["`../0000` and 1,999 more"]


@pytest.mark.parametrize("linked", [zipped, tarred])
def test_a_link_is_followed_as_far_as_it_stays_inside(linked: Linked) -> None:
    links = {
        "x/in.yaml": "../asyncapi.yaml",
        "x/twice.yaml": "in.yaml",
        "x/out.yaml": "../../secret",
        "x/root.yaml": "/etc/passwd",
        "x/through.yaml": "out.yaml",
        "x/nowhere.yaml": "nothing",
        "x/loop.yaml": "loop.yaml",
        "x/deep.yaml": "../x/../x/./in.yaml",
    }
    files, problems = members(linked({"asyncapi.yaml": SPECIFICATION}, links))
    inside = ["asyncapi.yaml", "x/deep.yaml", "x/in.yaml", "x/twice.yaml"]
    assert files == dict.fromkeys(inside, SPECIFICATION)
    assert problems == tuple(
        Problem("link-leaves-repository", f"x/{name}.yaml") for name in ("out", "root", "through")
    )


def test_a_hard_link_is_the_file_that_it_names() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        entry = tarfile.TarInfo("top/a.yaml")
        entry.size = len(SPECIFICATION)
        archive.addfile(entry, io.BytesIO(SPECIFICATION))
        for name, leads_to in (("top/b.yaml", "top/a.yaml"), ("top/c.yaml", "../../x")):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.LNKTYPE, leads_to
            archive.addfile(entry)
    files, problems = members(target.getvalue())
    assert files == {"a.yaml": SPECIFICATION, "b.yaml": SPECIFICATION}
    assert problems == (Problem("link-leaves-repository", "c.yaml"),)


@each_kind
def test_a_huge_member_is_not_there(packed: Packed) -> None:
    huge = SPECIFICATION + b"#" * 11_000_000
    files, problems = members(
        packed({"huge.json": HUGE, "huge.yaml": huge, "asyncapi.yaml": SPECIFICATION})
    )
    assert list(files) == ["asyncapi.yaml"]
    assert problems == (Problem("file-too-large", "huge.yaml"),)


@each_kind
def test_what_unpacks_to_gigabytes_is_read_to_a_bound(packed: Packed) -> None:
    content = packed({"asyncapi.yaml": SPECIFICATION} | {f"{n}.json": HUGE for n in range(8)})
    assert len(content) < 1_000_000
    tracemalloc.start()
    files, problems = members(content, Bounds(bytes=80_000_000))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert list(files) == ["asyncapi.yaml"]
    assert problems == (Problem("archive-too-large", detail="it unpacks to more than 80 MB"),)
    assert most < 50_000_000


def test_a_name_that_unpacks_to_gigabytes_is_read_to_a_bound() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("a" * 2_000_000))
    _, problems = members(target.getvalue(), Bounds(bytes=1_000_000))
    assert problems == (Problem("archive-too-large", detail="it unpacks to more than 1 MB"),)


@each_kind
def test_very_many_members_are_read_to_a_bound(packed: Packed) -> None:
    content = packed({f"d/{number}.yaml": b"" for number in range(1_010)})
    files, problems = members(content, Bounds(members=1_000))
    assert len(files) == 1_000
    assert problems == (Problem("archive-too-large", detail="it has more than 1,000 members"),)


def test_a_list_of_members_without_measure_is_not_read() -> None:
    content = bytearray(zipped({"a.yaml": b""}))
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = b"\xff\xff\xff\xff"
    files, problems = members(bytes(content))
    assert files == {}
    assert [each.code for each in problems] == ["archive-too-large"]


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04", b"\x1f\x8b", b"<html>", b"x" * 2000, HUGE[:1000]]
)
def test_what_is_no_archive_is_a_finding(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    found = crawled(tmp_path, "a.zip")
    codes = [each.code for each in found.findings]
    assert codes in (["archive-unreadable"], ["source-empty"])


@each_kind
def test_an_archive_that_breaks_off_is_read_that_far_or_not_at_all(
    tmp_path: Path, packed: Packed
) -> None:
    noise = {f"{number}.txt": os.urandom(50_000).hex().encode() for number in range(20)}
    whole = packed({"asyncapi.yaml": SPECIFICATION, **noise})
    (tmp_path / "a.zip").write_bytes(whole[: len(whole) // 2])
    found = crawled(tmp_path, "a.zip")
    assert [each.code for each in found.findings] == ["archive-unreadable"]


def test_an_encrypted_archive_is_a_finding(tmp_path: Path) -> None:
    content = bytearray(zipped({"asyncapi.yaml": SPECIFICATION}))
    content[6] |= 1
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    assert [each.code for each in crawled(tmp_path, "a.zip").findings] == ["archive-unreadable"]


def test_devices_and_pipes_are_nothing() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        for kind in (tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE):
            entry = tarfile.TarInfo(f"x{kind.decode()}")
            entry.type = kind
            archive.addfile(entry)
    assert members(target.getvalue()) == ({}, ())


def test_an_archive_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "folder.zip").mkdir()
    os.mkfifo(tmp_path / "pipe.zip")
    started = time.monotonic()
    codes = [
        [each.code for each in crawled(tmp_path, name).findings]
        for name in ("nothing.zip", "folder.zip", "pipe.zip", "a\nb.zip")
    ]
    assert codes == [
        ["source-missing"],
        ["source-unreadable"],
        ["source-unreadable"],
        ["source-missing"],
    ]
    assert time.monotonic() - started < 5


def test_an_archive_on_the_web_is_fetched_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILE_TOKEN", SENTINEL)
    content = zipped({"orders-main/asyncapi.yaml": SPECIFICATION})
    statuses: list[int] = []

    def storage(asked: Asked) -> Reply:
        is_same = asked.headers.get("if-none-match") == '"1"'
        statuses.append(304 if is_same else 200)
        return Reply(304) if is_same else Reply(body=content, headers={"ETag": '"1"'})

    with web(storage) as store:
        moved = Reply(302, headers={"Location": f"{store.url}/signed?signature=s3cret"})
        with web(lambda _: moved) as server:
            address = f"{server.url}/acme/orders/archive.zip?x=s3cret"
            first = crawled(tmp_path, address, token_env="FILE_TOKEN")  # noqa: S106  a name
            second = crawled(tmp_path, address, token_env="FILE_TOKEN")  # noqa: S106  a name
    assert first == second
    [checkout] = first.checkouts
    assert (checkout.repository.name, checkout.specifications) == ("archive", ("asyncapi.yaml",))
    assert statuses == [200, 304]
    assert server.asked[0].headers["authorization"] == f"Bearer {SENTINEL}"
    assert all("authorization" not in each.headers for each in store.asked)
    assert "s3cret" not in repr(first)
    for each in tmp_path.rglob("*"):
        assert not each.is_file() or SENTINEL.encode() not in each.read_bytes()


def test_an_archive_that_cannot_be_fetched_is_the_last_one(tmp_path: Path) -> None:
    replies = [Reply(body=tarred({"asyncapi.yaml": SPECIFICATION}))]
    with web(lambda _: replies[-1]) as server:
        address = f"{server.url}/orders.tar.gz?x=s3cret"
        good = crawled(tmp_path, address)
        replies.append(Reply(404))
        bad = crawled(tmp_path, address)
    assert bad.checkouts == good.checkouts
    [found] = bad.findings
    shown = f"{server.url}/orders.tar.gz"
    assert found.message == (
        f"A file cannot be fetched: {shown}: it answers with 404; what it had today is shown"
    )
    assert [(each.state, each.age) for each in bad.report] == [("stale: gone", 0)]


def test_an_archive_that_was_never_fetched_is_a_finding(tmp_path: Path) -> None:
    with web(lambda _: Reply(403)) as server:
        found = crawled(tmp_path, f"{server.url}/orders.tar.gz")
    assert [each.code for each in found.findings] == ["download-failed"]
    assert [(each.state, each.documents) for each in found.report] == [("refused", 0)]
