"""Laws of the whole: order changes nothing, a second build changes nothing."""

import io
import random
import shutil
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_builder.assemble import assemble
from catalog_builder.build import build_site, read_catalog
from catalog_builder.config import LocalSource, read_settings
from catalog_builder.crawl import crawl
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Reading
from catalog_builder.parse import read
from catalog_builder.progress import Progress, progress_for
from catalog_builder.render import EXPORTS
from catalog_builder.render.exports import SCHEMA


def quiet() -> Progress:
    return progress_for(io.StringIO(), quiet=True, verbose=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="session")
def readings(estate: Path) -> tuple[Reading, ...]:
    crawled = crawl(read_settings(estate / "catalog.yml"))
    return tuple(map(read, crawled.checkouts))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(min_value=0))
def test_the_order_of_repositories_changes_nothing(
    readings: tuple[Reading, ...], estate: Path, seed: int
) -> None:
    configured = read_settings(estate / "catalog.yml")
    shuffled = list(readings)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  no secret
    assert assemble(shuffled, configured) == assemble(readings, configured)


def test_the_order_of_sources_and_a_second_build_change_no_byte(
    estate: Path, site: Path, tmp_path: Path
) -> None:
    configured = read_settings(estate / "catalog.yml")
    [first, *_] = configured.sources
    assert isinstance(first, LocalSource)
    sources = tuple(
        LocalSource(str(folder), link=first.link, edit=first.edit)
        for folder in sorted(estate.iterdir())
        if folder.is_dir() and folder.name != ".catalog"
    )
    mkdocs_yml = Path(__file__).resolve().parents[2] / "mkdocs.yml"
    forth, back = (
        contents(
            build_site(
                replace(configured, sources=each),
                quiet(),
                mkdocs_yml=mkdocs_yml,
                site_dir=tmp_path / str(number) / "site",
            ).site
        )
        for number, each in enumerate((sources, sources[::-1]))
    )
    assert forth == back
    differing = {path for path, content in contents(site).items() if forth[path] != content}
    # These list the sources as they are written.
    assert differing == {"health/index.html", "data/sources.js"}


def test_catalog_json_keeps_its_contract(catalog: Catalog) -> None:
    data = orjson.loads(EXPORTS["json"].write(catalog, Flow(catalog)))
    errors = list(jsonschema_rs.validator_for(orjson.loads(SCHEMA)).iter_errors(data))
    assert [error.message for error in errors] == []


def test_a_broken_file_costs_nothing_else(estate: Path, catalog: Catalog, tmp_path: Path) -> None:
    copy = tmp_path / "specs"
    shutil.copytree(estate, copy)
    (copy / "loyalty" / "asyncapi-referrals.yaml").unlink()
    without = read_catalog(read_settings(copy / "catalog.yml"), quiet())
    assert without.events == catalog.events
    assert without.relations == catalog.relations
    lost = set(catalog.findings) - set(without.findings)
    assert {(each.code, each.location.path) for each in lost} == {
        ("document-not-yaml", "asyncapi-referrals.yaml")
    }
