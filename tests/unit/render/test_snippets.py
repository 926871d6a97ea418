import ast
import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

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

PROTOCOLS = ("kafka", "kafka-secure", "amqp", "amqps", "mqtt", "secure-mqtt", "nats", "ws", "wss")
OTHERS = ("sns", "sqs", "http", "https")
EXAMPLE = {
    "id": 'a"b\\c',
    "ok": True,
    "none": None,
    "lines": [{"text": "`tick` <b> & co"}],
    "x": [],
}
KEY = Payload(SchemaFormat.JSON_SCHEMA, {"type": "string", "enum": ["k1"]})


def codes(
    protocol: str, *, address: str = "a.{b}.c", example: Json = EXAMPLE, **about: object
) -> Iterator[tuple[str, str, str]]:
    """Action, language and code."""
    server = Server("s", "broker.example:1234", protocol)
    bindings = {"amqp": {"is": "routingKey", "exchange": {"name": "ex", "vhost": "/v"}}}
    channel = SharedChannel("placed", address, protocol, servers=(server,), bindings=bindings)
    channel = replace(channel, parameters=(Parameter("b", examples=("eu",)),))
    event = Event("placed", "Placed", key=KEY, **about)  # type: ignore[arg-type]  # the fields of Event
    made = catalogue("orders sends placed", "x receives placed", events=[event], channels=[channel])
    view = View(made, Flow(made))
    for snippet in Snippets(Templates()).of(view, made.event["placed"], example):
        for language, _, code in snippet.codes():
            yield snippet.title, language, html.unescape(str(code))


def code(protocol: str, title: str, language: str, payload: Payload | None = None) -> str:
    every = codes(protocol, payload=payload)
    return next(text for each, name, text in every if (each, name) == (title, language))


@pytest.mark.parametrize("protocol", [*PROTOCOLS, *OTHERS])
def test_every_protocol_is_spoken_in_every_language_both_ways(protocol: str) -> None:
    languages = ["python", "java", "typescript", "go", "csharp"]
    assert [(title, language) for title, language, _ in codes(protocol)] == [
        (title, language) for title in ("Send", "Read") for language in languages
    ]


@pytest.mark.parametrize("protocol", [*PROTOCOLS, *OTHERS])
def test_python_can_be_parsed_and_holds_the_example(protocol: str) -> None:
    sent = ast.parse(code(protocol, "Send", "python"))
    ast.parse(code(protocol, "Read", "python"))
    values = [
        node.value
        for node in ast.walk(sent)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "event"
    ]
    assert [ast.literal_eval(value) for value in values] == [EXAMPLE]


@pytest.mark.parametrize("protocol", [*PROTOCOLS, *OTHERS])
def test_brackets_close_and_nothing_is_left_of_a_template(protocol: str) -> None:
    for title, language, text in codes(protocol, example={"id": 1}):
        bare = re.sub(r'"(?:[^"\\\n]|\\.)*"', "", text.replace('"""', ""))
        counts = [(bare.count(a), bare.count(b)) for a, b in ("()", "[]", "{}")]
        assert all(opened == closed for opened, closed in counts), (title, language, text)
        assert not re.search("{%|{{ |[\ue000\ue001]", text)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("protocol", ["kafka", "amqp", "mqtt", "http"])
def test_hostile_names_stay_texts(protocol: str, name: str) -> None:
    for title, language, text in codes(protocol, address=name, example={name: name}):
        if language == "python":
            ast.parse(text)
        assert "\u202e" not in text, title


def test_java_parses_where_a_compiler_is(tmp_path: Path) -> None:
    javac = shutil.which("javac")
    if javac is None:
        pytest.skip("no Java compiler here")
    files = []
    for protocol in (*PROTOCOLS, *OTHERS):
        for title, language, text in codes(protocol):
            if language == "java":
                folder = tmp_path / protocol / title.split()[0]
                folder.mkdir(parents=True)
                files.append(folder / f"{title.split()[0]}.java")
                files[-1].write_text(text)
    for file in files:
        done = subprocess.run(  # noqa: S603  the compiler of this machine
            [javac, "-Xdiags:compact", "-d", str(tmp_path), str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        errors = [line for line in done.stderr.splitlines() if "error: " in line]
        missing = ("package ", "cannot find symbol", "error: static import")
        assert [each for each in errors if not any(word in each for word in missing)] == [], file


def test_addresses_are_filled_to_send_and_have_wildcards_to_read() -> None:
    assert '"a.eu.c"' in code("mqtt", "Send", "python")
    assert '"a.+.c"' in code("mqtt", "Read", "python")
    assert '"a.*.c"' in code("nats", "Read", "go")
    assert 'key="k1"' in code("kafka", "Send", "python")
    assert '"amqps://broker.example:1234/%2Fv"' in code("amqps", "Send", "csharp")
    assert "tls_set" in code("secure-mqtt", "Read", "python")
    assert "tls_set" not in code("mqtt", "Read", "python")


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
    assert folders == {family_of(each) for each in (*PROTOCOLS, *OTHERS)}


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
