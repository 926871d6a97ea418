"""After any change, a site made with what was made before is the site made from nothing."""

import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog_builder.build import build_site
from catalog_builder.config import read_settings
from catalog_builder.model import CatalogError
from catalog_builder.processes import Crew
from catalog_builder.progress import progress_for

SPECS = Path(__file__).parent.parent.parent / "specs"
WORDS = ("order", "placed", "kafka", "string", "team", "events", "true", "1.0.0", "{", "fernwood")


def build(folder: Path, site: Path, jobs: int) -> None:
    build_site(
        read_settings(folder / "catalog.yml"),
        progress_for(io.StringIO(), quiet=True, verbose=False),
        site_dir=site,
        crew=Crew(jobs),
    )


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def pages(site: Path) -> dict[str, int]:
    """Which file each page is."""
    return {path.name: path.stat().st_ino for path in (site / "events").glob("*.html")}


def cold(folder: Path, site: Path) -> dict[str, bytes]:
    """What a site made from nothing holds."""
    aside = folder.parent / "aside"
    (folder / ".catalog").rename(aside)
    try:
        build(folder, site, jobs=1)
        return contents(site)
    finally:
        shutil.rmtree(folder / ".catalog", ignore_errors=True)
        aside.rename(folder / ".catalog")
        shutil.rmtree(site, ignore_errors=True)


def files(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and ".catalog" not in path.parts
    )


def without_a_line(folder: Path, chance: random.Random) -> None:
    path, lines, at = somewhere(folder, chance)
    path.write_text("".join(lines[:at] + lines[at + 1 :]))


def with_a_line_twice(folder: Path, chance: random.Random) -> None:
    path, lines, at = somewhere(folder, chance)
    path.write_text("".join([*lines[: at + 1], *lines[at:]]))


def with_another_word(folder: Path, chance: random.Random) -> None:
    path, lines, at = somewhere(folder, chance)
    words = lines[at].split(" ")
    words[chance.randrange(len(words))] = chance.choice(WORDS)
    path.write_text("".join([*lines[:at], " ".join(words).rstrip("\n") + "\n", *lines[at + 1 :]]))


def without_a_file(folder: Path, chance: random.Random) -> None:
    chance.choice([path for path in files(folder) if path.name != "catalog.yml"]).unlink()


def with_a_repository_twice(folder: Path, chance: random.Random) -> None:
    known = sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")
    shutil.copytree(chance.choice(known), folder / f"copy-{chance.randrange(1000)}")


def somewhere(folder: Path, chance: random.Random) -> tuple[Path, list[str], int]:
    """A line of a file that is read."""
    path = chance.choice([path for path in files(folder) if path.suffix in {".yaml", ".json", ""}])
    lines = path.read_text().splitlines(keepends=True) or ["\n"]
    return path, lines, chance.randrange(len(lines))


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (
    *(with_another_word, without_a_line, with_a_line_twice),
    *(with_another_word, without_a_file, with_a_repository_twice),
)


def edited(folder: Path, chance: random.Random) -> None:
    """The folder with an edit after which there is still a catalogue."""
    chance.choice(EDITS)(folder, chance)


def tried(folder: Path, seed: int, edits: int) -> int:
    """How many pages of events were taken over in so many builds, each the same as a cold one."""
    chance, site, taken = random.Random(seed), folder.parent / "site", 0  # noqa: S311  no secret
    build(folder, site, jobs=2)
    for number in range(edits):
        before = pages(site)
        edited(folder, chance)
        try:
            build(folder, site, jobs=1 + number % 2)
        except CatalogError:  # an edit that leaves nothing to build is no news here
            continue
        taken += sum(before.get(name) == file for name, file in pages(site).items())
        assert contents(site) == cold(folder, folder.parent / "cold")
    return taken


@pytest.mark.parametrize("seed", [1, 2])
def test_edits_of_all_kinds_leave_no_stale_page(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "specs"
    shutil.copytree(SPECS, folder, ignore=shutil.ignore_patterns(".catalog"))
    assert tried(folder, seed, edits=4) > 100


def test_only_pages_that_a_change_concerns_are_made(tmp_path: Path) -> None:
    folder, site = tmp_path / "specs", tmp_path / "site"
    shutil.copytree(SPECS, folder, ignore=shutil.ignore_patterns(".catalog"))
    build(folder, site, jobs=1)
    before = {
        path.relative_to(site).as_posix(): path.stat().st_ino for path in site.rglob("*.html")
    }
    document = folder / "crate-returns/asyncapi.yaml"
    told = document.read_text()
    changed = told.replace("An empty crate is back at a depot.", "A crate is back.")
    assert changed != told
    document.write_text(changed)
    build(folder, site, jobs=1)
    made = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*.html")
        if before.get(path.relative_to(site).as_posix()) != path.stat().st_ino
    }
    assert {each for each in made if "/" in each and "/index" not in each} == {
        "events/crate-returned.html",
        *("events/crate-deposit-credited.html", "events/crate-washed.html"),  # the same document's
        *("services/crate-returns.html", "services/packing-and-loading.html"),
        "channels/crates.returned.html",
        "domains/fulfilment.html",
        "teams/dispatch.html",
    }
