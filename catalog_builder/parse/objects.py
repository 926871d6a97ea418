"""The objects of AsyncAPI: which keys each has in which version, and what may stand under them.

Alone knows these keys. One line an object, in a notation that `_spec` reads: `key` holds text,
`key!` is required, `key@2.4` exists from that version on, and after `:` stands what it holds: a
kind of object (`server`), a list (`[tag]`), a map (`{server}`), a scalar (`text flag number any`),
values that are given for what they are (`data`) or alternatives (`schema|[schema]`). `&` marks a
kind that a reference may stand for. A line that begins with `...` allows keys that are not listed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import NoneType
from typing import TypeAlias

from catalog_builder.parse.words import Words

_META = " tags:[tag] externalDocs:docs"
_META_3 = " tags:[tag&] externalDocs:docs&"
_TEXTS = " title summary description"
_EXAMPLE = "name summary headers:{data} payload:data"

_COMMON = {
    "contact": "name url email",
    "license": "name! url",
    "tag": "name! description externalDocs:docs&",
    "docs": "url! description",
    "variable": "enum:[text] default description examples:[text]",
    "correlation-id": "location! description",
    "security-scheme": "type!:scheme-type description name in scheme bearerFormat flows:flows"
    " openIdConnectUrl scopes:[text]",
    "flows": "implicit:flow password:flow clientCredentials:flow authorizationCode:flow",
    "bindings": "... http:any",
    "schema": "... title description format pattern $id $comment contentMediaType"
    " contentEncoding type:schema-type|[schema-type] properties:{schema&}"
    " patternProperties:{schema&} definitions:{schema&} $defs:{schema&}"
    " dependentSchemas:{schema&} items:schema&|[schema&] additionalProperties:schema&"
    " additionalItems:schema& not:schema& if:schema& then:schema& else:schema& contains:schema&"
    " propertyNames:schema& allOf:[schema&] oneOf:[schema&] anyOf:[schema&] required:[text]"
    " enum:[data] examples:[data] default:data const:data multipleOf:number maximum:number"
    " minimum:number exclusiveMaximum:number|flag exclusiveMinimum:number|flag maxLength:number"
    " minLength:number maxItems:number minItems:number maxProperties:number minProperties:number"
    " uniqueItems:flag readOnly:flag writeOnly:flag deprecated:flag nullable:flag"
    " discriminator externalDocs:docs",
}
# OpenAPI says by an object which property tells alternatives apart.
_COMMON["openapi"] = (
    _COMMON["schema"]
    .replace("schema&", "openapi&")
    .replace(" discriminator ", " discriminator:any ")
)
_TWO = {
    "document": "asyncapi:any id:uri info:info servers:{server} servers@2.3:{server&}"
    " defaultContentType channels:{channel&} components:components" + _META,
    "info": "title version:any description termsOfService contact:contact license:license",
    "server": "url! protocol! description protocolVersion variables:{variable&}"
    " security:[{[text]}] bindings:bindings& tags@2.5:[tag]",
    "channel": "$ref parameters:{parameter&} description servers@2.2:[text] publish:operation"
    " subscribe:operation deprecated:flag bindings:bindings&",
    "operation": "traits:[operation-trait&|[any]] message:message&"
    " operationId summary description security@2.4:[{[text]}] bindings:bindings&" + _META,
    "operation-trait": "operationId summary description security@2.4:[{[text]}]"
    " bindings:bindings&" + _META,
    "message": "payload:payload traits:[message-trait&|[any]]"
    " schemaFormat contentType headers:schema& messageId@2.4 correlationId:correlation-id& name"
    " deprecated:flag examples:[example] bindings:bindings&" + _TEXTS + _META,
    "alternatives": "oneOf!:[message&]",
    "message-trait": "schemaFormat contentType headers:schema& messageId@2.4 name"
    " correlationId:correlation-id& deprecated:flag examples:[example]"
    " bindings:bindings&" + _TEXTS + _META,
    "example": _EXAMPLE,
    "parameter": "description schema:schema& location",
    "flow": "authorizationUrl tokenUrl refreshUrl scopes:{text}",
    "components": "schemas:{schema&} servers@2.3:{server&} channels@2.3:{channel&}"
    " serverVariables@2.4:{variable&} messages:{message&} securitySchemes:{security-scheme&}"
    " parameters:{parameter&} correlationIds:{correlation-id&} operationTraits:{operation-trait&}"
    " messageTraits:{message-trait&} serverBindings:{bindings&} channelBindings:{bindings&}"
    " operationBindings:{bindings&} messageBindings:{bindings&}",
}
_THREE = {
    "document": "asyncapi:any id:uri info:info servers:{server&} defaultContentType"
    " channels:{channel&} operations:{operation&} components:components",
    "info": "title version:any description termsOfService contact:contact license:license"
    + _META_3,
    "server": "host! protocol! pathname protocolVersion variables:{variable&}"
    " security:[security-scheme&] bindings:bindings&" + _TEXTS + _META_3,
    "channel": "address:text|null messages:{message&} parameters:{parameter&} servers:[any]"
    " bindings:bindings&" + _TEXTS + _META_3,
    "operation": "action channel:any messages:[any] reply:reply& traits:[operation-trait&]"
    " security:[security-scheme&] bindings:bindings&" + _TEXTS + _META_3,
    "operation-trait": "security:[security-scheme&] bindings:bindings&" + _TEXTS + _META_3,
    "reply": "address:reply-address& channel:any messages:[any]",
    "reply-address": "location! description",
    "message": "payload:payload headers:payload contentType correlationId:correlation-id& name"
    " deprecated:flag examples:[example] bindings:bindings& traits:[message-trait&]"
    + _TEXTS
    + _META_3,
    "message-trait": "headers:payload contentType correlationId:correlation-id& name"
    " deprecated:flag examples:[example] bindings:bindings&" + _TEXTS + _META_3,
    "example": _EXAMPLE,
    "multi-format": "schemaFormat! schema!:any",
    "parameter": "description enum:[text] default examples:[text] location",
    "flow": "authorizationUrl tokenUrl refreshUrl availableScopes:{text}",
    "components": "schemas:{payload} servers:{server&} channels:{channel&}"
    " operations:{operation&} serverVariables:{variable&} messages:{message&}"
    " securitySchemes:{security-scheme&} parameters:{parameter&} replies:{reply&}"
    " replyAddresses:{reply-address&} correlationIds:{correlation-id&} tags:{tag&}"
    " operationTraits:{operation-trait&} messageTraits:{message-trait&} externalDocs:{docs&}"
    " serverBindings:{bindings&} channelBindings:{bindings&} operationBindings:{bindings&}"
    " messageBindings:{bindings&}",
}
_TABLES: Mapping[str, Mapping[str, str]] = {"2": {**_COMMON, **_TWO}, "3": {**_COMMON, **_THREE}}
_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_SCHEMES = frozenset(
    {"userPassword", "apiKey", "X509", "symmetricEncryption", "http", "oauth2"}
) | {
    *("asymmetricEncryption", "httpApiKey", "openIdConnect", "plain", "gssapi"),
    *("scramSha256", "scramSha512"),
}
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+\Z")
_ENTRY = re.compile(r"(?P<key>[^!@:]+)(?P<required>!?)(?:@(?P<since>[\d.]+))?(?::(?P<spec>.+))?\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Spec:
    """What a value may be: by its class, what stands in it; None: nothing that is looked at."""

    words: str
    inside: "Mapping[type, Inside | None]"


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """The items of a list, or the values of a map."""

    spec: Spec


@dataclass(slots=True, eq=False)  # not frozen: kinds hold each other
class Kind:
    """An object of the standard."""

    name: str
    keys: dict[str, Spec] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Referable:
    """An object, or a reference to one."""

    kind: Kind


Allowed: TypeAlias = Callable[[str], object]
"""Whether a text is one of those that may stand in a place."""
Inside: TypeAlias = Items | Kind | Referable | Allowed

_ANY: Mapping[type, None] = dict.fromkeys((dict, list, str, bool, int, float, NoneType))
_SCALARS: Mapping[str, Spec] = {
    "any": Spec("anything", _ANY),
    "null": Spec("null", {NoneType: None}),
    "text": Spec("a text", {str: None}),
    "flag": Spec("true or false", {bool: None}),
    "number": Spec("a number", {int: None, float: None}),
    "uri": Spec("a URI", {str: _URI.match}),
    "schema-type": Spec(f"one of {', '.join(sorted(_TYPES))}", {str: _TYPES.__contains__}),
    "scheme-type": Spec(f"one of {', '.join(sorted(_SCHEMES))}", {str: _SCHEMES.__contains__}),
}
PAYLOAD = Kind("payload")
"""Stands where a schema may be of any format."""
DATA = Kind("data")
"""Stands where a value is given for what it is, such as an example."""


def kinds_of(words: Words) -> Mapping[str, Kind] | None:
    """The kinds of objects that the version has, by name; None for versions before 2."""
    table = _TABLES.get(words.version[0])
    return None if table is None else _compiled(words.version[0], _number(words.version))


@cache
def _compiled(major: str, version: tuple[int, ...]) -> Mapping[str, Kind]:
    table = _TABLES[major]
    kinds = {name: Kind(name, is_open=line.startswith("...")) for name, line in table.items()}
    kinds |= {"payload": PAYLOAD, "data": DATA}
    for name, line in table.items():
        for entry in line.removeprefix("...").split():
            _take(kinds[name], entry, kinds, version)
    return kinds


def _take(kind: Kind, entry: str, kinds: Mapping[str, Kind], version: tuple[int, ...]) -> None:
    match = _ENTRY.match(entry)
    if match is None:
        raise ValueError(entry)
    if match["since"] and version < _number(match["since"]):
        return
    kind.keys[match["key"]] = _spec(match["spec"] or "text", kinds)
    if match["required"]:
        kind.required = (*kind.required, match["key"])


def _spec(text: str, kinds: Mapping[str, Kind]) -> Spec:
    """What the notation says may stand in a place."""
    inside: dict[type, Inside | None]
    if text[0] == "[":
        return Spec("a list", {list: Items(_spec(text[1:-1], kinds))})
    if text[0] == "{":
        return Spec("a mapping", {dict: Items(_spec(text[1:-1], kinds))})
    if "|" in text:
        several = [_spec(each, kinds) for each in text.split("|")]
        inside = {key: each for one in several for key, each in one.inside.items()}
        return Spec(" or ".join(one.words for one in several), inside)
    if text in _SCALARS:
        return _SCALARS[text]
    kind = kinds[text.removesuffix("&")]
    inside = {dict: Referable(kind) if text[-1] == "&" else kind}
    if kind in {PAYLOAD, DATA}:
        return Spec("anything", {**_ANY, dict: kind, **({list: kind} if kind is DATA else {})})
    if kind.name in {"schema", "openapi"}:
        inside[bool] = None
    return Spec("a mapping", inside)


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")[:2]))
