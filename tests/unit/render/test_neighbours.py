import json

import jsonschema_rs
import orjson

from catalog_builder.graph import Flow
from catalog_builder.model import (
    Belonging,
    Catalog,
    Event,
    Example,
    Field,
    Finding,
    Location,
    Payload,
    SchemaFormat,
    Severity,
    Shape,
    SharedChannel,
)
from catalog_builder.render import View, render
from catalog_builder.templates import Templates
from tests.catalogues import catalogue, hostile_catalogue

SCHEMA = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}

NUMBER = Field("id", "string", required=True, format="a|b", description="Its *number*.")


def files_of(made: Catalog) -> dict[str, bytes]:
    files = render(
        View(made, Flow(made)), Templates(), directory_urls=False, pictures={}, contents={}
    )
    beside = {n.file.path: n.file.content() for page in files.pages for n in page.neighbours}
    return beside | {each.path: each.content() for each in files.raw if "llms" in each.path}


def event(id_: str = "placed", **words: object) -> Event:
    known: dict[str, object] = {
        "payload": Payload(SchemaFormat.JSON_SCHEMA, SCHEMA),
        "shape": Shape(fields=(NUMBER,)),
    }
    return Event(id_, "Placed", **known | words)  # type: ignore[arg-type]  # the fields of Event


def test_the_json_of_an_event_is_its_record_of_the_catalogue_with_all_that_concerns_it() -> None:
    made = catalogue(
        "orders sends placed",
        "billing receives placed",
        "billing receives paid",
        events=[event()],
        channels=[SharedChannel("placed", "orders.placed", "kafka")],
    )
    record = json.loads(files_of(made)["events/placed.json"])
    assert record["event"]["fields"][0]["path"] == "id"
    assert [each["service"] for each in record["relations"]] == ["billing", "orders"]
    assert [each["join"] for each in record["relations"]] == [0, 0]
    assert len(record["event"]["joins"]) == 1
    assert [each["id"] for each in record["services"]] == ["billing", "orders"]
    assert [each["address"] for each in record["channels"]] == ["orders.placed"]


def test_the_schema_beside_a_page_accepts_what_the_event_may_carry() -> None:
    schema = json.loads(files_of(catalogue(events=[event()]))["events/placed.schema.json"])
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    validator = jsonschema_rs.validator_for(schema)
    assert validator.is_valid({"id": "1"})
    assert not validator.is_valid({})


def test_the_json_of_an_event_names_the_file_of_its_schema_rather_than_say_it_again() -> None:
    avro = {"type": "record", "name": "Placed", "fields": [{"name": "id", "type": "bytes"}]}
    odd = Payload(SchemaFormat.UNKNOWN, "<x/>", "application/xml")
    files = files_of(
        catalogue(
            events=[
                event("as-json"),
                event("as-json.schema"),
                event("in-avro", payload=Payload(SchemaFormat.AVRO, avro)),
                event("in-raml", payload=Payload(SchemaFormat.RAML, {"type": "string"})),
                event("odd", payload=odd),
            ]
        )
    )
    told = {
        name: json.loads(files[f"events/{name}.json"])["event"]
        for name in ("as-json", "in-avro", "in-raml", "odd")
    }
    assert {name: each.get("payload_file") for name, each in told.items()} == {
        "as-json": "as-json.schema-.json",
        "in-avro": "in-avro.avsc",
        "in-raml": None,
        "odd": None,
    }
    assert {name: each.get("payload") for name, each in told.items()} == {
        "as-json": None,
        "in-avro": None,
        "in-raml": {"type": "string"},
        "odd": "<x/>",
    }


def test_an_avro_schema_is_there_in_its_own_language_too() -> None:
    avro = {"type": "record", "name": "Placed", "fields": [{"name": "id", "type": "bytes"}]}
    files = files_of(catalogue(events=[event(payload=Payload(SchemaFormat.AVRO, avro))]))
    assert json.loads(files["events/placed.avsc"]) == avro
    schema = json.loads(files["events/placed.schema.json"])
    assert jsonschema_rs.validator_for(schema).is_valid({"id": "1"})
    assert b"\\u0000" not in files["events/placed.schema.json"]


def test_no_two_events_share_a_file() -> None:
    made = catalogue(events=[event("placed"), event("placed.schema")])
    assert set(files_of(made)) == {
        "events/placed.json",
        "events/placed.md",
        "events/placed.schema-.json",
        "events/placed.schema.json",
        "events/placed.schema.md",
        "events/placed.schema.schema.json",
        "llms.txt",
    }


def test_the_markdown_of_an_event_says_what_its_page_says() -> None:
    finding = Finding(
        "code", Severity.WARNING, "Wrong.", "Mend.", Location("orders", "a.yaml", 3), event="placed"
    )
    made = catalogue(
        "orders sends placed",
        events=[event(description="# Big\n\nText", examples=(Example(payload={"id": "7"}),))],
        findings=[finding],
    )
    text = files_of(made)["events/placed.md"].decode()
    assert text.startswith("# Placed\n")
    assert "\n### Big\n" in text
    assert "\n| `id` | string (a\\|b) | required | Its number |\n" in text
    assert '\n## Example\n\n```json\n{\n  "id": "7"\n}\n```\n' in text
    assert "\nCertain: Both documents name the same address.\n\n- orders (nobody's yet) " in text
    assert "\nNobody, as far as the specifications say.\n" in text
    assert "\n- warning `code`: Wrong. Mend. [`orders/a.yaml:3`]" in text


def test_llms_txt_names_every_event_by_its_domain() -> None:
    made = catalogue(events=[event(summary="An [order] was placed.")])
    assert "\n- [Placed](events/placed.md): An [order] was placed.\n" in (
        files_of(made)["llms.txt"].decode()
    )


def test_of_very_many_events_llms_txt_leads_to_files_of_each_domain() -> None:
    names = [f"e{number:04}" for number in range(1001)]
    domains = ["Big [one]"] * 600 + [""] * 401
    made = catalogue(
        events=[
            event(id_, domain=Belonging(domain)) for id_, domain in zip(names, domains, strict=True)
        ]
    )
    files = files_of(made)
    root = files["llms.txt"].decode()
    assert "## Big [one]\n\n- [Placed](llms/big-one-1.txt): 500 events\n" in root
    assert "\n- [Placed](llms/big-one-2.txt): 100 events\n" in root
    assert "## Without a domain\n\n- [Placed](llms/1.txt): 401 events\n" in root
    assert "events/" not in root
    told = "".join(text.decode() for path, text in files.items() if path.startswith("llms/"))
    assert [told.count(f"](../events/{each}.md)") for each in names] == [1] * len(names)


def test_hostile_names_leave_every_file_readable() -> None:
    for path, content in files_of(hostile_catalogue()).items():
        text = content.decode()
        assert text.endswith("\n")
        if path.endswith(".json"):
            orjson.loads(text)
