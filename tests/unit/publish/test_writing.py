"""Files that are written, and files from before that are taken over."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from catalog_builder.processes import Crew
from catalog_builder.publish.writing import Item, Writer, batches


@dataclass
class AllTheSame:
    """Says that everything would be the same."""

    folder: int | None
    taken: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)

    def is_same(self, _key: str, given: bytes) -> bool:
        return not given

    def kept(self, key: str) -> None:
        self.taken.append(key)

    def making(self, _key: str, _of: tuple[str, ...] = ()) -> AbstractContextManager[None]:
        return nullcontext()

    def made(self, key: str, _given: bytes) -> None:
        self.new.append(key)

    def harvest(self) -> object:
        return None

    def gather(self, _harvest: object) -> None:
        pass


def item(path: str, content: bytes, given: bytes = b"") -> Item:
    def contents() -> Iterator[bytes]:
        yield content
        yield content

    return Item(path, (path, f"{path}.more"), contents, of=("of", path), given=given)


@pytest.fixture
def before(tmp_path: Path) -> Iterator[int]:
    """The folder of a site with the page `a/a`."""
    (tmp_path / "before/a").mkdir(parents=True)
    (tmp_path / "before/a/a").write_bytes(b"old")
    (tmp_path / "before/a/a.more").write_bytes(b"old")
    (tmp_path / "fresh").mkdir()
    descriptor = os.open(tmp_path / "before", os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def written(tmp_path: Path, recall: AllTheSame, *items: Item) -> dict[str, bytes]:
    Writer(tmp_path / "fresh", recall=recall).write_all(batches((), items), Crew(1), None)
    return {
        path.relative_to(tmp_path / "fresh").as_posix(): path.read_bytes()
        for path in sorted((tmp_path / "fresh").rglob("*"))
        if path.is_file()
    }


def test_what_is_the_same_is_the_file_from_before(tmp_path: Path, before: int) -> None:
    recall = AllTheSame(before)
    found = written(tmp_path, recall, item("a/a", b"new"), item("a/b", b"new", given=b"other"))
    assert found == {"a/a": b"old", "a/a.more": b"old", "a/b": b"new", "a/b.more": b"new"}
    assert (recall.taken, recall.new) == (["a/a"], ["a/b"])


def test_the_site_that_stood_there_is_meant_whatever_stands_there_now(
    tmp_path: Path, before: int
) -> None:
    (tmp_path / "before").rename(tmp_path / "elsewhere")
    (tmp_path / "before/a").mkdir(parents=True)
    (tmp_path / "before/a/a").write_bytes(b"of another build")
    assert written(tmp_path, AllTheSame(before), item("a/a", b"new"))["a/a"] == b"old"


def test_a_new_file_is_read_by_whom_the_user_lets_read(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        written(tmp_path, AllTheSame(None), item("a/b", b"new" * 500_000, given=b"new"))
    finally:
        os.umask(before)
    assert (tmp_path / "fresh/a/b").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "fresh/a/b").read_bytes() == b"new" * 500_000


def _one_is_gone(tmp_path: Path, _patch: pytest.MonkeyPatch) -> None:
    (tmp_path / "before/a/a.more").unlink()


def _no_links(_path: Path, patch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError

    patch.setattr("os.link", refuse)


@pytest.mark.parametrize("hinder", [_one_is_gone, _no_links])
def test_what_cannot_be_taken_is_made_and_leaves_the_old_site_alone(
    tmp_path: Path,
    before: int,
    monkeypatch: pytest.MonkeyPatch,
    hinder: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    hinder(tmp_path, monkeypatch)
    recall = AllTheSame(before)
    assert written(tmp_path, recall, item("a/a", b"new")) == {"a/a": b"new", "a/a.more": b"new"}
    assert (recall.taken, recall.new) == ([], ["a/a"])
    assert (tmp_path / "before/a/a").read_bytes() == b"old"


def test_what_somebody_else_makes_meanwhile_is_asked_last() -> None:
    def of_all(path: str, *, is_late: bool = False) -> Item:
        return Item(path, (path,), lambda: iter([b""]), is_late=is_late)

    page = item("page", b"")
    ordered = batches([page], [of_all("late", is_late=True), of_all("long"), item("file", b"")])
    assert [[each.key for each in batch] for batch in ordered] == [
        ["long"],
        ["file", "page"],
        ["late"],
    ]
