import pytest

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog
from catalog_builder.render import View
from catalog_builder.search import Index, Search, index_of
from tests.search.queries import SYNONYMS


@pytest.fixture(scope="session")
def demo_index(catalog: Catalog) -> Index:
    return index_of(View(catalog, Flow(catalog)).entries, SYNONYMS)


@pytest.fixture(scope="session")
def demo_search(demo_index: Index) -> Search:
    return Search(demo_index)
