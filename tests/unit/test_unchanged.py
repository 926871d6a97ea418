"""A build that finds nothing changed makes nothing; one that finds something makes it all."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog_builder.build import Outcome, build_site
from catalog_builder.config import read_settings
from catalog_builder.processes import Crew
from catalog_builder.progress import progress_for
from catalog_builder.unchanged import noted

SPECIFICATION = """\
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels: {placed: {address: placed, messages: {Placed: {payload: {$ref: 'placed.yaml'}}}}}
operations: {send: {action: send, channel: {$ref: '#/channels/placed'}}}
"""
MKDOCS = """\
site_name: Shop
theme: material
plugins: [catalog]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "orders/asyncapi.yaml": SPECIFICATION,
        "orders/placed.yaml": "{type: object, title: One}",
        "catalog.yml": "sources: [{path: orders}]\ntemplates: own\n",
        "own/.keep": "",
        "mkdocs.yml": MKDOCS,
        "docs/hand.md": "# Hand",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def build(folder: Path, *, mkdocs: bool = False, jobs: int = 1, site: str = "site") -> Outcome:
    return build_site(
        read_settings(folder / "catalog.yml"),
        progress_for(io.StringIO(), quiet=True, verbose=False),
        mkdocs_yml=folder / "mkdocs.yml" if mkdocs else None,
        site_dir=folder / site,
        crew=Crew(jobs),
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(path: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(exist_ok=True, parents=True)
        (folder / path).write_text(text)

    return change


@pytest.mark.parametrize("mkdocs", [False, True])
def test_where_nothing_changed_the_site_stays(folder: Path, mkdocs: bool) -> None:  # noqa: FBT001  a case
    first = build(folder, mkdocs=mkdocs)
    before = (folder / "site").stat()
    second = build(folder, mkdocs=mkdocs)
    assert first.is_new
    assert not second.is_new
    assert second.account == first.account
    assert (folder / "site").stat().st_ino == before.st_ino


CHANGES = {
    "a specification": write("orders/asyncapi.yaml", SPECIFICATION.replace("1.0.0", "1.0.1")),
    "a file it refers to": write("orders/placed.yaml", "{type: object, title: Two}"),
    "a new specification": write("orders/more.yaml", SPECIFICATION.replace("placed", "paid")),
    "the configuration": write("catalog.yml", "title: Other\nsources: [{path: orders}]\n"),
    "a template": write("own/similar.html", "{% extends 'shipped/similar.html' %} "),
    "a page that somebody edited": write("site/index.html", "<h1>mine</h1>"),
    "a page that somebody removed": lambda folder: (folder / "site/events/placed.html").unlink(),
    "a file that somebody added": write("site/events/more.html", "<h1>mine</h1>"),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_warm_build_gives_the_bytes_of_a_cold_one(folder: Path, what: str, jobs: int) -> None:
    build(folder, jobs=jobs)
    CHANGES[what](folder)
    assert build(folder, jobs=jobs).is_new
    shutil.rmtree(folder / ".catalog")
    build(folder, site="cold", jobs=1)
    assert contents(folder / "site") == contents(folder / "cold")


@pytest.mark.parametrize(
    "change",
    [
        write("docs/hand.md", "# By hand"),
        write("mkdocs.yml", MKDOCS + "copyright: me\n"),
        write("docs/more.md", "# More"),
    ],
)
def test_a_change_to_what_the_owner_wrote_is_noticed(
    folder: Path, change: Callable[[Path], None]
) -> None:
    build(folder, mkdocs=True)
    change(folder)
    assert build(folder, mkdocs=True).is_new


@pytest.mark.parametrize(
    "more",
    [
        "markdown_extensions: [pymdownx.snippets]",
        "hooks: [hook.py]",
        "copyright: !ENV [WHOSE, nobody]",
    ],
)
def test_a_frame_that_may_bring_in_anything_is_made_each_time(folder: Path, more: str) -> None:
    (folder / "hook.py").touch()
    (folder / "mkdocs.yml").write_text(f"{MKDOCS}{more}\n")
    build(folder, mkdocs=True)
    assert build(folder, mkdocs=True).is_new


def test_without_the_right_to_keep_anything_a_build_is_a_build(folder: Path) -> None:
    (folder / ".catalog").write_text("not a folder")
    assert build(folder).is_new
    assert build(folder).is_new


@pytest.mark.parametrize("content", [None, b"", b"\xc1", b"\x80\x04."])
def test_what_is_no_note_is_none(content: bytes | None) -> None:
    assert noted(content) is None


def test_removed_events_leave_no_page(folder: Path) -> None:
    build(folder)
    assert (folder / "site/events/placed.html").exists()
    os.remove(folder / "orders/asyncapi.yaml")  # noqa: PTH107  as a user would
    write("orders/other.yaml", SPECIFICATION.replace("laced", "aid"))(folder)
    build(folder)
    assert sorted(path.stem for path in (folder / "site/events").glob("*.html")) == [
        "index",
        "paid",
    ]


def test_what_a_killed_build_left_goes_also_when_nothing_changed(folder: Path) -> None:
    build(folder)
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        pass
    left = folder / f".site.{dead.pid}.abc"
    left.mkdir()
    assert not build(folder).is_new
    assert not left.exists()
