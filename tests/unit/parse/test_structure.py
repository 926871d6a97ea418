"""What the standard's objects must be, and what a document must say the same in two places."""

from collections import Counter

import pytest

from catalog_builder.model import Checkout, Finding, Repository, Severity
from catalog_builder.parse import read

INFO = "info: {title: Orders, version: '1'}\n"
CHANNELS = "channels: {c: {}}\n"


def findings(version: str, text: str, **files: str) -> list[Finding]:
    whole = f"asyncapi: {version}\n{INFO}{text}"
    named = {name.replace("_", "."): each.encode() for name, each in files.items()}
    checkout = Checkout(Repository("shop"), {"a.yaml": whole.encode(), **named}, ("a.yaml",))
    return list(read(checkout).findings)


def said(version: str, text: str, **files: str) -> list[tuple[str, str]]:
    return [(each.code, each.message) for each in findings(version, text, **files)]


@pytest.mark.parametrize(
    ("version", "text", "code", "words"),
    [
        (
            "2.6.0",
            "servers: {s: {url: a}}",
            "key-missing",
            "protocol | server",
        ),
        (
            "3.0.0",
            "servers: {s: {protocol: a}}",
            "key-missing",
            "host | server",
        ),
        (
            "3.0.0",
            "servers: {s: {host: h, protocol: a, url: u}}",
            "key-unknown",
            "url | server",
        ),
        (
            "2.3.0",
            "components: {messages: {m: {messageId: m}}}",
            "key-unknown",
            "messageId | message",
        ),
        (
            "2.6.0",
            "components: {messages: {m: {oneOf: [], name: m}}}",
            "key-unknown",
            "name | alternatives",
        ),
        (
            "3.0.0",
            "components: {messageTraits: {t: {payload: {}}}}",
            "key-unknown",
            "payload | message-trait",
        ),
        (
            "3.0.0",
            "components: {messages: {m: {examples: [{mine: 1}]}}}",
            "key-unknown",
            "mine | example",
        ),
        (
            "3.0.0",
            "components: {schemas: {s: {type: text}}}",
            "value-not-allowed",
            "type must be one of array",
        ),
        (
            "3.0.0",
            "components: {schemas: {s: {properties: {p: {required: true}}}}}",
            "value-of-wrong-kind",
            "required must be a list",
        ),
        (
            "3.0.0",
            "components: {schemas: {s: {items: [{minLength: '3'}]}}}",
            "value-of-wrong-kind",
            "minLength must be a number",
        ),
        (
            "3.0.0",
            "components: {schemas: {s: {description: }}}",
            "value-missing",
            "description is left empty; it must be a text",
        ),
        (
            "3.0.0",
            "components: {securitySchemes: {s: {type: oauth}}}",
            "value-not-allowed",
            "type must be one of ",
        ),
        (
            "3.0.0",
            "components: {schemas: {s: {schemaFormat: a/b, schema: {$ref: ./no.json}}}}",
            "reference-unresolved",
            "./no.json",
        ),
        (
            "3.0.0",
            "components: {schemas: {s: {$ref: '#/components/schemas/no'}}}",
            "reference-unresolved",
            "#/components/schemas/no",
        ),
        (
            "3.0.0",
            "components: {schemas: {s: {type: record, fields: []}}}",
            "schema-format-missing",
            "schemaFormat",
        ),
        (
            "2.6.0",
            "tags: {name: a}",
            "value-of-wrong-kind",
            "tags must be a list",
        ),
        (
            "2.6.0",
            "id: no uri",
            "value-not-allowed",
            "id must be a URI",
        ),
    ],
)
def test_a_departure_is_found_wherever_it_stands(
    version: str, text: str, code: str, words: str
) -> None:
    ((found, message),) = said(version, CHANNELS + text)
    assert found == code
    assert all(each in message for each in words.split(" | "))


@pytest.mark.parametrize(
    ("version", "text"),
    [
        ("2.6.0", "x-mine: {a: 1}"),
        ("2.6.0", "servers: {s: {url: a, protocol: kafka, bindings: {kafka: {any: 1}}}}"),
        ("2.3.0", "components: {messages: {m: {oneOf: [{name: a}, {name: b}]}}}"),
        ("2.4.0", "components: {messages: {m: {messageId: m}}}"),
        ("2.6.0", "components: {messages: {m: {payload: {type: record}, schemaFormat: avro}}}"),
        ("3.0.0", "components: {schemas: {s: {mine: 1, items: true, exclusiveMinimum: 3}}}"),
        ("3.0.0", "components: {schemas: {s: {properties: {type: {type: string}}}}}"),
        ("3.0.0", "components: {schemas: {s: {definitions: {a: {}}, $ref: '#/definitions/a'}}}"),
        ("3.1.0", "components: {messages: {m: {payload: {schemaFormat: a/b, schema: {x: 1}}}}}"),
    ],
)
def test_what_the_standard_allows_is_no_departure(version: str, text: str) -> None:
    found = findings(version, CHANNELS + text)
    assert [each for each in found if each.severity is not Severity.INFO] == []


def test_a_departure_in_another_file_stands_there_and_once() -> None:
    messages = "{m: {$ref: ./b.yaml#/m}, n: {$ref: ./b.yaml#/m}}"
    found = findings("3.0.0", f"channels: {{c: {{messages: {messages}}}}}", b_yaml="m: {nam: M}")
    assert [(each.code, str(each.location)) for each in found] == [
        ("reference-to-faulty-file", "shop/a.yaml:3"),
        ("key-unknown", "shop/b.yaml:1"),
    ]


def test_a_file_shows_a_hundred_findings_of_a_kind_and_says_how_many_more() -> None:
    found = findings("3.0.0", CHANNELS + "".join(f"k{n}: 1\n" for n in range(130)))
    assert Counter(each.code for each in found) == {"key-unknown": 100, "findings-cut": 1}
    (cut,) = (each.message for each in found if each.code == "findings-cut")
    assert cut == "30 more findings `key-unknown` of this file are not listed"


@pytest.mark.parametrize(
    ("version", "text", "code"),
    [
        ("2.6.0", "channels: {'a/{id}': {}}", "parameter-missing"),
        ("2.6.0", "channels: {'a': {parameters: {id: {}}}}", "parameter-unused"),
        ("3.0.0", "channels: {a: {address: 'a.{id}', parameters: {no: {}}}}", "parameter-unused"),
        (
            "2.6.0",
            "channels: {a: {publish: {operationId: o}}, b: {publish: {operationId: o}}}",
            "operation-id-twice",
        ),
        (
            "2.6.0",
            CHANNELS + "servers: {s: {url: a, protocol: p, security: [{no: []}]}}",
            "security-unknown",
        ),
        (
            "2.6.0",
            "channels: {c: {publish: {security: [{no: []}]}}}",
            "security-unknown",
        ),
        (
            "3.0.0",
            CHANNELS + "servers: {s: {host: '{zone}.a', protocol: p}}",
            "server-variable-missing",
        ),
        (
            "3.0.0",
            "channels: {c: {messages: {m: {payload: {type: string}, examples: [{payload: 1}]}}}}",
            "example-not-valid",
        ),
    ],
)
def test_what_contradicts_itself_is_found(version: str, text: str, code: str) -> None:
    assert code in {each.code for each in findings(version, text)}


def test_operations_of_one_id_are_named_by_their_channels() -> None:
    text = "channels: {a: {publish: {operationId: o}}, b: {publish: {operationId: o}}}"
    whole = f"asyncapi: 2.6.0\n{INFO}{text}".encode()
    (document,) = read(Checkout(Repository("shop"), {"a.yaml": whole}, ("a.yaml",))).documents
    assert [each.id for each in document.operations] == ["a.publish", "b.publish"]


@pytest.mark.parametrize(
    "reference",
    ["#channels/a~1b", "#/channels/a/b", "./a.yaml/#/channels/a~1b", "/a.yaml#/channels/a~1b"],
)
def test_a_reference_that_only_people_understand_is_followed_and_reported(reference: str) -> None:
    found = said("3.0.0", f"channels: {{a/b: {{}}, c: {{$ref: '{reference}'}}}}")
    assert [code for code, _ in found] == ["reference-misspelt"]


def test_a_reference_in_an_example_is_data_and_said_to_be() -> None:
    text = CHANNELS + (
        "components:\n messages:\n  m:\n   payload: {default: {$ref: 1}, enum: [{$ref: b}]}\n"
        "   examples:\n   - {headers: {h: {$ref: c}}, payload: [{x: {$ref: '#/d'}}]}\n"
    )
    found = [each for each in findings("3.0.0", text) if each.code == "reference-in-data"]
    assert [each.message.split()[2] for each in found] == ["b", "c", "#/d"]
    assert [each.location.line for each in found] == [7, 9, 9]


FAULTY = {
    "common_yaml": "P: {properties: {a: {$ref: 'ids.yaml#/Id'}}}\nQ: {type: object}\n",
    "ids_yaml": "Id: {type: text}\n",
    "right_yaml": "type: object\n",
}


@pytest.mark.parametrize(
    ("reference", "faulty"),
    [
        ("common.yaml#/P", ["ids.yaml"]),
        ("ids.yaml#/Id", ["ids.yaml"]),
        ("right.yaml", []),
    ],
)
def test_a_document_says_which_files_that_it_refers_to_are_faulty(
    reference: str, faulty: list[str]
) -> None:
    text = f"channels: {{c: {{messages: {{m: {{payload:\n  {{$ref: '{reference}'}}}}}}}}}}\n"
    found = findings("3.0.0", text, **FAULTY)
    of_document = [each for each in found if each.location.path == "a.yaml"]
    assert [(each.code, each.location.line) for each in of_document] == [
        ("reference-to-faulty-file", 4) for _ in faulty
    ]
    assert [each.message.split()[4].rstrip(",") for each in of_document] == faulty
