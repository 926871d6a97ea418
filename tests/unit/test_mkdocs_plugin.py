"""`mkdocs build` with the plugin gives what `catalog-builder build` gives."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from catalog_builder.mkdocs_plugin import CatalogPlugin
from tests.remotes import remote, served

ROOT = Path(__file__).resolve().parents[2]
SITE = """
INHERIT: {shipped}
site_name: Shop
docs_dir: docs
plugins:
  - catalog:
      config: {config}
"""
SPECIFICATION = """
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  placed:
    address: orders.placed
    messages: {OrderPlaced: {payload: {type: object}}}
operations:
  place: {action: send, channel: {$ref: '#/channels/placed'}}
"""

MEDDLING = """
def on_nav(nav, config, files):
    with open("specs/orders/asyncapi.yaml", "a") as specification:
        specification.write("# meanwhile")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "hand.md").write_text("# Hand\n\n[placed](events/order-placed.md)")
    (tmp_path / "specs" / "orders").mkdir(parents=True)
    (tmp_path / "specs" / "orders" / "asyncapi.yaml").write_text(SPECIFICATION)
    (tmp_path / "catalog.yml").write_text("sources: [{path: specs/*}]")
    written(tmp_path, "catalog.yml")
    return tmp_path


def written(project: Path, config: str) -> None:
    shipped = ROOT / "docs_templates" / "site.yml"
    (project / "mkdocs.yml").write_text(SITE.format(shipped=shipped, config=config))


def ran(project: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(  # noqa: S603  our own programs
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_mkdocs_builds_the_same_site_to_the_byte(project: Path) -> None:
    theirs = ran(project, "mkdocs", "build", "--strict", "--site-dir", "theirs")
    assert theirs.returncode == 0, theirs.stderr
    ours = ran(project, "catalog_builder", "build", "--site-dir", "ours")
    assert ours.returncode == 0, ours.stderr
    files = contents(project / "ours")
    assert files == contents(project / "theirs")
    assert '<a href="events/order-placed.html">placed</a>' in files["hand.html"].decode()


def test_pages_refer_to_events_by_name_and_end_the_build_when_they_are_wrong(project: Path) -> None:
    hand = project / "docs" / "hand.md"
    hand.write_text("# Hand\n\n[[OrderPlaced]] of [[service:Orders]]")
    assert ran(project, "catalog_builder", "build").returncode == 0
    html = (project / "site" / "hand.html").read_text()
    assert '<a href="events/order-placed.html">OrderPlaced</a>' in html
    assert '<a href="services/orders.html">Orders</a>' in html
    hand.write_text("# Hand\n\n[[OrderPlced]]\n\n[placed](events/order-placd.md)")
    for module, folder in (("catalog_builder", "site"), ("mkdocs", "other")):
        done = ran(project, module, "build", "--site-dir", folder)
        assert done.returncode != 0
        assert "hand.md:3: nothing in the catalogue is called `OrderPlced`" in done.stderr
        assert "Did you mean `[[OrderPlaced]]`?" in done.stderr
        assert "hand.md:5: the link `events/order-placd.md` leads to no page" in done.stderr
    assert (project / "site" / "hand.html").read_text() == html


def test_a_mistake_in_the_configuration_ends_mkdocs_with_its_place(project: Path) -> None:
    (project / "catalog.yml").write_text("titel: Shop\nsources: [{path: specs/*}]")
    done = ran(project, "mkdocs", "build")
    assert done.returncode == 1
    assert "catalog.yml:1" in done.stderr
    assert "`title`" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_source_that_changes_meanwhile_ends_mkdocs_with_its_place(project: Path) -> None:
    (project / "meddle.py").write_text(MEDDLING)
    with (project / "mkdocs.yml").open("a") as configuration:
        configuration.write("hooks: [meddle.py]\n")
    done = ran(project, "mkdocs", "build")
    assert done.returncode == 1
    assert "orders/asyncapi.yaml changed while the site was made of it" in done.stderr
    assert "Traceback" not in done.stderr


def test_mkdocs_serve_watches_configuration_and_sources(project: Path) -> None:
    watched = set(CatalogPlugin().watched(project / "catalog.yml"))
    assert {project / "catalog.yml", project / "specs"} <= watched


def test_remote_repositories_are_asked_once_however_often_mkdocs_builds(tmp_path: Path) -> None:
    (tmp_path / "repositories").mkdir()
    remote(tmp_path / "repositories", "orders", {"asyncapi.yaml": SPECIFICATION})
    with served(tmp_path / "repositories") as forge:
        configuration = tmp_path / "catalog.yml"
        configuration.write_text(f"sources: [{{git: '{forge.url}/orders.git'}}]")
        first = CatalogPlugin().files_of(configuration)(False)  # noqa: FBT003  as MkDocs does
        asked = len(forge.asked)
        second = CatalogPlugin().files_of(configuration)(False)  # noqa: FBT003  as MkDocs does
        assert asked
        assert len(forge.asked) == asked
    assert "events/order-placed.md" in [each.path for each in first.pages]
    assert [each.path for each in first.pages] == [each.path for each in second.pages]
