import pytest

from catalog_builder.search import Search
from tests.search.queries import QUERIES


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_the_best_hit_comes_first(demo_search: Search, query: str, expected: str) -> None:
    groups = demo_search.find(query).groups
    assert groups, f"nothing fits {query!r}"
    best = groups[0].hits[0].entry
    assert f"{best.kind} {best.id}" == expected
