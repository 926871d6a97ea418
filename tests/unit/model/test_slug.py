import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_builder.model import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OrderPlaced", "order-placed"),
        ("HTTPServer2", "http-server2"),
        ("orders.{region}.placed", "orders.region.placed"),
        ("a/b/../../c", "a-b.c"),
        ("Café", "cafe"),
        ("index", "index-1bc04b5"),
        ("..", "x-5ec1f7e"),
    ],
)
def test_a_name_becomes_words_that_a_url_can_hold(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_every_name_has_a_slug_that_any_file_system_takes(name: str) -> None:
    made = slug(name)
    assert 0 < len(made) <= 80
    assert made.isascii()
    assert not set(made) & set('/\\<>:"|?* ')
    assert not made.startswith(".")
    assert not made.endswith(".")


@given(st.text(alphabet="注文支払い", min_size=1), st.text(alphabet="注文支払い", min_size=1))
def test_names_without_any_ascii_letter_stay_apart(first: str, second: str) -> None:
    assert (slug(first) == slug(second)) == (first == second)
