import re
from dataclasses import fields
from pathlib import Path

import pytest

from catalog_builder.config import (
    GitSource,
    LocalSource,
    Settings,
    draft,
    read_settings,
    settings_for,
)
from catalog_builder.config import Surroundings as Around


def test_named_folders_become_sources_under_the_title_of_the_folder_they_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("orders", "stock"):
        (tmp_path / "acme-events" / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert settings_for([Path("acme-events/orders"), Path("acme-events/stock")]) == Settings(
        root=tmp_path,
        title="Acme events",
        sources=(LocalSource("acme-events/orders"), LocalSource("acme-events/stock")),
    )


@pytest.mark.parametrize(
    ("paths", "title"),
    [
        (["my_events"], "My events"),
        (["my_events/"], "My events"),
        (["my_events/asyncapi.yaml"], "My events"),
        (["my_events/../my_events/."], "My events"),
        ([], "Event catalogue"),
        (["/"], "Event catalogue"),
        (["my_events", "/"], "Event catalogue"),
    ],
)
def test_the_title_is_made_of_the_folders_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], title: str
) -> None:
    (tmp_path / "my_events").mkdir()
    (tmp_path / "my_events" / "asyncapi.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert settings_for([Path(path) for path in paths]).title == title


@pytest.mark.parametrize(
    ("around", "sources"),
    [
        (Around("Acme"), ["specs/*"]),
        (Around("Acme", ("asyncapi.yaml",)), ["."]),
        (Around("Acme", ("docs/asyncapi.yaml",), repository=True), ["."]),
        (Around("Acme", ("docs/a.yaml", "docs/b.yaml")), ["."]),
        (Around("Acme", ("a/api/x.yaml", "b/x.yaml")), ["*"]),
        (Around("Acme", ("a/api/x.yaml", "b/x.yaml"), repository=True), ["a", "b"]),
        (Around("Acme", ("specs/a/x.yaml", "specs/b/x.yaml"), repository=True), ["specs/*"]),
        (Around("Acme", ("s/a/x.yaml", "s/b/x.yaml", "d/x.yaml")), ["d", "s/*"]),
        (Around("Acme", ("- a: b\n/x.yaml", "#/x.yaml"), repository=True), ["#", "- a: b\n"]),
    ],
)
def test_a_draft_is_a_configuration_with_the_sources_that_lie_around(
    tmp_path: Path, around: Around, sources: list[str]
) -> None:
    path = tmp_path / "catalog.yml"
    path.write_text(draft(around), encoding="utf-8")
    read = read_settings(path)
    assert (read.title, [source.written for source in read.sources]) == ("Acme", sources)


@pytest.mark.parametrize(
    "title", ["Yes", "2024", "a: b", "naïve #1", "\U0001f980", "\x85\u2028\x7f", "x\n- y", '"']
)
def test_a_draft_keeps_any_title(tmp_path: Path, title: str) -> None:
    path = tmp_path / "catalog.yml"
    path.write_text(draft(Around(title)), encoding="utf-8")
    assert read_settings(path).title == title


def test_a_draft_shows_every_key_in_a_form_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    text = draft(Around("Acme", ("a/x.yaml",), mkdocs=True))
    keys = re.compile(r"^( *)# (?=[a-z_]+: |[a-z_]+:$|- |  - |  [a-z_]+: )", re.MULTILINE)
    path = tmp_path / "catalog.yml"
    path.write_text(keys.sub(r"\1", text), encoding="utf-8")
    read = read_settings(path)
    left_at_default = {
        each.name
        for each in fields(Settings)
        if getattr(read, each.name) == getattr(Settings(), each.name)
    }
    assert left_at_default == {"crawl", "include", "viewpoint"}
    assert [type(each) for each in read.sources] == [LocalSource, GitSource]
    assert isinstance(read.sources[0], LocalSource)
    assert read.sources[0].viewpoint is not None
    assert read.joins.alias
    assert read.joins.never


def test_a_draft_names_remotes_without_letting_them_break_out_of_their_comment() -> None:
    text = draft(Around("Acme", remotes=("https://g.example/a\nsources: []",)))
    assert "# links lead to https://g.example/a?sources: []" in text
