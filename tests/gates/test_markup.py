"""The Nu HTML checker finds no error of ours on any kind of page."""

import json
import subprocess
from pathlib import Path

from tests.gates.conftest import judge, program
from tests.kinds import KINDS

THEMES_OWN = (
    ("md-toggle", "Attribute “autocomplete” is only allowed when the input type is"),
    ("md-option", "Attribute “autocomplete” is only allowed when the input type is"),
    ('for="__toc"', "The value of the “for” attribute of the “label” element must be the ID"),
    ('for="__drawer"', "The value of the “for” attribute of the “label” element must be the ID"),
)
"""What the theme writes on every page of any site: part of the element, and of the complaint."""


def test_every_kind_of_page_is_valid_html(site: Path) -> None:
    checker = judge("vnu-jar/build/dist/vnu.jar")
    pages = [str(site / each) for each in KINDS]
    done = subprocess.run(  # noqa: S603  a program we chose, on pages we made
        [program("java"), "-jar", str(checker), "--format", "json", "--errors-only", *pages],
        capture_output=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    ours = [
        (Path(each.get("url", "")).relative_to(f"file:{site}"), each["message"], each["extract"])
        for each in messages
        if not any(
            part in each.get("extract", "") and complaint in each["message"]
            for part, complaint in THEMES_OWN
        )
    ]
    assert ours == []
