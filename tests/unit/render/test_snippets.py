import ast
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import tree_sitter_c_sharp
import tree_sitter_go
import tree_sitter_java
import tree_sitter_typescript
from tree_sitter import Language, Parser

from catalog_builder.graph import Flow
from catalog_builder.model import (
    Event,
    Json,
    Parameter,
    Payload,
    SchemaFormat,
    Server,
    SharedChannel,
)
from catalog_builder.render import View
from catalog_builder.render.json_text import json_html
from catalog_builder.render.links import Links
from catalog_builder.render.snippet_values import family_of
from catalog_builder.render.snippets import Snippets
from catalog_builder.render.tabs import code_tabs
from catalog_builder.templates import Templates, shipped
from tests.catalogues import HOSTILE_NAMES, catalogue

PROTOCOLS = (
    *("kafka", "kafka-secure", "amqp", "amqps", "mqtt", "secure-mqtt", "nats", "ws", "wss"),
    *("sns", "sqs", "http", "https", "solace", "jms", "ibmmq", "ibmmq-secure", "googlepubsub"),
    *("stomp", "stomps", "mercure", "pulsar", "pulsar+ssl", "redis", "rediss"),
)
SPOKEN = {"jms": ("java",), "stomp": ("python", "typescript", "go")}
"""Languages of the protocols that have no usual library in each of them."""
GRAMMARS = {
    "python": None,
    "java": tree_sitter_java.language,
    "typescript": tree_sitter_typescript.language_typescript,
    "go": tree_sitter_go.language,
    "csharp": tree_sitter_c_sharp.language,
}
NASTY = (
    *HOSTILE_NAMES,
    "quote \" and ' and `",
    "back \\ slash \\",
    "two\nlines\r\nand\ta tab",
    "ends in \\",
    '"""',
    "${a} {b} {{c}} %s #{d}",
    "// */ /* # -- ]]>",
    "\u2028\u2029\u202e\ufeff\x00\x7f\x85",
    "half \ud800 a pair",
    "\\u000a \\u0022",
)
QUEUES: Mapping[str, Json] = {
    "ibmmq": {"destinationType": "queue", "queue": {"objectName": 'Q"1'}},
    "jms": {"destinationType": "fifo-queue", "destination": "orders"},
}
EXAMPLE = {
    "id": 'a"b\\c',
    "ok": True,
    "none": None,
    "lines": [{"text": "`tick` <b> & co"}],
    "x": [],
}
BINDINGS: Mapping[str, Json] = {
    "amqp": {"is": "routingKey", "exchange": {"name": "ex", "vhost": "/v"}}
}


def codes(
    protocol: str,
    *,
    address: str = "a.{b}.c",
    example: Json = EXAMPLE,
    key: str | None = "k1",
    bindings: Mapping[str, Json] = BINDINGS,
    payload: Payload | None = None,
) -> Iterator[tuple[str, str, str]]:
    """Action, language and code."""
    server = Server("s", "broker.example:1234", protocol)
    channel = SharedChannel("placed", address, protocol, servers=(server,), bindings=bindings)
    channel = replace(channel, parameters=(Parameter("b", examples=("eu",)),))
    keyed = Payload(SchemaFormat.JSON_SCHEMA, {"type": "string", "const": key}) if key else None
    event = Event("placed", address, key=keyed, payload=payload)
    made = catalogue("orders sends placed", "x receives placed", events=[event], channels=[channel])
    view = View(made, Flow(made))
    for snippet in Snippets(Templates()).of(view, made.event["placed"], example):
        for language, _, code in snippet.codes():
            yield snippet.title, language, html.unescape(str(code))


@cache
def parser(language: str) -> Parser:
    grammar = GRAMMARS[language]
    assert grammar is not None
    return Parser(Language(grammar()))


def faults(language: str, text: str) -> list[str]:
    """Where a parser of the language stumbles."""
    if language == "python":
        try:
            ast.parse(text)
        except SyntaxError as error:
            return [str(error)]
        return []
    root = parser(language).parse(text.encode()).root_node
    found, left = [], [root] if root.has_error else []
    while left:
        node = left.pop()
        if node.is_error or node.is_missing:
            found.append(f"{node.start_point}: {node.type}")
        left += [each for each in node.children if each.has_error or each.is_missing]
    return found


def code(protocol: str, title: str, language: str, payload: Payload | None = None) -> str:
    every = codes(protocol, payload=payload)
    return next(text for each, name, text in every if (each, name) == (title, language))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol_is_spoken_both_ways_wherever_it_has_a_usual_library(protocol: str) -> None:
    languages = SPOKEN.get(family_of(protocol), tuple(GRAMMARS))
    assert [(title, language) for title, language, _ in codes(protocol)] == [
        (title, language) for title in ("Send", "Read") for language in languages
    ]


@pytest.mark.parametrize("protocol", [each for each in PROTOCOLS if each != "jms"])
def test_code_in_python_holds_the_example(protocol: str) -> None:
    sent = ast.parse(code(protocol, "Send", "python"))
    values = [
        node.value
        for node in ast.walk(sent)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "event"
    ]
    assert [ast.literal_eval(value) for value in values] == [EXAMPLE]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_code_is_code_whatever_stands_in_it(protocol: str) -> None:
    found = chain(
        codes(protocol),
        codes(protocol, key=None),
        codes(protocol, bindings=QUEUES),
        *(codes(protocol, address=name, example={name: name}, key=name) for name in NASTY),
    )
    for title, language, text in dict.fromkeys(found):
        assert faults(language, text) == [], (title, language, text)
        assert not re.search("{%|[\ue000\ue001\u202e]", text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "a = ["),
        ("java", "class A { void b() { c(; } }"),
        ("typescript", "const a = {"),
        ("go", "package main\nfunc a() { b( }"),
        ("csharp", 'var a = "b'),
    ],
)
def test_what_is_no_code_is_noticed(language: str, text: str) -> None:
    assert faults(language, text) != []


def test_addresses_are_filled_to_send_and_have_wildcards_to_read() -> None:
    assert '"a.eu.c"' in code("mqtt", "Send", "python")
    assert '"+"' in code("mqtt", "Read", "python")
    assert '"a.*.c"' in code("nats", "Read", "go")
    assert 'key="k1"' in code("kafka", "Send", "python")
    assert '"amqps://broker.example:1234/%2Fv"' in code("amqps", "Send", "csharp")
    assert "tls_set" in code("secure-mqtt", "Read", "python")
    assert "tls_set" not in code("mqtt", "Read", "python")


SECURED = {
    "python": "SSLCipherSpec=",
    "java": "setSSLCipherSuite",
    "typescript": ".SSLCipherSpec =",
    "go": ".SSLCipherSpec =",
    "csharp": "SSL_CIPHER_SPEC_PROPERTY",
}


@pytest.mark.parametrize(("language", "told"), SECURED.items())
def test_queue_managers_are_spoken_to_in_secret_where_the_servers_say_so(
    language: str, told: str
) -> None:
    for title in ("Send", "Read"):
        assert told in code("ibmmq-secure", title, language)
        assert told not in code("ibmmq", title, language)


def test_a_payload_that_is_not_json_is_said_to_be_none() -> None:
    avro = Payload(SchemaFormat.AVRO, {"type": "record", "name": "A", "fields": []})
    first = code("kafka", "Send", "java", payload=avro).splitlines()[0]
    assert first == "// The payload is Avro: encode and decode it with placed.avsc, not as JSON."


def test_an_event_on_an_unknown_protocol_has_none() -> None:
    assert list(codes("carrier-pigeon")) == []


def test_an_owner_replaces_one_snippet(tmp_path: Path) -> None:
    (tmp_path / "snippets/kafka").mkdir(parents=True)
    (tmp_path / "snippets/kafka/python").write_text("from acme import bus\nbus({{ address }})\n")
    channel = SharedChannel("placed", "orders", "kafka")
    made = catalogue("orders sends placed", channels=[channel])
    view = View(made, Flow(made))
    snippets = Snippets(Templates(tmp_path)).of(view, made.event["placed"], {})
    assert str(snippets[0].codes()[0][2]) == 'from acme import bus\nbus("orders")'
    assert "KafkaProducer" in snippets[0].codes()[1][2]


def test_every_family_has_its_templates() -> None:
    folders = {path.name for path in (shipped() / "pages" / "snippets").iterdir()}
    assert folders == {family_of(each) for each in PROTOCOLS}


def test_a_page_holds_what_is_its_events_own_and_the_way_to_the_rest() -> None:
    channel = SharedChannel("placed", "a</script>", "kafka")
    made = catalogue("orders sends placed", channels=[channel])
    view, snippets = View(made, Flow(made)), Snippets(Templates())
    send, read = snippets.of(view, made.event["placed"], {})
    assert (send.title, send.kind, send.values["address"]) == ("Send", "kafka", '"a</script>"')
    assert {send.path, read.path} <= {each.path for each in snippets.files(view)}
    html = str(code_tabs(Links("../", directory_urls=False), "Code", [], [send, read]))
    assert "</script>" not in html[html.index("[[") : html.index("]]")]
    assert html.count(f'<script defer src="../{send.path}"></script>') == 1
    assert "Producer" not in html


def test_snippets_of_an_example_that_no_file_can_hold_stand_in_the_page() -> None:
    channel = SharedChannel("placed", "a", "kafka")
    made = catalogue("orders sends placed", channels=[channel])
    example = "a\ud800"
    snippets = Snippets(Templates()).of(View(made, Flow(made)), made.event["placed"], example)
    panes = [("Example", json_html(example), "json")]
    html = str(code_tabs(Links("../", directory_urls=False), "Code", panes, snippets, 1))
    assert 'event = "a\\ud800"' in html
    assert "cat-snippets" not in html
