"""Servers: where they are, what they speak, which environment they belong to.

Alone knows how 2.x and 3.x write addresses of servers, and by which words environments are told.
"""

import re
from collections.abc import Collection

from catalog_builder.model import Json, Server
from catalog_builder.parse.consistency import (
    check_security,
    check_variables,
    security_schemes_of,
)
from catalog_builder.parse.nodes import Node, as_text
from catalog_builder.parse.pieces import (
    bindings_of,
    described_by,
    external_docs_of,
    parameters_of,
    security_of,
    tags_of,
)
from catalog_builder.parse.references import Library

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_ENVIRONMENT_KEYS = ("x-environment", "x-env", "x-stage")
_ENVIRONMENTS = {
    "production": ("production", "prod", "prd", "live"),
    "staging": ("staging", "stage", "stg", "preprod", "preproduction"),
    "test": ("test", "testing", "tst", "qa"),
    "acceptance": ("acceptance", "uat", "acc"),
    "development": ("development", "dev", "develop"),
    "local": ("local", "localhost"),
    "sandbox": ("sandbox",),
}
_BY_WORD = {word: name for name, words in _ENVIRONMENTS.items() for word in words}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def read_servers(library: Library, root: Node) -> tuple[Server, ...]:
    """Every server of the document, in the order written."""
    servers = library.get(root, "servers")
    if servers is None:
        return ()
    found: list[tuple[str, Node]] = list(servers.items())
    found += [(str(index), each) for index, each in enumerate(servers.elements())]
    schemes = security_schemes_of(library, root)
    settled = ((key, library.settled(node)) for key, node in found)
    return tuple(
        _server(library, key, node, schemes)
        for key, node in settled
        if node is not None and isinstance(node.value, dict)
    )


def _server(library: Library, key: str, node: Node, schemes: Collection[str]) -> Server:
    check_variables(library, node, key, node.string("host") + node.string("pathname"))
    check_variables(library, node, key, node.string("url"))
    check_security(library, node, schemes)
    url = node.string("host") + node.string("pathname") or node.string("url")
    scheme, separator, rest = url.partition("://")
    host = _filled(library, node, rest if separator else url)
    said = node.string("protocol") or node.string("scheme")  # so 1.x calls it
    protocol = said or (scheme if separator else "")
    description, described_in = described_by(node.get("description"), node.get("summary"))
    return Server(
        key,
        host,
        _filled(library, node, protocol).lower(),
        description,
        _environment(library, key, node),
        bindings_of(library, node),
        title=node.string("title"),
        protocol_version=node.string("protocolVersion"),
        variables=parameters_of(library, node, "variables"),
        security=security_of(library, node),
        tags=tags_of(library, node),
        external_docs=external_docs_of(library, node),
        extensions=node.extensions(),
        described_in=described_in,
    )


def _filled(library: Library, node: Node, text: str) -> str:
    """The text with its variables replaced by their defaults, as far as they have one."""
    if "{" not in text:
        return text
    variables = library.get(node, "variables")

    def default(match: re.Match[str]) -> str:
        variable = library.get(variables, match[1]) if variables else None
        return (_default(variable) if variable else "") or match[0]

    return _VARIABLE.sub(default, text)


def _default(variable: Node) -> str:
    values: Json = variable.merged()
    if not isinstance(values, dict):
        return as_text(values)
    enum = values.get("enum")
    first = enum[0] if isinstance(enum, list) and enum else None
    return as_text(values.get("default")) or as_text(first)


def _environment(library: Library, key: str, node: Node) -> str:
    said = next((text for name in _ENVIRONMENT_KEYS if (text := node.string(name))), "")
    if said:
        return _BY_WORD.get(said.lower(), said.lower())
    for text in (*tags_of(library, node), key):
        for word in _WORD.findall(text):
            if word.lower() in _BY_WORD:
                return _BY_WORD[word.lower()]
    return ""
