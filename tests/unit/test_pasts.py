"""What several repositories said before, read by one process and by two, and kept."""

import io
from pathlib import Path

import pytest

from catalog_builder.build.cataloguing import catalogued
from catalog_builder.config import read_settings
from catalog_builder.model import Catalog
from catalog_builder.processes import Crew
from catalog_builder.progress import progress_for
from tests.repositories import commit

SPEC = """\
asyncapi: 3.0.0
info: {{title: {name}, version: '1'}}
channels:
  c: {{address: {name}.said, messages: {{{name}Said: {{payload: {{properties: {{{fields}}}}}}}}}}}
operations: {{say: {{action: send, channel: {{$ref: '#/channels/c'}}}}}}
"""
NAMES = ("alpha", "beta", "gamma", "delta")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / "repos" / name).mkdir(parents=True)
        for day, fields in enumerate(("a: {}", "a: {}, b: {}", "b: {}"), 1):
            path = tmp_path / "repos" / name / "asyncapi.yaml"
            path.write_text(SPEC.format(name=name, fields=fields))
            commit(path.parent, f"2026-03-0{day}")
    (tmp_path / "catalog.yml").write_text("sources: [{path: 'repos/*'}]")
    return tmp_path


def made(folder: Path, processes: int) -> Catalog:
    settings = read_settings(folder / "catalog.yml")
    progress = progress_for(io.StringIO(), quiet=True, verbose=False)
    return catalogued(settings, progress, crew=Crew(processes)).catalog


def kept(folder: Path) -> list[bytes]:
    return [
        path.read_bytes() for path in (folder / ".catalog/editions").rglob("*") if path.is_file()
    ]


def test_two_processes_find_what_one_finds_and_keep_the_same(folder: Path) -> None:
    alone = made(folder, 1)
    [by_one] = kept(folder)
    (folder / ".catalog").rename(folder / "before")
    assert made(folder, 2) == alone
    assert kept(folder) == [by_one]
    changes = [(each.service, str(each.verdict)) for each in alone.changes if each.commit]
    assert len(changes) == 3 * len(NAMES)
    assert made(folder, 2) == alone
    assert kept(folder) == [by_one]
