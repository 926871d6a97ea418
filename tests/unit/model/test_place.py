from dataclasses import replace

import pytest

from catalog_builder.model import Location, Repository

LINK = "https://git.example/{repository}/blob/{commit}/{path}#L{line}"


@pytest.mark.parametrize(
    ("repository", "path", "line", "link"),
    [
        (
            Repository("a", commit="c", link=LINK),
            "x.yaml",
            3,
            "https://git.example/a/blob/c/x.yaml#L3",
        ),
        (
            Repository("a", commit="c", link=LINK),
            "x.yaml",
            0,
            "https://git.example/a/blob/c/x.yaml",
        ),
        (Repository("a", link=LINK), "x.yaml", 3, ""),
        (Repository("a", commit="c"), "x.yaml", 3, ""),
        (
            Repository("a b", commit="c", link=LINK),
            'x"<y>/ü.yaml',
            0,
            "https://git.example/a%20b/blob/c/x%22%3Cy%3E/%C3%BC.yaml",
        ),
    ],
)
def test_a_link_leads_to_the_file_at_its_commit(
    repository: Repository, path: str, line: int, link: str
) -> None:
    assert repository.link_to(path, line) == link


def test_a_file_name_that_is_not_unicode_has_a_link_too() -> None:
    repository = Repository("a", link="https://git.example/{path}")
    assert repository.link_to("\udcff.yaml") == "https://git.example/%ED%B3%BF.yaml"


@pytest.mark.parametrize(
    ("link", "edited"),
    [
        (LINK, "https://git.example/a/edit/main/x.yaml#L3"),
        ("https://g/a/-/blob/{commit}/{path}#L{line}", "https://g/a/-/edit/main/x.yaml#L3"),
        ("https://g/a/src/commit/{commit}/{path}", "https://g/a/_edit/main/x.yaml"),
        ("https://g/a/src/{commit}/{path}", "https://g/a/src/main/x.yaml?mode=edit"),
        ("https://g/a/browse/{path}?at={commit}", ""),
    ],
)
def test_a_file_is_edited_where_its_forge_edits_it(link: str, edited: str) -> None:
    repository = Repository("a", commit="c", link=link, branch="main")
    assert repository.edit_link_to("x.yaml", 3) == edited
    assert replace(repository, branch="").edit_link_to("x.yaml", 3) == ""
    assert replace(repository, branch="c").edit_link_to("x.yaml", 3) == ""


def test_the_owner_says_where_files_are_edited() -> None:
    repository = Repository("a", edit="https://g/{repository}/e/main/{path}")
    assert repository.edit_link_to("b c.yaml") == "https://g/a/e/main/b%20c.yaml"
    branch = replace(repository, edit="https://g/e/{branch}/{path}")
    assert branch.edit_link_to("x.yaml") == ""
    assert replace(branch, branch="next").edit_link_to("x.yaml") == "https://g/e/next/x.yaml"


def test_a_place_reads_as_messages_show_it() -> None:
    assert str(Location("orders", "docs/asyncapi.yaml", 12, 3)) == "orders/docs/asyncapi.yaml:12"
    assert str(Location("orders")) == "orders"
