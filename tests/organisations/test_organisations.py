"""Whole organisations, told in `cases/*.txt`: their files, and what a person would expect of them.

A case begins with a sentence; then come sections, each headed by a line that begins with `===`:

    === file PATH     a file; each folder at the top is a repository, unless there is a catalog.yml
    === relations     all there are: `SERVICE sends|reads EVENT on CHANNEL, RULE`, with the ids
    === belongings    `SERVICE: TEAM (SOURCE); DOMAIN (SOURCE)`; left out where it does not matter
    === findings      what joining found, as `CODE REPOSITORY/PATH`; nothing when this is left out
    === turned        the relations when each `viewpoint-suspect` has got the line that it proposes
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_builder.assemble import CODES, assemble
from catalog_builder.config import Settings, read_settings, settings_for
from catalog_builder.crawl import crawl
from catalog_builder.model import Action, Belonging, Catalog, Reading, Repository
from catalog_builder.parse import read
from tests.unit.assemble.made import SEND, channel, document

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
HEADING = re.compile(r"^=== (\w+) ?(.*)\n", re.MULTILINE)
DOES = {Action.SEND: "sends", Action.RECEIVE: "reads"}
SUSPECT = "viewpoint-suspect"
PROPOSED = re.compile(r"`(- \{.*\})`")
WITHOUT_OWNER = "service-without-owner"
JOINING = {each.code for each in CODES} - {WITHOUT_OWNER}


class Organisation:
    """A case, read."""

    def __init__(self, case: Path, folder: Path) -> None:
        self.folder = folder
        _sentence, *parts = HEADING.split(case.read_text(encoding="utf-8"))
        self.expected: dict[str, list[str]] = {}
        for kind, name, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            if kind == "file":
                file = folder / name.strip()
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            else:
                self.expected[kind] = sorted(text.splitlines())
        self.settings = _settings(folder)
        checkouts = crawl(self.settings).checkouts
        others = {each.repository.url.partition("://")[2]: each for each in checkouts}
        self.readings: list[Reading] = [read(each, others) for each in checkouts]

    def turned(self, catalog: Catalog) -> Catalog:
        """The catalogue with what the findings propose in its configuration."""
        hints = [each.hint for each in catalog.findings if each.code == SUSPECT]
        lines = [PROPOSED.findall(each)[-1] for each in hints]
        sources = [f"- path: {each}" for each in sorted(self.folder.iterdir()) if each.is_dir()]
        configuration = self.folder / "catalog.yml"
        configuration.write_text("\n".join(["sources:", *sources, "viewpoints:", *lines]))
        return assemble(self.readings, read_settings(configuration))


def _settings(folder: Path) -> Settings:
    configuration = folder / "catalog.yml"
    if configuration.exists():
        return read_settings(configuration)
    return settings_for(sorted(each for each in folder.iterdir() if each.is_dir()))


def _relations(catalog: Catalog) -> Iterator[str]:
    for each in catalog.relations:
        yield f"{each.service} {DOES[each.action]} {each.event} on {each.channel}, {each.join.rule}"


def _belongings(catalog: Catalog) -> Iterator[str]:
    for each in catalog.services:
        yield f"{each.id}: {_told(each.team)}; {_told(each.domain)}"


def _told(belonging: Belonging) -> str:
    return f"{belonging.name} ({belonging.source})" if belonging else "-"


def _findings(catalog: Catalog) -> Iterator[str]:
    for each in catalog.findings:
        if each.code in JOINING:
            yield f"{each.code} {each.location.repository}/{each.location.path}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_an_organisation_is_catalogued_as_a_person_would(case: Path, tmp_path: Path) -> None:
    organisation = Organisation(case, tmp_path)
    expected = organisation.expected
    catalog = assemble(organisation.readings, organisation.settings)
    assert sorted(_relations(catalog)) == expected["relations"]
    assert sorted(_findings(catalog)) == expected.get("findings", [])
    if "belongings" in expected:
        assert sorted(_belongings(catalog)) == expected["belongings"]


INVERTED = [each for each in CASES if "\n=== turned" in each.read_text(encoding="utf-8")]


@pytest.mark.parametrize("case", INVERTED, ids=lambda case: case.stem)
def test_with_the_lines_that_the_findings_propose_it_comes_right(
    case: Path, tmp_path: Path
) -> None:
    organisation = Organisation(case, tmp_path)
    catalog = assemble(organisation.readings, organisation.settings)
    turned = organisation.turned(catalog)
    assert sorted(_relations(turned)) == organisation.expected["turned"]
    assert [each for each in turned.findings if each.code == SUSPECT] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_neither_order_nor_repetition_nor_strangers_change_it(case: Path, tmp_path: Path) -> None:
    organisation = Organisation(case, tmp_path)
    readings, settings = organisation.readings, organisation.settings
    stranger = document("Zebra", (SEND, channel("zebra.crossed", "ZebraCrossed")), repository="zoo")
    catalog = assemble(readings, settings)
    assert assemble(readings[::-1], settings) == catalog
    assert assemble([*readings, *readings], settings) == catalog
    with_stranger = assemble([*readings, Reading(Repository("zoo"), (stranger,))], settings)
    assert set(catalog.relations) <= set(with_stranger.relations)
    assert len(with_stranger.relations) == len(catalog.relations) + 1
