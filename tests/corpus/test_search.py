"""Searching what others wrote: the best hit comes first."""

import io
from pathlib import Path

import pytest

from catalog_builder.build import catalogued
from catalog_builder.config import LocalSource, Settings
from catalog_builder.progress import progress_for
from catalog_builder.render import View
from catalog_builder.search import Search, index_of

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
QUERIES = (
    ("delivered shipment", "event shipment-delivered"),
    ("shipment_deliverd", "event shipment-delivered"),
    ("refnd completed", "event refund-completed"),
    ("transaction reviews", "event transaction-review"),
    ("verifying transaction", "event transaction-verified"),
    ("fraud alerts", "event fraud-alert"),
    ("check ledger manual", "event ffc-pay-quality-check-manual-ledger-check"),
    ("reserve inventory", "event inventory-reserved"),
    ("inventoy released", "event inventory-released"),
    ("category create", "event category-created"),
    ("hub log", "event hub-log"),
    ("device type command", "event device-type-command"),
    ("DeviceGroup", "event device-group-command"),
    ("signed up user", "event user-signed-up"),
    ("handlaggning response", "event handlaggning-response-message"),
    ("handläggning done", "event handlaggning-done-message"),
    ("uppgiftslager status", "event operativt-uppgiftslager-status-message"),
    ("paymentfailed", "event payment-failed"),
    ("fulfilment requested", "event fulfillment-requested"),
    ("vehicle base", "event vehicle-base"),
    ("kafka dto nested", "event nested-payload-dto"),
    ("frn", "field frn"),
    ("ffc-pay-request", "channel ffc-pay-request"),
)


@pytest.fixture(scope="module")
def search() -> Search:
    if not CORPUS.is_dir():
        pytest.skip(f"no corpus beside the project: {CORPUS}")
    settings = Settings(root=CORPUS, sources=(LocalSource("orgs/*/*"),))
    made = catalogued(settings, progress_for(io.StringIO(), quiet=True, verbose=False))
    return Search(index_of(View(made.catalog, made.flow).entries))


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_the_best_hit_comes_first(search: Search, query: str, expected: str) -> None:
    best = search.find(query).groups[0].hits[0].entry
    assert f"{best.kind} {best.id}" == expected
