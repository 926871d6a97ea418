"""Registered schemas from a registry to the pages and `catalog.json`."""

from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import orjson
import pytest
from click.testing import CliRunner, Result

from catalog_builder.cli import main
from catalog_builder.render.exports import SCHEMA
from tests.registries import Registry, running

SPECIFICATION = """\
asyncapi: 3.0.0
info: {title: Shop, version: 1.0.0}
channels:
  orders: {address: orders, messages: {placed: {name: OrderPlaced}}}
  payments:
    address: payments
    messages:
      paid:
        name: PaymentMade
        payload: {type: object, properties: {id: {type: string}, total: {type: string}}}
operations:
  place: {action: send, channel: {$ref: '#/channels/orders'}}
  pay: {action: send, channel: {$ref: '#/channels/payments'}}
"""


def record(name: str, **types: object) -> dict[str, object]:
    fields = [{"name": field, "type": type_} for field, type_ in types.items()]
    return {"type": "record", "name": name, "namespace": "acme", "fields": fields}


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """A running registry, and a configuration here that names it."""
    made = Registry()
    made.register(
        "orders-value",
        record("Order", customer="acme.Customer"),
        references={"acme.Customer": ("customer", 1)},
    )
    made.register("customer", record("Customer", email="string"))
    made.register("payments-value", record("Payment", id="string", total="long"))
    made.register("returns-value", record("Return"))
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop/asyncapi.yaml").write_text(SPECIFICATION)
    monkeypatch.chdir(tmp_path)
    with running(made) as server:
        link = "https://ui.example.com/{subject}/{version}"
        Path("catalog.yml").write_text(
            f'sources:\n  - path: shop\n  - registry: {{url: "{server.url}", link: "{link}"}}\n'
        )
        yield made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.usefixtures("registry")
def test_the_pages_say_what_is_registered() -> None:
    assert run("build").exit_code == 0
    placed = Path("site/events/order-placed.html").read_text()
    assert "From the schema registry" in placed
    assert '<a href="https://ui.example.com/orders-value/1" rel="noopener">' in placed
    assert "email" in placed
    paid = Path("site/events/payment-made.html").read_text()
    assert "Registered as" in paid
    assert "payments-value</code></a>, version 1" in paid
    assert "registered-schema-differs" in paid
    health = Path("site/health/index.html").read_text()
    assert "registered-schema-unused" in health


def test_the_export_has_what_is_registered_also_when_the_registry_is_down(
    registry: Registry,
) -> None:
    first = orjson.loads(run("export", "json").stdout)
    registry.authorization = "Bearer somebody"
    second = orjson.loads(run("export", "json").stdout)
    jsonschema_rs.Draft202012Validator(orjson.loads(SCHEMA)).validate(first)
    placed, paid = first["events"]
    assert [each["path"] for each in placed["fields"]] == ["customer", "customer.email"]
    assert placed["registered"][0]["is_payload"]
    assert (paid["schema_format"], paid["registered"][0]["subject"]) == (
        "json-schema",
        "payments-value",
    )
    codes = {each["code"] for each in first["findings"]}
    assert {"registered-schema-differs", "registered-schema-unused"} <= codes
    assert "event-without-schema" not in codes
    assert second["events"] == first["events"]
    assert {each["code"] for each in second["findings"]} - codes == {"registry-failed"}


def test_a_registry_that_fails_costs_nothing_else(registry: Registry) -> None:
    registry.authorization = "Bearer somebody"
    found = orjson.loads(run("export", "json").stdout)
    assert [each["id"] for each in found["events"]] == ["order-placed", "payment-made"]
    assert "registered" not in found["events"][0]
    assert run("crawl").stdout.count("refused") == 1
