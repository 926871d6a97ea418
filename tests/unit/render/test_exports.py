import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from typing import get_type_hints

import jsonschema_rs
import orjson
import pytest

from catalog_builder.graph import Flow
from catalog_builder.model import (
    Action,
    Belonging,
    Catalog,
    Change,
    ChangeKind,
    Commit,
    Confidence,
    Contact,
    Deprecation,
    Difference,
    DocumentLink,
    Event,
    Example,
    Expectation,
    Field,
    Finding,
    Json,
    Location,
    Parameter,
    Payload,
    RegisteredVersion,
    Relation,
    SchemaFormat,
    Server,
    Service,
    Severity,
    Shape,
    SharedChannel,
    Side,
    Subject,
    Target,
    Variant,
    Viewpoint,
)
from catalog_builder.render.exports import EXPORTS, SCHEMA
from tests.catalogues import HOSTILE_NAMES, catalogue, hostile_catalogue

CHANNEL = SharedChannel(
    "placed",
    "orders.{region}.placed",
    "kafka",
    title="Placed orders",
    servers=(Server("prod", "kafka.example.com:9092", "kafka", environment="production"),),
    parameters=(Parameter("region", "Where", ("eu", "us"), "eu", ("eu",)),),
    bindings={"kafka": {"topic": "orders.placed"}},
    sends=("orders",),
    receives=("billing",),
    delivers_to=("orders-inbox",),
    source=Location("orders", "asyncapi.yaml", 9),
)
LINES = Field(
    "lines", "array of object", step="[]", fields=(Field("sku", "string", required=True),)
)
CARD = Variant("Card", 'type = "card"', fields=(Field("pan", "string", sensitive=True),))
EVENT = Event(
    "placed",
    "OrderPlaced",
    version=Belonging("1.2.0", "version of the document"),
    lifecycle=Belonging("deprecated", "`deprecated` of the message"),
    deprecation=Deprecation("2026-01-01", "2027-01-01", "OrderPlacedV2"),
    domain=Belonging("sales", "configuration"),
    team=Belonging("shop", "CODEOWNERS"),
    owner="orders",
    payload=Payload(
        SchemaFormat.JSON_SCHEMA, {"type": "object"}, origin=Target("orders", "placed.json")
    ),
    headers=Payload(SchemaFormat.AVRO, {"type": "string"}),
    expectations=(Expectation(("billing",), Shape(fields=(Field("note", "string"),))),),
    shape=Shape(
        fields=(
            LINES,
            Field("status", "string", enum=('"new"', '"paid"'), default='"new"', nullable=True),
            Field("note", "string", default="null"),
        ),
        variants=(CARD,),
    ),
    examples=(Example({"status": "new"}, name="new"),),
    source=Location("orders", "asyncapi.yaml", 12),
    identity="https://example.com/placed.json",
)
FINDING = Finding(
    "event-without-consumer",
    Severity.INFO,
    "No service is known to receive it.",
    "Add one.",
    Location("orders", "asyncapi.yaml", 4, 2),
    event="placed",
)
ORDERS = Service(
    "orders",
    "Orders",
    "1.0.0",
    domain=Belonging("sales", "configuration"),
    team=Belonging("shop", "CODEOWNERS"),
    contact=Contact("Shop", email="shop@example.com"),
    documents=(
        DocumentLink(
            Location("orders", "asyncapi.yaml"),
            "3.0.0",
            Viewpoint.CLIENT,
            (Location("orders", "copy.yaml"),),
            Commit("beef", "2026-03-02T10:00:00Z", "Ann Ng", "Bound it"),
        ),
    ),
)
CHANGES = (
    Change(
        ChangeKind.CHANGED,
        "OrderPlaced",
        "placed",
        "orders",
        Action.SEND,
        Location("orders", "asyncapi.yaml"),
        address="orders.{region}.placed",
        commit=Commit("beef", "2026-03-02T10:00:00Z", "Ann Ng", "Bound it"),
        before=Commit("c0ffee", "2026-03-01T10:00:00Z"),
        version="1.2.0",
        differences=(
            Difference("field-removed", "is gone", "total", breaks=(Side.CONSUMERS,)),
            Difference("event-described", "is described in other words", part="event"),
        ),
    ),
    Change(
        ChangeKind.KNOWN,
        "OrderPlaced",
        "placed",
        "orders",
        None,
        Location("orders", "asyncapi.yaml"),
        commit=Commit("c0ffee", "2026-03-01T10:00:00Z"),
    ),
)
SHOP = replace(
    catalogue(
        "orders sends placed",
        "billing receives placed",
        services=[ORDERS],
        events=[EVENT],
        channels=[CHANNEL],
        findings=[FINDING],
    ),
    changes=CHANGES,
)
VALIDATOR = jsonschema_rs.validator_for(orjson.loads(SCHEMA))


def _exported(name: str, catalog: Catalog) -> bytes:
    return EXPORTS[name].write(catalog, Flow(catalog))


def _json(catalog: Catalog) -> Json:
    return orjson.loads(_exported("json", catalog))


def _plain(text: str) -> str:
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("catalog", [SHOP, hostile_catalogue(), Catalog("Empty")])
def test_the_order_of_what_is_known_changes_no_byte(name: str, catalog: Catalog) -> None:
    reversed_catalog = replace(
        catalog,
        repositories=catalog.repositories[::-1],
        services=catalog.services[::-1],
        channels=catalog.channels[::-1],
        events=catalog.events[::-1],
        relations=catalog.relations[::-1],
        findings=catalog.findings[::-1],
        changes=catalog.changes[::-1],
    )

    assert _exported(name, catalog) == _exported(name, reversed_catalog)


@pytest.mark.parametrize("catalog", [SHOP, hostile_catalogue(), Catalog("Empty")])
def test_the_catalogue_as_json_is_what_its_schema_says(catalog: Catalog) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(_json(catalog))] == []


def test_the_schema_describes_every_property_and_allows_no_other() -> None:
    records = list(_records(orjson.loads(SCHEMA)))

    assert jsonschema_rs.meta.is_valid(orjson.loads(SCHEMA))
    assert len(records) > 10
    for record in records:
        assert record["additionalProperties"] is False
        assert all(each["description"] for each in record["properties"].values())


def _records(schema: Json) -> Iterator[Json]:
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        for below in schema.values():
            yield from _records(below)


def test_an_event_as_json_tells_all_that_is_known_of_it() -> None:
    assert _json(SHOP)["events"] == [
        {
            "id": "placed",
            "name": "OrderPlaced",
            "title": "",
            "summary": "",
            "description": "",
            "version": "1.2.0",
            "version_source": "version of the document",
            "lifecycle": "deprecated",
            "lifecycle_source": "`deprecated` of the message",
            "deprecated": True,
            "deprecation": {
                "since": "2026-01-01",
                "removal": "2027-01-01",
                "successor": "OrderPlacedV2",
            },
            "domain": "sales",
            "domain_source": "configuration",
            "team": "shop",
            "team_source": "CODEOWNERS",
            "owner": "orders",
            "content_type": "",
            "schema_format": "json-schema",
            "payload": {"type": "object"},
            "payload_origin": {"repository": "orders", "path": "placed.json", "pointer": ""},
            "type": "object",
            "fields": [
                _field("lines", "array of object"),
                _field("lines[].sku", required=True),
                _field("status", nullable=True, enum=["new", "paid"], default="new"),
                _field("note", default=None),
                _field("pan", sensitive=True, variant="Card"),
            ],
            "variants": [{"name": "Card", "when": 'type = "card"', "type": "object"}],
            "headers": {
                "schema_format": "avro",
                "schema_media_type": "",
                "schema": {"type": "string"},
                "root": "",
                "imports": {},
                "origin": None,
            },
            "header_type": "object",
            "examples": [
                {"name": "new", "summary": "", "payload": {"status": "new"}, "headers": None}
            ],
            "identity": "https://example.com/placed.json",
            "channels": ["placed"],
            "producers": ["orders"],
            "consumers": ["billing"],
            "joins": [
                {
                    "rule": "same-address",
                    "reason": "Both documents name the same address.",
                    "confidence": "certain",
                }
            ],
            "expectations": [{"services": ["billing"], "fields": ["note"]}],
            "source": _place("orders", 12),
        }
    ]


def _field(path: str, kind: str = "string", **known: Json) -> Json:
    return {"path": path, "type": kind, **known}


def _file(repository: str, path: str = "asyncapi.yaml") -> Json:
    return {
        "repository": repository,
        "path": path,
        "commit": "c0ffee",
        "url": f"{repository}/{path}",
    }


def _commit(id_: str, date: str, author: str = "", subject: str = "") -> Json:
    url = "orders/asyncapi.yaml"
    return {"id": id_, "date": date, "author": author, "subject": subject, "url": url}


def _place(repository: str, line: int) -> Json:
    return {**_file(repository), "line": line}


def test_a_change_as_json_says_what_departs_and_whom_it_breaks() -> None:
    assert _json(SHOP)["changes"] == [
        {
            "kind": "changed",
            "verdict": "breaking",
            "side": "consumers",
            "event": "placed",
            "name": "OrderPlaced",
            "address": "orders.{region}.placed",
            "service": "orders",
            "action": "send",
            "repository": "orders",
            "path": "asyncapi.yaml",
            "commit": _commit("beef", "2026-03-02T10:00:00Z", "Ann Ng", "Bound it"),
            "before": _commit("c0ffee", "2026-03-01T10:00:00Z"),
            "version": "1.2.0",
            "differences": [
                {
                    "kind": "field-removed",
                    "part": "payload",
                    "path": "total",
                    "variant": "",
                    "words": "is gone",
                    "breaks": ["consumers"],
                },
                {
                    "kind": "event-described",
                    "part": "event",
                    "path": "",
                    "variant": "",
                    "words": "is described in other words",
                    "breaks": [],
                },
            ],
        }
    ]


@pytest.mark.parametrize(
    ("kind", "section", "under_other_names"),
    [
        (Service, "services", set()),
        (SharedChannel, "channels", {"sends", "receives"}),
        # `registered`, with `is_payload` in it, stands only where something is registered.
        (Event, "events", {"shape", "header_shape", "payload_of", "registered"}),
        (Relation, "relations", set()),
        (Finding, "findings", {"location", "service"}),
        (Change, "changes", {"source", "shape", "age"}),
    ],
)
def test_nothing_that_the_catalogue_knows_is_left_out(
    kind: type[Event], section: str, under_other_names: set[str]
) -> None:
    known = get_type_hints(kind).keys() - under_other_names
    record = orjson.loads(SCHEMA)["properties"][section]["items"]

    assert known <= set(record["properties"])


def test_a_consumer_that_reads_every_field_need_not_name_them_in_json() -> None:
    event = SHOP.events[0]
    every = replace(event, expectations=(Expectation(("billing",), event.shape),))
    exported = _json(replace(SHOP, events=(every, *SHOP.events[1:])))
    VALIDATOR.validate(exported)
    assert exported["events"][0]["expectations"] == [{"services": ["billing"], "is_all": True}]


def test_only_what_says_nothing_is_left_out_of_records() -> None:
    field = Field("a", "", default="false", examples=("0", "false"), required=True)
    event = replace(SHOP.events[0], shape=Shape(fields=(field,)), tags=("x",))
    exported = _json(replace(SHOP, events=(event,)))
    VALIDATOR.validate(exported)
    told = exported["events"][0]
    assert told["fields"] == [
        {"path": "a", "type": "", "required": True, "examples": [0, False], "default": False}
    ]
    assert told["tags"] == ["x"]
    assert told["summary"] == ""
    assert "bindings" not in told


def test_an_event_as_json_tells_what_the_versions_of_its_subject_changed() -> None:
    gone = Difference("field-removed", "is gone", "total", breaks=(Side.CONSUMERS,))
    versions = (RegisteredVersion(2, 41, "", (gone,)), RegisteredVersion(1, 40, is_oldest=True))
    subject = Subject("https://r.example", "a-value", 2, 41, SchemaFormat.AVRO, versions=versions)
    events = (replace(SHOP.events[0], registered=(subject,)), *SHOP.events[1:])
    exported = _json(replace(SHOP, events=events))
    VALIDATOR.validate(exported)
    told = exported["events"][0]["registered"][0]["versions"]
    assert [(each["version"], each["verdict"]) for each in told] == [
        (2, "breaking"),
        (1, "compatible"),
    ]
    assert told[0]["differences"][0]["path"] == "total"


def test_a_service_as_json_tells_all_that_is_known_of_it() -> None:
    assert _json(SHOP)["services"][1] == {
        "id": "orders",
        "name": "Orders",
        "version": "1.0.0",
        "description": "",
        "domain": "sales",
        "domain_source": "configuration",
        "team": "shop",
        "team_source": "CODEOWNERS",
        "contact": {"name": "Shop", "url": "", "email": "shop@example.com"},
        "tags": [],
        "external_docs": "",
        "viewpoint": "client",
        "documents": [
            {
                **_file("orders"),
                "asyncapi": "3.0.0",
                "viewpoint": "client",
                "copies": [_file("orders", "copy.yaml")],
                "changed": _commit("beef", "2026-03-02T10:00:00Z", "Ann Ng", "Bound it"),
            }
        ],
        "sends": ["placed"],
        "receives": [],
    }


def test_a_channel_as_json_tells_all_that_is_known_of_it() -> None:
    assert _json(SHOP)["channels"] == [
        {
            "id": "placed",
            "address": "orders.{region}.placed",
            "protocol": "kafka",
            "servers": [
                {
                    "key": "prod",
                    "host": "kafka.example.com:9092",
                    "protocol": "kafka",
                    "environment": "production",
                }
            ],
            "bindings": {"kafka": {"topic": "orders.placed"}},
            "title": "Placed orders",
            "parameters": [
                {
                    "name": "region",
                    "description": "Where",
                    "enum": ["eu", "us"],
                    "default": "eu",
                    "examples": ["eu"],
                }
            ],
            "services": {"sends": ["orders"], "receives": ["billing"]},
            "delivers_to": ["orders-inbox"],
            "source": _place("orders", 9),
        }
    ]


def test_relations_and_findings_as_json_say_why_and_where() -> None:
    written = _json(SHOP)

    assert written["relations"][0] == {
        "service": "billing",
        "action": "receive",
        "event": "placed",
        "channel": "placed",
        "operation": "on-placed",
        "join": 0,
        "source": _place("billing", 3),
    }
    assert written["findings"] == [
        {
            "code": "event-without-consumer",
            "severity": "info",
            "message": "No service is known to receive it.",
            "hint": "Add one.",
            **_place("orders", 4),
            "column": 2,
            "event": "placed",
        }
    ]


@pytest.mark.parametrize(
    ("odd", "written"),
    [
        pytest.param(2**70, 2**70, id="an integer of more than 64 bits"),
        pytest.param(1 << 100_000, None, id="an integer too long to be meant"),
        pytest.param(float("inf"), None, id="infinity"),
        pytest.param("\ud800", "\ufffd", id="a lone surrogate"),
        pytest.param({1: "one", "\ud800": 2**70}, {"1": "one", "\ufffd": 2**70}, id="odd keys"),
        pytest.param(object(), None, id="no JSON at all"),
    ],
)
def test_a_schema_that_json_cannot_hold_is_written_as_near_as_can_be(
    odd: object, written: Json
) -> None:
    payload = Payload(SchemaFormat.JSON_SCHEMA, {"const": odd})
    catalog = catalogue(events=[Event("odd", "Odd", payload=payload)])

    assert json.loads(_exported("json", catalog))["events"][0]["payload"] == {"const": written}


def test_a_schema_nested_without_end_is_cut() -> None:
    deep: Json = {}
    for _ in range(5_000):
        deep = {"not": deep}
    catalog = catalogue(
        events=[Event("deep", "Deep", payload=Payload(SchemaFormat.JSON_SCHEMA, deep))]
    )

    assert '"not":null' in _exported("json", catalog).decode()


def test_a_default_or_an_enumeration_that_is_not_json_stays_text() -> None:
    shape = Shape(fields=(Field("status", "Status", enum=("ACTIVE",), default="ACTIVE"),))
    catalog = catalogue(events=[Event("odd", "Odd", shape=shape)])

    field = _json(catalog)["events"][0]["fields"][0]
    assert (field["enum"], field["default"]) == (["ACTIVE"], "ACTIVE")


def _hostile_labels() -> set[str]:
    return {_plain(each) for each in HOSTILE_NAMES}


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")
@pytest.mark.parametrize(
    "catalog",
    [
        SHOP,
        hostile_catalogue(),
        Catalog("Empty"),
        catalogue(*(f"{each * 50_000} sends {each * 50_000}" for each in ("x", "\\", '"', "注"))),
    ],
)
def test_graphviz_reads_the_dot_export_whole(catalog: Catalog) -> None:
    flow = Flow(catalog)
    done = subprocess.run(
        ["dot", "-Tdot_json"],  # noqa: S607  wherever the system has it
        input=_exported("dot", catalog),
        capture_output=True,
        check=True,
    )
    drawn = json.loads(re.sub(rb"[\x80-\xff]", b"?", done.stdout), strict=False)

    assert done.stderr == b""
    assert len(drawn.get("objects", ())) == len(flow.nodes)
    assert len(drawn.get("edges", ())) == len(flow.edges)


def test_a_service_is_a_box_and_a_deprecated_event_is_dashed_in_dot() -> None:
    lines = _exported("dot", SHOP).decode().splitlines()

    assert lines[0] == 'digraph "Test" {'
    assert (
        '  "event:placed" [label="OrderPlaced", shape="ellipse", style="dashed", class="event",'
        ' domain="sales", team="shop", version="1.2.0"];'
    ) in lines
    assert (
        '  "service:orders" -> "event:placed" [class="send",'
        ' channels="orders.{region}.placed", protocols="kafka", confidence="certain"];'
    ) in lines


@pytest.mark.parametrize("catalog", [SHOP, hostile_catalogue(), Catalog("Empty")])
def test_graphml_is_read_back_whole(catalog: Catalog) -> None:
    flow = Flow(catalog)
    root = ET.fromstring(_exported("graphml", catalog))  # noqa: S314  written by us just now
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = [_data(each) for each in root.iter(f"{space}node")]
    edges = [(each.get("source"), each.get("target")) for each in root.iter(f"{space}edge")]

    assert [(each["node-kind"], each.get("node-id", "")) for each in nodes] == [
        (each.kind, _plain(each.id)) for each in flow.nodes
    ]
    assert edges == [
        (f"n{flow.nodes.index(source)}", f"n{flow.nodes.index(target)}")
        for source, target in flow.edges
    ]


def _data(element: ET.Element) -> dict[str, str]:
    return {each.get("key", ""): each.text or "" for each in element}


def test_graphml_tells_what_is_known_of_nodes_and_edges() -> None:
    text = _exported("graphml", SHOP).decode()

    assert '<data key="node-deprecated">true</data>' in text
    assert '<data key="edge-confidence">certain</data>' in text
    assert '<data key="edge-channels">orders.{region}.placed</data>' in text


LABEL = r'"(?:[\w .,:/+=()-]|#\d+;)+"'
MERMAID_LINE = re.compile(
    "|".join(
        (
            r"flowchart LR",
            rf" {{2,4}}n\d+(?:\[{LABEL}\]|\(\[{LABEL}\]\))",
            rf"  subgraph d\d+\[{LABEL}\]",
            r"  end",
            r"  n\d+ --> n\d+",
            r"  classDef deprecated stroke-dasharray: 5 5",
            r"  class n\d+(?:,n\d+)* deprecated",
        )
    )
)


@pytest.mark.parametrize("catalog", [SHOP, hostile_catalogue(), Catalog("Empty")])
def test_every_line_of_mermaid_is_of_its_grammar(catalog: Catalog) -> None:
    lines = _exported("mermaid", catalog).decode().splitlines()

    assert [each for each in lines if not MERMAID_LINE.fullmatch(each)] == []


def test_mermaid_groups_services_by_domain_and_marks_what_is_deprecated() -> None:
    assert _exported("mermaid", SHOP).decode().splitlines() == [
        "flowchart LR",
        '  n0(["OrderPlaced"])',
        '  n1["billing"]',
        '  subgraph d1["sales"]',
        '    n2["Orders"]',
        "  end",
        "  n0 --> n1",
        "  n2 --> n0",
        "  classDef deprecated stroke-dasharray: 5 5",
        "  class n0 deprecated",
    ]


def test_csv_has_one_line_a_relation() -> None:
    rows = list(csv.DictReader(io.StringIO(_exported("csv", SHOP).decode(), newline="")))

    assert rows == [
        {
            "service": "billing",
            "service_name": "billing",
            "team": "",
            "domain": "",
            "action": "receive",
            "event": "placed",
            "event_name": "OrderPlaced",
            "version": "1.2.0",
            "channel": "placed",
            "address": "orders.{region}.placed",
            "protocol": "kafka",
            "join_rule": "same-address",
            "confidence": "certain",
            "repository": "billing",
            "path": "asyncapi.yaml",
            "line": "3",
        },
        {
            "service": "orders",
            "service_name": "Orders",
            "team": "shop",
            "domain": "sales",
            "action": "send",
            "event": "placed",
            "event_name": "OrderPlaced",
            "version": "1.2.0",
            "channel": "placed",
            "address": "orders.{region}.placed",
            "protocol": "kafka",
            "join_rule": "same-address",
            "confidence": "certain",
            "repository": "orders",
            "path": "asyncapi.yaml",
            "line": "3",
        },
    ]


def test_csv_is_read_back_whole_and_no_cell_begins_like_a_formula() -> None:
    catalog = hostile_catalogue()
    rows = list(csv.reader(io.StringIO(_exported("csv", catalog).decode(), newline="")))

    assert len(rows) == 1 + len(catalog.relations)
    assert {row[0].removeprefix("'") for row in rows[1:]} == _hostile_labels()
    assert [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r\n]", cell)] == []


@pytest.mark.parametrize("catalog", [SHOP, hostile_catalogue(), Catalog("Empty")])
def test_cytoscape_elements_are_read_back_whole(catalog: Catalog) -> None:
    flow = Flow(catalog)
    elements = orjson.loads(_exported("cytoscape", catalog))["elements"]
    keys = [each["data"]["id"] for each in elements["nodes"]]

    assert len(keys) == len(set(keys)) == len(flow.nodes)
    assert [(each["data"]["source"], each["data"]["target"]) for each in elements["edges"]] == [
        (keys[flow.nodes.index(source)], keys[flow.nodes.index(target)])
        for source, target in flow.edges
    ]


def test_cytoscape_tells_what_is_known_of_nodes_and_edges() -> None:
    written = orjson.loads(_exported("cytoscape", SHOP))

    assert written["elements"]["nodes"][0]["data"] == {
        "id": "event:placed",
        "kind": "event",
        "name": "OrderPlaced",
        "domain": "sales",
        "team": "shop",
        "version": "1.2.0",
        "deprecated": True,
    }
    assert written["elements"]["edges"][1]["data"] == {
        "id": "edge:1",
        "source": "service:orders",
        "target": "event:placed",
        "action": "send",
        "channels": ["orders.{region}.placed"],
        "protocols": ["kafka"],
        "confidence": "certain",
    }


def test_of_several_relations_between_two_the_surest_counts() -> None:
    weak = SHOP.relations[1]._replace(
        operation="again",
        join=replace(SHOP.relations[1].join, confidence=Confidence.GUESS),
    )
    catalog = replace(SHOP, relations=(weak, *SHOP.relations))
    edges = orjson.loads(_exported("cytoscape", catalog))["elements"]["edges"]

    assert [each["data"]["confidence"] for each in edges] == ["certain", "certain"]


def test_every_format_says_what_it_is() -> None:
    assert list(EXPORTS) == ["json", "dot", "graphml", "mermaid", "csv", "cytoscape"]
    for each in EXPORTS.values():
        assert re.fullmatch(r"[a-z]+", each.suffix)
        assert "\n" not in each.description
