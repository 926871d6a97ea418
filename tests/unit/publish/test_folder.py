import os
from pathlib import Path

import pytest

from catalog_builder.publish.folder import UnwritableFolderError, replaced


def old_site(folder: Path) -> Path:
    site = folder / "site"
    site.mkdir()
    for name in ("index.html", "catalog.json"):
        (site / name).write_text("old")
    return site


def test_the_new_folder_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    site = old_site(tmp_path)
    with replaced(site) as fresh:
        (fresh / "new.html").write_text("new")
        assert (site / "index.html").exists()
    assert [each.name for each in site.iterdir()] == ["new.html"]
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_a_block_that_fails_leaves_the_old_folder(tmp_path: Path) -> None:
    site = old_site(tmp_path)

    def failing() -> None:
        with replaced(site) as fresh:
            (fresh / "new.html").write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert sorted(each.name for each in tmp_path.rglob("*")) == [
        "catalog.json",
        "index.html",
        "site",
    ]


def test_what_dead_builds_left_is_cleared_and_their_old_site_put_back(tmp_path: Path) -> None:
    dead = 2**22 + 1
    (tmp_path / f".site.{dead}.abc").mkdir()
    (tmp_path / f".site.{dead}.abc.old").mkdir()
    (tmp_path / f".site.{dead}.abc.old" / "old.html").write_text("old")
    (tmp_path / f".site.{os.getpid()}.mine").mkdir()

    def failing() -> None:
        with replaced(tmp_path / "site"):
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    names = sorted(each.name for each in tmp_path.iterdir())
    assert names == [f".site.{os.getpid()}.mine", "site"]
    assert (tmp_path / "site" / "old.html").read_text() == "old"


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with (
        pytest.raises(UnwritableFolderError, match="a file stands in its place"),
        replaced(tmp_path / "site"),
    ):
        pass
    assert (tmp_path / "site").read_text() == "mine"


def test_a_folder_that_is_no_site_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with (
        pytest.raises(UnwritableFolderError, match="something else than a site"),
        replaced(tmp_path),
    ):
        pass
    assert (tmp_path / "notes.txt").read_text() == "mine"
