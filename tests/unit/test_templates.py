from pathlib import Path

import pytest

from catalog_builder.templates import Templates, WrongTemplateError


def own(folder: Path, text: str) -> Templates:
    (folder / "events.html").write_text(text)
    return Templates(folder)


def test_an_own_template_replaces_the_shipped_one_of_the_same_name(tmp_path: Path) -> None:
    assert own(tmp_path, "<h1>{{ title }}</h1>").fill("events.html", title="A & B") == (
        "<h1>A &amp; B</h1>"
    )


def test_an_own_template_can_build_on_the_one_it_replaces(tmp_path: Path) -> None:
    templates = own(tmp_path, '{% from "shipped/macros.html" import severity %}{{ severity("x") }}')
    assert '<span class="cat-badge cat-badge--x">x</span>' in templates.fill("events.html")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("\n{{ nothing }}", "events.html:2", "'nothing' is undefined"),
        ("\n\n{% if %}", "events.html:3", "Expected an expression"),
        ('{% include "none.html" %}', "events.html", "there is no template none.html"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_place(
    tmp_path: Path, text: str, place: str, reason: str
) -> None:
    with pytest.raises(WrongTemplateError) as caught:
        own(tmp_path, text).fill("events.html")
    assert f"the template {place} cannot be filled" in str(caught.value)
    assert reason in str(caught.value)


def test_nothing_of_the_disk_outside_the_folders_can_be_included(tmp_path: Path) -> None:
    with pytest.raises(WrongTemplateError):
        own(tmp_path, '{% include "../../etc/passwd" %}').fill("events.html")


def test_an_edited_template_is_filled_as_it_is_now(tmp_path: Path) -> None:
    for text in ("one {{ a }}", "two {{ a }}"):
        (tmp_path / "home.html").write_text(text)
        assert Templates(tmp_path).fill("home.html", a="<") == text.replace("{{ a }}", "&lt;")
