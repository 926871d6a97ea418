"""One file that says it is AsyncAPI, as a document of the model.

Alone knows the parts of a document and in which order they are read.
"""

import hashlib

from catalog_builder.model import Document
from catalog_builder.parse.avro import AvroTypes
from catalog_builder.parse.channels import Channels
from catalog_builder.parse.messages import Messages
from catalog_builder.parse.nodes import Node
from catalog_builder.parse.objects import kinds_of
from catalog_builder.parse.operations import Operations
from catalog_builder.parse.payloads import Payloads
from catalog_builder.parse.pieces import contact_of, external_docs_of, tags_of
from catalog_builder.parse.references import Library
from catalog_builder.parse.servers import read_servers
from catalog_builder.parse.structure import Structure
from catalog_builder.parse.words import is_known, is_old, words_of


def read_document(library: Library, types: AvroTypes, path: str) -> Document | None:
    """The document in the file; None, with a finding, when the file holds none."""
    data = library.files.get(path)
    if data is None:
        return None
    source = library.open(path, wanted="asyncapi")
    if source is None:
        return None
    root = source.root
    said = root.own("asyncapi") if isinstance(root.value, dict) else None
    if said is None:
        if source.text.documents:
            library.report.add("document-not-asyncapi", root)
        return None
    version = said.written
    words = words_of(version)
    if is_old(words):
        library.report.add("version-old", said, version=version)
    elif not is_known(version):
        library.report.add("version-unknown", said, version=version, nearest=words.version)
    return _read(library, types, root, version, hashlib.sha256(data).hexdigest())


def _read(library: Library, types: AvroTypes, root: Node, version: str, digest: str) -> Document:
    words = words_of(version)
    servers = read_servers(library, root)
    payloads = Payloads(library, types)
    messages = Messages(library, payloads, root, words)
    channels = Channels(library, root, words, messages, servers)
    opened = channels.read()
    operations = Operations(library, words, messages, channels).read(root, opened)
    payloads.settle()
    if not opened:
        library.report.add("channels-missing", root)
    info = library.get(root, "info")
    kinds = kinds_of(words)
    if kinds is not None and library.judges:
        Structure(library, kinds).check(root)
    for name in ("title", "version"):
        if info is None or info.own(name) is None:
            library.report.add("title-missing", info or root, name=name)
    licence = library.get(info, "license") if info else None
    number = info.own("version") if info else None
    return Document(
        repository=library.repository,
        path=root.source.path,
        asyncapi=version,
        title=info.string("title") if info else "",
        version=number.written if number else "",
        description=info.string("description") if info else "",
        id=root.string("id"),
        contact=contact_of(library, info),
        licence=licence.string("name") if licence else "",
        tags=tags_of(library, root, info),
        external_docs=external_docs_of(library, root, info),
        servers=servers,
        channels=tuple(each.closed() for each in opened.values()),
        operations=operations,
        extensions={**root.extensions(), **(info.extensions() if info else {})},
        digest=digest,
        uses=library.used_by(root.source.path),
    )
