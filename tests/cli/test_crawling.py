"""Commands that bring repositories from elsewhere."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog_builder.cli import main
from catalog_builder.cli.configuration import chosen
from catalog_builder.cli.run import Run
from catalog_builder.cli.serve import Fresh
from catalog_builder.progress import Silent
from tests.remotes import SPEC, Remote, remote, served


@pytest.fixture
def orders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remote:
    """A repository, and a configuration here that names it and one that is not there."""
    made = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    sources = "sources: [{git: ../orders.git}, {git: ../nothing.git, ref: next}]\n"
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue/catalog.yml").write_text(sources)
    monkeypatch.chdir(tmp_path / "catalogue")
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def table(result: Result) -> list[str]:
    """The rows of the table, without what varies."""
    return [
        re.sub(r"\s+", " ", re.sub(r"[\d.]+ s", "", line)).strip()
        for line in result.stdout.splitlines()
    ]


@pytest.mark.usefixtures("orders")
def test_crawl_lists_what_became_of_each_source() -> None:
    done = run("crawl")
    assert done.exit_code == 0
    assert table(done) == [
        "SOURCE REPOSITORIES DOCUMENTS STATE AGE TIME",
        "../orders.git 1 1 read",
        "../nothing.git 0 0 gone",
    ]
    assert "Repositories elsewhere: 1 brought, 0 unchanged, 1 failed." in done.stderr
    assert "error    catalog.yml:1  repository-gone  The repository is not there:" in done.stderr
    reason = "there is no repository at that place; nothing of it is shown"
    assert f"../nothing.git at next ({reason})" in done.stderr
    assert "1 brought" not in run("crawl").stderr


def test_crawl_says_how_old_what_is_shown_is(orders: Remote) -> None:
    run("crawl", "--quiet")
    shutil.rmtree(orders.bare)
    assert table(run("crawl"))[1] == "../orders.git 1 1 stale: gone today"
    assert table(run("crawl", "--offline"))[1:] == [
        "../orders.git 1 1 from the cache today",
        "../nothing.git 0 0 not in the cache",
    ]


def test_build_fails_for_a_source_only_if_it_is_strict(orders: Remote) -> None:
    assert run("build", "--quiet").exit_code == 0
    shutil.rmtree(orders.bare)
    assert run("build", "--quiet").exit_code == 0
    assert "orders" in Path("site/services/index.html").read_text()
    done = run("build", "--quiet", "--strict")
    assert done.exit_code == 1
    assert "repository-gone" in done.stderr


def test_export_and_build_work_offline(orders: Remote) -> None:
    run("crawl", "--quiet")
    online = run("export", "json", "--quiet").stdout
    shutil.rmtree(orders.bare)
    offline = run("export", "json", "--quiet", "--offline").stdout
    assert '"branch":"main"' in online.replace(" ", "")
    assert offline.replace("repository-not-cached", "") != offline
    assert offline.split('"findings"')[0] == online.split('"findings"')[0]
    assert run("build", "--quiet", "--offline").exit_code == 0


def test_a_cache_that_cannot_be_written_ends_the_command(orders: Remote) -> None:
    assert orders.bare.exists()
    Path(".catalog").write_text("a file")
    done = run("build", "--quiet")
    assert done.exit_code == 2
    assert "the cache" in done.stderr
    assert "cannot be written" in done.stderr


def test_serve_asks_remote_repositories_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "repositories").mkdir()
    remote(tmp_path / "repositories", "orders", {"asyncapi.yaml": SPEC})
    monkeypatch.chdir(tmp_path)
    with served(tmp_path / "repositories") as forge:
        configuration = tmp_path / "catalog.yml"
        configuration.write_text(f"sources: [{{git: '{forge.url}/orders.git'}}]\n")
        run_ = Run(None, Silent(), quiet=True, verbose=False)
        fresh = Fresh(run_, (), tmp_path / "out" / "site", chosen(None, ()), offline=False)
        assert fresh.rebuild()
        assert tmp_path / ".catalog" in fresh.watched().ignored
        asked = len(forge.asked)
        assert asked
        configuration.write_text(configuration.read_text() + "title: Another\n")
        assert fresh.rebuild()
        assert len(forge.asked) == asked
        configuration.write_text(f"sources: [{{git: '{forge.url}/orders.git', ref: main}}]\n")
        assert fresh.rebuild()
        assert len(forge.asked) > asked
    assert (tmp_path / "out/site/index.html").exists()
