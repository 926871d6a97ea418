import os
import sys
from pathlib import Path

import pytest

from catalog_builder.publish.exchange import exchanged
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


@pytest.mark.parametrize("is_there", [True, False])
def test_the_swap_needs_no_help_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    monkeypatch.setattr("catalog_builder.publish.folder.exchanged", lambda *_: False)
    if is_there:
        old_site(tmp_path)
    with replaced(tmp_path / "site") as fresh:
        (fresh / "new.html").write_text("new")
    assert [each.name for each in (tmp_path / "site").iterdir()] == ["new.html"]
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux exchanges folders")
def test_folders_change_places_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").touch()
    assert exchanged(tmp_path / "one", tmp_path / "other")
    assert [each.name for each in (tmp_path / "one").iterdir()] == ["other.txt"]
    assert not exchanged(tmp_path / "one", tmp_path / "nowhere")


def test_a_site_that_another_build_made_meanwhile_is_replaced(tmp_path: Path) -> None:
    with replaced(tmp_path / "site") as fresh:
        (fresh / "new.html").write_text("new")
        old_site(tmp_path)
    assert [each.name for each in (tmp_path / "site").iterdir()] == ["new.html"]
