"""The small objects that documents, channels, operations and messages all have.

Alone knows how tags, external documentation, bindings, parameters, security and contacts are
written.
"""

from collections.abc import Mapping

from catalog_builder.model import Contact, Deprecation, Json, Location, Parameter
from catalog_builder.parse.nodes import Node, as_text
from catalog_builder.parse.references import Library, reference_of

_SUCCESSOR = ("successor", "replacement", "replacedBy", "use")
_SINCE = ("since", "date", "from")
_REMOVAL = ("removal", "until", "sunset", "removedOn")


def tags_of(library: Library, *nodes: Node | None) -> tuple[str, ...]:
    """Names of the tags in the order written, each once; tags are objects, or bare names."""
    names: dict[str, None] = {}
    for node in nodes:
        if node is None or node.lacks("tags"):
            continue
        tags = library.get(node, "tags")
        for each in tags.elements() if tags else ():
            tag = library.settled(each)
            name = as_text(tag.value) or tag.string("name") if tag else ""
            if name:
                names[name] = None
    return tuple(names)


def external_docs_of(library: Library, *nodes: Node | None) -> str:
    """Address of the external documentation; empty when none is given."""
    for node in nodes:
        if node is None or node.lacks("externalDocs"):
            continue
        docs = library.get(node, "externalDocs")
        if docs and (url := docs.string("url")):
            return url
    return ""


def bindings_of(library: Library, node: Node) -> Mapping[str, Json]:
    """Bindings by protocol, references followed; null where a protocol is only named."""
    bindings = None if node.lacks("bindings") else library.get(node, "bindings")
    if bindings is None:
        return {}
    found: dict[str, Json] = {}
    for protocol, each in bindings.items():
        settled = library.settled(each)
        if settled is not None and not protocol.startswith("x-"):
            found[protocol] = settled.merged()
    for protocol, value in bindings.value.items() if isinstance(bindings.value, dict) else ():
        if value is None:
            found.setdefault(protocol, None)
    return found


def parameters_of(library: Library, node: Node, key: str) -> tuple[Parameter, ...]:
    """What may vary in an address, by the key under which it stands in the order written."""
    parameters = library.get(node, key)
    if parameters is None:
        return ()
    named = [*parameters.items()]
    named += [(name, each) for each in parameters.elements() if (name := each.string("name"))]
    settled = ((name, library.settled(each)) for name, each in named)
    return tuple(_parameter(library, name, each) for name, each in settled if each is not None)


def _parameter(library: Library, name: str, node: Node) -> Parameter:
    schema = library.get(node, "schema")
    sources = (node, schema) if schema else (node,)

    def texts(key: str) -> tuple[str, ...]:
        lists = (library.get(each, key) for each in sources)
        first = next((each for each in lists if each is not None), None)
        return tuple(as_text(each.value) for each in first.elements()) if first else ()

    def text(key: str) -> str:
        return next((found for each in sources if (found := each.string(key))), "")

    description, described_in = described_by(*(each.get("description") for each in sources))
    return Parameter(
        name,
        description,
        texts("enum"),
        text("default"),
        texts("examples"),
        node.string("location"),
        described_in,
    )


def described_by(*nodes: Node | None) -> tuple[str, Location | None]:
    """The first text of these, and the file that it stands in."""
    found = ((text, node.file) for node in nodes if node and (text := as_text(node.value)))
    return next(found, ("", None))


def security_of(library: Library, node: Node) -> tuple[str, ...]:
    """Names of the security schemes, in the order written, each once."""
    if node.lacks("security"):
        return ()
    names: dict[str, None] = {}
    security = library.get(node, "security")
    for each in security.elements() if security else ():
        reference = reference_of(each.value)
        if reference is not None:
            names[reference.rpartition("/")[2]] = None
        elif isinstance(each.value, dict) and isinstance(each.value.get("type"), str):
            names[each.value["type"]] = None
        elif isinstance(each.value, dict):
            names.update(dict.fromkeys(each.value))
    return tuple(names)


def contact_of(library: Library, info: Node | None) -> Contact | None:
    """Whom the document names as its contact."""
    contact = library.get(info, "contact") if info else None
    if contact is None:
        return None
    read = Contact(contact.string("name"), contact.string("url"), contact.string("email"))
    return None if read == Contact() else read


def deprecation_of(node: Node, payload: Json) -> Deprecation | None:
    """What the extensions of a message, or its schema, say of its end; None: it is alive."""
    said = node.get("x-deprecated") or node.get("deprecated")
    if said is not None and isinstance(said.value, dict):
        return Deprecation(_first(said, _SINCE), _first(said, _REMOVAL), _first(said, _SUCCESSOR))
    is_ended = (
        (said is not None and as_text(said.value) not in {"", "false", "no"})
        or node.string("x-lifecycle").lower() == "deprecated"
        or (isinstance(payload, dict) and payload.get("deprecated") is True)
    )
    return Deprecation() if is_ended else None


def _first(node: Node, keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := node.string(key))), "")
