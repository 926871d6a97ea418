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


def test_a_place_reads_as_messages_show_it() -> None:
    assert str(Location("orders", "docs/asyncapi.yaml", 12, 3)) == "orders/docs/asyncapi.yaml:12"
    assert str(Location("orders")) == "orders"
