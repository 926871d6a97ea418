from pathlib import Path

import pytest

import catalog_builder.parse
from catalog_builder.model import (
    Action,
    Channel,
    Checkout,
    CodeOwner,
    Component,
    Contact,
    Deprecation,
    Document,
    Example,
    Location,
    Message,
    Parameter,
    Reading,
    Repository,
    SchemaFormat,
    Server,
    Target,
)
from catalog_builder.parse import CODES, read
from catalog_builder.schema import digest_of

INFO = "info: {title: Orders, version: '1'}\n"


def reading(text: str, **files: str) -> Reading:
    named = {name.replace("__", "/").replace("_", "."): each for name, each in files.items()}
    every = {"docs/a.yaml": text, **named}
    data = {path: each.encode() for path, each in every.items()}
    return read(Checkout(Repository("shop"), data, ("docs/a.yaml",)))


def document(version: str, text: str, **files: str) -> Document:
    (found,) = reading(f"asyncapi: {version}\n{INFO}{text}", **files).documents
    return found


def codes(version: str, text: str, **files: str) -> list[str]:
    found = reading(f"asyncapi: {version}\n{INFO}{text}", **files).findings
    return [each.code for each in found]


def only_message(found: Document) -> Message:
    (message,) = found.channels[0].messages
    return message


@pytest.mark.parametrize("version", ["2.0.0", "2.3.0", "2.6.0"])
def test_a_publish_operation_of_2_x_is_received(version: str) -> None:
    text = "channels: {c: {publish: {message: {name: M}}, subscribe: {message: {name: N}}}}"
    found = document(version, text)
    assert [(each.id, each.action, each.messages) for each in found.operations] == [
        ("c.publish", Action.RECEIVE, ("M",)),
        ("c.subscribe", Action.SEND, ("N",)),
    ]


@pytest.mark.parametrize("version", ["3.0.0", "3.1.0"])
@pytest.mark.parametrize(
    ("messages", "expected"),
    [("", ("m", "n")), (", messages: []", ()), (", messages: [{$ref: '#/x/n'}]", ("n",))],
)
def test_an_operation_of_3_x_carries_what_it_lists_else_all(
    version: str, messages: str, expected: tuple[str, ...]
) -> None:
    listed = messages.replace("#/x", "#/channels/c/messages")
    found = document(
        version,
        "channels: {c: {address: a.b, messages: {m: {}, n: {}}}}\n"
        f"operations: {{o: {{action: send, channel: {{$ref: '#/channels/c'}}{listed}}}}}",
    )
    (operation,) = found.operations
    assert (operation.action, operation.channel, operation.messages) == (
        Action.SEND,
        "c",
        expected,
    )


def test_a_reply_is_an_operation_of_its_own() -> None:
    found = document(
        "3.0.0",
        "channels: {q: {messages: {ask: {}}}, r: {messages: {answer: {}}}}\n"
        "operations:\n"
        "  o:\n"
        "    action: receive\n"
        "    channel: {$ref: '#/channels/q'}\n"
        "    reply: {channel: {$ref: '#/channels/r'}}\n",
    )
    request, reply = found.operations
    assert (request.id, request.action, request.messages) == ("o", Action.RECEIVE, ("ask",))
    assert (reply.action, reply.channel, reply.messages, reply.reply_to) == (
        Action.SEND,
        "r",
        ("answer",),
        "o",
    )


TRAIT = "components: {messageTraits: {t: {title: of trait, headers: {type: object}}}}"


def test_in_2_x_the_trait_wins_and_in_3_x_the_message() -> None:
    message = "{name: M, title: own, traits: [{$ref: '#/components/messageTraits/t'}]}"
    old = document("2.6.0", f"channels: {{c: {{publish: {{message: {message}}}}}}}\n{TRAIT}")
    new = document("3.0.0", f"channels: {{c: {{messages: {{m: {message}}}}}}}\n{TRAIT}")
    assert only_message(old).title == "of trait"
    assert only_message(new).title == "own"
    assert only_message(old).headers == only_message(new).headers
    assert only_message(new).headers is not None


@pytest.mark.parametrize(
    ("message", "identity", "name"),
    [
        ("{messageId: i, name: N}", "i", "N"),
        ("{name: N}", "N", "N"),
        ("{$ref: '#/components/messages/Placed'}", "Placed", "Placed"),
        ("{payload: {title: Order, type: object}}", "Order", "Order"),
        ("{payload: {type: object}}", "c.publish.message", ""),
    ],
)
def test_a_message_of_2_x_is_named_by_what_its_author_named(
    message: str, identity: str, name: str
) -> None:
    text = f"channels: {{c: {{publish: {{message: {message}}}}}}}\ncomponents: {{messages: "
    found = only_message(document("2.6.0", text + "{Placed: {payload: {type: object}}}}"))
    assert (found.id, found.name) == (identity, name)


def test_what_a_converter_left_behind_is_no_name() -> None:
    found = document(
        "3.0.0",
        "channels: {c: {messages: {subscribe.message: {$ref: '#/components/messages/Placed'}}}}\n"
        "components: {messages: {Placed: {}}}",
    )
    assert (only_message(found).id, only_message(found).name) == ("subscribe.message", "Placed")


def test_several_messages_of_an_operation_stand_in_its_channel() -> None:
    text = (
        "channels: {c: {publish: {message: {oneOf: [{name: A}, {name: B}, {name: A, title: x}]}}}}"
    )
    found = document("2.6.0", text)
    assert [each.id for each in found.channels[0].messages] == ["A", "B", "A-2"]
    assert found.operations[0].messages == ("A", "B", "A-2")


def test_a_document_is_read_with_all_that_it_says_of_itself() -> None:
    found = (
        document(
            "3.0.0",
            "id: urn:a\nx-team: pay\nservers:\n"
            "  prod: {host: '{e}.example:9092', pathname: /v, protocol: Kafka,\n"
            "    variables: {e: {default: live}}}\n"
            "channels:\n"
            "  c: {address: 'a.{p}', parameters: {p: {enum: [x], default: x}},\n"
            "    bindings: {kafka: {topic: t}}, tags: [{name: g}], externalDocs: {url: 'http://d'}}\n",
        ).channels,
        document("2.6.0", "servers: {qa: {url: 'mqtt://h:1', protocol: mqtt}}").servers,
    )
    channels, servers = found
    assert channels == (
        Channel(
            key="c",
            address="a.{p}",
            servers=("prod",),
            protocols=("kafka",),
            broker_name="t",
            parameters=(Parameter("p", enum=("x",), default="x"),),
            bindings={"kafka": {"topic": "t"}},
            tags=("g",),
            external_docs="http://d",
            origin=Target("shop", "docs/a.yaml", "/channels/c"),
            line=9,
        ),
    )
    assert servers == (Server("qa", "h:1", "mqtt", environment="test"),)


def test_a_description_is_known_to_stand_in_the_file_that_says_it() -> None:
    shared = (
        "regions: {description: Where.}\n"
        "servers: {live: {host: h, protocol: mqtt, description: Ours.}}\n"
    )
    found = document(
        "3.0.0",
        "servers:\n  live: {$ref: '../shared/all.yaml#/servers/live'}\n"
        "  near: {host: i, protocol: mqtt, summary: Near.}\n"
        "channels:\n  c: {address: '{a}.{b}', parameters: {\n"
        "    a: {$ref: '../shared/all.yaml#/regions'}, b: {description: Here.}}}\n",
        shared__all_yaml=shared,
    )
    here, there = Location("shop", "docs/a.yaml"), Location("shop", "shared/all.yaml")
    assert [each.described_in for each in found.servers] == [there, here]
    assert [each.described_in for each in found.channels[0].parameters] == [there, here]


def test_contact_licence_and_tags_come_from_wherever_the_version_has_them() -> None:
    info = (
        "info: {title: T, version: 2, license: {name: L}, contact: {email: e}, tags: [{name: a}]}"
    )
    (found,) = reading(
        f"asyncapi: 3.0.0\n{info}\ntags: [{{name: b}}]\nchannels: {{c: {{}}}}"
    ).documents
    assert (found.contact, found.licence, found.tags, found.version) == (
        Contact(email="e"),
        "L",
        ("b", "a"),
        "2",
    )


def test_an_address_that_is_null_is_unknown_and_one_left_out_is_the_key() -> None:
    found = document("3.0.0", "channels: {a: {address: null}, b: {}}")
    assert [each.address for each in found.channels] == [None, "b"]


@pytest.mark.parametrize(
    ("said", "deprecation"),
    [
        ("x-deprecated: {since: 2024-01-01, successor: N}", Deprecation("2024-01-01", "", "N")),
        ("x-deprecated: true", Deprecation()),
        ("x-deprecated: false", None),
        ("x-lifecycle: deprecated", Deprecation()),
        ("payload: {deprecated: true}", Deprecation()),
        ("payload: {type: object}", None),
    ],
)
def test_a_deprecation_is_known_however_it_is_said(
    said: str, deprecation: Deprecation | None
) -> None:
    found = document("3.0.0", f"channels: {{c: {{messages: {{m: {{{said}}}}}}}}}")
    assert only_message(found).deprecation == deprecation


@pytest.mark.parametrize(
    ("examples", "expected"),
    [
        ("[{name: e, payload: {a: 1}, headers: {h: 2}}]", Example({"a": 1}, {"h": 2}, "e")),
        ("[{a: 1}]", Example({"a": 1})),
        ("{first: {payload: 1}}", Example(1)),
    ],
)
def test_examples_are_read_in_every_spelling(examples: str, expected: Example) -> None:
    found = document(
        "2.0.0", f"channels: {{c: {{publish: {{message: {{examples: {examples}}}}}}}}}"
    )
    assert only_message(found).examples == (expected,)


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("../../x.yaml", "reference-leaves-repository"),
        ("/etc/passwd", "reference-leaves-repository"),
        ("file:///etc/passwd", "reference-forbidden"),
        ("http://169.254.169.254/x", "reference-remote"),
        ("./nowhere.yaml", "reference-unresolved"),
        ("#/components/nothing", "reference-unresolved"),
        ("#/channels/c", "reference-cyclic"),
    ],
)
def test_a_reference_that_cannot_be_followed_is_a_finding(reference: str, code: str) -> None:
    assert code in codes("3.0.0", f"channels: {{c: {{$ref: '{reference}'}}}}")


@pytest.mark.parametrize(
    "reference", ["#/x~1y/z", "#/x%2Fy/z", "#/x/y/z", "./b.yaml#/x~1y/z", "b.yaml#/x/y/z"]
)
def test_a_reference_is_followed_however_it_is_escaped(reference: str) -> None:
    text = f"channels: {{c: {{$ref: '{reference}'}}}}\n'x/y': {{z: {{title: found}}}}"
    found = document("3.0.0", text, docs__b_yaml="'x/y': {z: {title: found}}")
    assert found.channels[0].title == "found"


def test_a_payload_stands_by_itself() -> None:
    found = document(
        "3.0.0",
        "channels: {c: {messages: {m: {payload: {$ref: '#/components/schemas/Node'}}}}}\n"
        "components: {schemas: {Node: {properties: {next: {$ref: '#/components/schemas/Node'},\n"
        "  price: {$ref: '../common/money.schema.json'}}}}}",
        common__money_schema_json='{"type": "string", "default": {"$ref": "#/data"}}',
    )
    payload = only_message(found).payload
    node = {
        "properties": {
            "next": {"$ref": "#/definitions/Node"},
            "price": {"$ref": "#/definitions/money"},
        }
    }
    assert payload is not None
    assert payload.origin == Target("shop", "docs/a.yaml", "/components/schemas/Node")
    money = {"type": "string", "default": {"$ref": "#/data"}}
    assert payload.schema == {**node, "definitions": {"Node": node, "money": money}}


def test_schemas_of_one_name_keep_apart() -> None:
    found = document(
        "3.0.0",
        "channels: {c: {messages: {m: {payload: {properties: {\n"
        "  a: {$ref: 'b.yaml#/x/Money'}, b: {$ref: 'b.yaml#/y/Money'}}}}}}}",
        docs__b_yaml="{x: {Money: {type: string}}, y: {Money: {type: number}}}",
    )
    payload = only_message(found).payload
    assert payload is not None
    assert payload.schema["definitions"] == {
        "Money": {"type": "string"},
        "Money-2": {"type": "number"},
    }


def test_a_payload_knows_the_digest_of_its_text_with_the_names_that_settled() -> None:
    found = document(
        "3.0.0",
        "channels: {c: {messages: {m: {payload: {properties: {\n"
        "  a: {$ref: 'b.yaml#/y/Money'}, b: {$ref: 'b.yaml#/x/Money'}}}}}}}",
        docs__b_yaml="{x: {Money: {type: string}}, y: {Money: {type: number}}}",
    )
    payload = only_message(found).payload
    assert payload is not None
    assert payload.digest == digest_of(payload) != b""


AVRO = '{"type": "record", "name": "a.Order", "fields": [{"name": "by", "type": "a.User"}]}'
USER = '{"type": "record", "name": "User", "namespace": "a", "fields": []}'


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("payload: {$ref: order.avsc}", SchemaFormat.AVRO),
        (
            "schemaFormat: application/vnd.apache.avro;version=1.9.0, payload: {type: string}",
            "avro",
        ),
        (
            "payload: {schemaFormat: application/vnd.oai.openapi;version=3.0.0, schema: {}}",
            "openapi",
        ),
        ("payload: {schemaFormat: application/raml+yaml;version=1.0, schema: {}}", "raml"),
        ("payload: {schemaFormat: application/x-protobuf, schema: 'message A {}'}", "protobuf"),
        (
            "payload: {schemaFormat: application/schema+json;version=draft-07, schema: {}}",
            "json-schema",
        ),
        ("payload: {schemaFormat: application/xml, schema: {}}", SchemaFormat.UNKNOWN),
        ("payload: {type: object}", SchemaFormat.JSON_SCHEMA),
    ],
)
def test_the_format_is_that_of_its_name_or_its_look(payload: str, expected: str) -> None:
    text = f"channels: {{c: {{messages: {{m: {{{payload}}}}}}}}}"
    found = only_message(document("3.0.0", text, docs__order_avsc=AVRO)).payload
    assert found is not None
    assert found.format == expected


def test_avro_types_of_other_files_are_inlined() -> None:
    text = "channels: {c: {messages: {m: {payload: {$ref: order.avsc}}}}}"
    found = only_message(document("3.0.0", text, docs__order_avsc=AVRO, x__user_avsc=USER)).payload
    assert found is not None
    user = {"type": "record", "name": "User", "namespace": "a", "fields": []}
    assert found.schema["fields"] == [{"name": "by", "type": user}]


def test_protobuf_comes_with_its_imports() -> None:
    text = "channels: {c: {messages: {m: {payload: {$ref: a.proto}}}}}"
    files = {"docs__a_proto": 'import "p/b.proto";\nmessage A {}', "p__b_proto": "message B {}"}
    found = only_message(document("3.0.0", text, **files)).payload
    assert found is not None
    assert (found.format, found.imports) == ("protobuf", {"p/b.proto": "message B {}"})


@pytest.mark.parametrize(
    ("version", "text", "code"),
    [
        ("3.9.0", "channels: {c: {}}", "version-unknown"),
        ("3.0.0", "channels: {c: {publish: {message: {name: M}}}}", "version-mixed"),
        ("3.0.0", "info: {}", "channels-missing"),
        ("3.0.0", "channels: {c: {wrong: 1}}", "key-unknown"),
        ("3.0.0", "channels: {c: 1}", "value-of-wrong-kind"),
        ("3.0.0", "channels: {c: {servers: [{$ref: '#/servers/no'}]}}", "server-unknown"),
        ("3.0.0", "operations: {o: {action: send}}", "operation-without-channel"),
        ("3.0.0", "operations: {o: {channel: {$ref: '#/c'}}}", "channel-missing"),
        (
            "3.0.0",
            "channels: {c: {}}\noperations: {o: {channel: {$ref: '#/channels/c'}}}",
            "operation-without-action",
        ),
        ("2.0.0", "channels: {c: {publish: {message: {payload: {}}}}}", "message-unnamed"),
        ("3.0.0", "channels: {c: {messages: {m: {payload: [1]}}}}", "payload-not-schema"),
        (
            "3.0.0",
            "channels: {c: {messages: {m: {payload: {properties: {$ref: '#/x'}}}}}}\nx: {}",
            "reference-misplaced",
        ),
        (
            "3.0.0",
            "channels: {c: {messages: {m: {schemaFormat: text/x, payload: y}}}}",
            "schema-format-unknown",
        ),
        (
            "3.0.0",
            "channels: {c: {}}\noperations: {o: {action: send, channel: {address: z}}}",
            "channel-not-referenced",
        ),
        (
            "3.0.0",
            (
                "channels: {c: {}}\ncomponents: {messages: {m: {}}}\n"
                "operations: {o: {action: send,\n"
                "  channel: {$ref: '#/channels/c'}, messages: [{$ref: '#/components/messages/m'}]}}"
            ),
            "message-not-of-channel",
        ),
        (
            "3.0.0",
            (
                "channels: {c: {}}\n"
                "operations: {o: {action: send, channel: {$ref: '#/channels/c'},\n"
                "  reply: {address: {location: x}}}}"
            ),
            "reply-without-channel",
        ),
    ],
)
def test_a_departure_from_the_standard_is_found(version: str, text: str, code: str) -> None:
    assert code in codes(version, text)


def test_a_document_without_a_title_is_found() -> None:
    found = reading("asyncapi: 3.0.0\nchannels: {c: {}}").findings
    assert [each.code for each in found] == ["title-missing", "title-missing"]


def test_thousands_of_findings_are_cut() -> None:
    text = "channels:\n" + "".join(f" c{number}: 1\n" for number in range(1200))
    assert codes("3.0.0", text).count("findings-cut") == 1


def test_a_repository_says_who_owns_what() -> None:
    found = reading(
        "asyncapi: 3.0.0",
        catalog_info_yaml="",
        CODEOWNERS="# who\n*.yaml @acme/pay ann@acme.example # why\n/a\\ b\n",
    )
    assert found.code_owners == (
        CodeOwner("*.yaml", ("@acme/pay", "ann@acme.example"), 2),
        CodeOwner("/a b", (), 3),
    )


def test_every_entity_of_a_backstage_file_is_a_component() -> None:
    entity = (
        b"kind: Component\nmetadata: {name: orders}\nspec: {owner: 'group:default/pay',"
        b" system: shop, lifecycle: production, providesApis: ['api:default/orders-api']}\n"
        b"---\nkind: API\nmetadata: {name: orders-api}\n"
        b"spec: {definition: {$text: ../docs/a.yaml}}\n"
        b"---\nkind: API\nmetadata: {name: outside}\nspec: {definition: {$text: ../../a.yaml}}\n"
        b"---\nkind: API\nmetadata: {name: written}\nspec: {definition: 'asyncapi: 3.0.0'}\n"
    )
    found = read(Checkout(Repository("shop"), {"svc/catalog-info.yaml": entity}))
    path = "svc/catalog-info.yaml"
    assert found.components == (
        Component(
            "orders",
            path,
            owner="pay",
            system="shop",
            lifecycle="production",
            provides=("orders-api",),
        ),
        Component("orders-api", path, kind="API", definition="docs/a.yaml"),
        Component("outside", path, kind="API"),
        Component("written", path, kind="API"),
    )


def test_every_code_is_emitted_and_explained() -> None:
    room = Path(catalog_builder.parse.__file__).parent
    source = "".join(each.read_text() for each in room.glob("*.py") if each.stem != "codes")
    assert [each.code for each in CODES if f'"{each.code}"' not in source] == []
    assert all(each.meaning and each.mend for each in CODES)
    assert sorted(each.code for each in CODES) == [each.code for each in CODES]


def test_only_the_first_codeowners_file_counts() -> None:
    files = {".github/CODEOWNERS": b"* @a\n", "CODEOWNERS": b"* @b\n", "docs/CODEOWNERS": b"* @c"}
    found = read(Checkout(Repository("shop"), files))
    assert found.code_owners == (CodeOwner("*", ("@a",), 1, ".github/CODEOWNERS"),)


def test_a_document_of_1_x_is_read_as_far_as_it_goes() -> None:
    text = "topics: {a.b: {publish: {$ref: '#/components/messages/M'}, subscribe: {payload: {}}}}\n"
    text += "components: {messages: {M: {payload: {type: object}}}}"
    found = document("1.2.0", text)
    assert [(each.id, each.action, each.messages) for each in found.operations] == [
        ("a.b.publish", Action.RECEIVE, ("M",)),
        ("a.b.subscribe", Action.SEND, ("a.b.subscribe.message",)),
    ]
    assert "version-old" in codes("1.2.0", text)


@pytest.mark.parametrize(
    ("reference", "name", "root"),
    [("./a.proto#Order", "x", "Order"), ("./a.proto", "Line", "Line"), ("./a.proto", "x", "")],
)
def test_a_protobuf_payload_knows_its_message_where_the_document_tells(
    reference: str, name: str, root: str
) -> None:
    schema = f"{{schemaFormat: protobuf, schema: {{$ref: '{reference}'}}}}"
    text = f"channels: {{c: {{messages: {{m: {{name: {name}, payload: {schema}}}}}}}}}"
    proto = "message Order {}\nmessage Line {}\n"
    payload = only_message(document("3.0.0", text, docs__a_proto=proto)).payload
    assert payload is not None
    assert (payload.root, payload.schema) == (root, proto)


@pytest.mark.parametrize("number", ["1.10", "0123", "1e3", "0x10", "2.0", "!t 07"])
def test_a_version_is_the_text_that_is_written(number: str) -> None:
    text = f"asyncapi: 3.0.0\ninfo: {{title: T, version: {number}}}\nchannels: {{c: {{}}}}\n"
    (found,) = reading(text).documents
    assert found.version == number.removeprefix("!t ")


@pytest.mark.parametrize(
    ("version", "nearest"),
    [
        ("2.0", "2.0.0"),
        ("2.6.1", "2.6.0"),
        ("3.0.0-rc1", "3.0.0"),
        ("2.9", "2.6.0"),
        ("4", "3.1.0"),
    ],
)
def test_a_version_that_is_none_is_read_as_the_nearest_one(version: str, nearest: str) -> None:
    (found,) = reading(f"asyncapi: {version}\n{INFO}channels: {{c: {{}}}}\n").findings
    assert found.code == "version-unknown"
    assert found.message.endswith(f"read as {nearest}")


def test_a_word_of_another_version_is_said_to_be_one_once() -> None:
    assert codes("3.0.0", "channels: {c: {publish: {message: {name: M}}}}") == ["version-mixed"]
    assert codes("2.6.0", "channels: {c: {}}\noperations: {}") == ["version-mixed"]


def test_a_server_of_1_x_says_its_protocol_in_another_word() -> None:
    found = document(
        "1.2.0", "servers: [{url: 'h:{p}', scheme: mqtt, variables: {p: {default: 1}}}]"
    )
    assert [(each.host, each.protocol) for each in found.servers] == [("h:1", "mqtt")]


def test_alternatives_of_alternatives_are_all_messages() -> None:
    found = document(
        "2.4.0",
        "channels: {c: {publish: {message: {oneOf:\n"
        "  [{$ref: '#/components/messages/A'}, {$ref: '#/components/messages/B'}]}}}}\n"
        "components: {messages: {A: {oneOf: [{name: X}, {$ref: '#/components/messages/B'}]},\n"
        "  B: {oneOf: [{name: Y}, {$ref: '#/components/messages/A'}]}}}\n",
    )
    assert [each.name for each in found.channels[0].messages] == ["X", "Y"]


def test_a_fragment_that_names_an_avro_type_leads_to_it_with_a_finding() -> None:
    text = "channels: {c: {publish: {message: {name: M, payload: {$ref: 'x.avsc#/Foo'}}}}}"
    types = (
        '[{"type": "enum", "name": "Bar", "symbols": ["X"]},'
        ' {"type": "record", "name": "Foo", "fields": [{"name": "b", "type": "Bar"}]}]'
    )
    payload = only_message(document("2.6.0", text, docs__x_avsc=types)).payload
    assert payload is not None
    assert payload.schema["fields"][0]["type"]["symbols"] == ["X"]
    assert "reference-misspelt" in codes("2.6.0", text, docs__x_avsc=types)
    nowhere = text.replace("Foo", "Fo")
    assert "reference-unresolved" in codes("2.6.0", nowhere, docs__x_avsc=types)


@pytest.mark.parametrize("address", ["''", "[a]", "{a: b}", "null"])
def test_an_address_that_is_no_text_is_not_known(address: str) -> None:
    found = document("3.0.0", f"channels: {{c: {{address: {address}}}}}")
    assert found.channels[0].address is None


def test_an_action_in_another_spelling_is_understood_and_found() -> None:
    text = "channels: {c: {}}\noperations: {o: {action: SEND, channel: {$ref: '#/channels/c'}}}"
    assert document("3.0.0", text).operations[0].action is Action.SEND
    assert codes("3.0.0", text) == ["value-not-allowed"]


def test_a_payload_that_is_only_text_is_found() -> None:
    text = "channels: {c: {publish: {message: {name: M, payload: some text}}}}"
    assert codes("2.6.0", text) == ["payload-not-schema"]
