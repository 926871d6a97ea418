"""What a document says in one place and must keep to in another: names in addresses and lists.

Alone knows which names must agree.
"""

import re
from collections.abc import Collection

from catalog_builder.parse.nodes import Node
from catalog_builder.parse.references import Library, reference_of

_VARYING = re.compile(r"\{([^{}]*)\}")


def check_parameters(library: Library, node: Node, key: str, address: str | None) -> None:
    """Parameters that stand in the address alone, or in the channel's description alone."""
    described = library.get(node, "parameters")
    if address is None or (described is None and "{" not in address):
        return
    names = {name for name, _ in described.items()} if described else set()
    if described and isinstance(described.value, list):
        names = {each.string("name") for each in described.elements()} - {""}
    written = _VARYING.findall(address)
    for name in dict.fromkeys(written):
        if name not in names:
            library.report.add("parameter-missing", node, name=name, channel=key)
    for name in sorted(names.difference(written)):
        if not name.startswith("x-"):
            library.report.add("parameter-unused", described or node, name=name, channel=key)


def check_variables(library: Library, node: Node, key: str, address: str) -> None:
    """Variables of a server's address that the server does not describe."""
    if "{" not in address:
        return
    variables = library.get(node, "variables")
    names = {name for name, _ in variables.items()} if variables else set()
    for name in dict.fromkeys(_VARYING.findall(address)):
        if name not in names:
            library.report.add("server-variable-missing", node, name=name, server=key)


def security_schemes_of(library: Library, root: Node) -> Collection[str]:
    """Names of the schemes that the document's components define."""
    components = library.get(root, "components")
    schemes = library.get(components, "securitySchemes") if components else None
    return {name for name, _ in schemes.items()} if schemes else set()


def check_security(library: Library, node: Node, schemes: Collection[str]) -> None:
    """Schemes that 2.x names and no component defines; 3.x refers to them, or writes them there."""
    security = library.get(node, "security")
    for each in security.elements() if security else ():
        value = each.value
        if reference_of(value) is None and isinstance(value, dict) and "type" not in value:
            for name in value:
                if name not in schemes:
                    library.report.add("security-unknown", each, name=name)
