"""What `bridge-suspect` proposes joins the two sides."""

import re
from pathlib import Path

from catalog_builder.build import read_catalog
from catalog_builder.config import read_settings
from catalog_builder.model import Catalog
from catalog_builder.progress import Silent

SOURCES = "sources: [{path: '*'}]\n"
SPECIFICATION = """\
asyncapi: 3.0.0
info: {{title: {title}, version: 1.0.0}}
servers: {{cloud: {{host: {protocol}.eu-west-1.amazonaws.com, protocol: {protocol}}}}}
channels: {{released: {{address: '{address}', messages: {{ContainerReleased: {{}}}}}}}}
operations: {{on: {{action: {action}, channel: {{$ref: '#/channels/released'}}}}}}
"""


def write(folder: Path, title: str, action: str, protocol: str, address: str) -> None:
    (folder / title).mkdir()
    (folder / title / "asyncapi.yaml").write_text(
        SPECIFICATION.format(title=title, action=action, protocol=protocol, address=address)
    )


def read(folder: Path, joins: str = "") -> Catalog:
    (folder / "catalog.yml").write_text(SOURCES + joins)
    return read_catalog(read_settings(folder / "catalog.yml"), Silent())


def test_what_is_proposed_joins_topic_and_queue(tmp_path: Path) -> None:
    write(tmp_path, "billing", "send", "sns", "arn:aws:sns:eu-west-1:123456789012:released")
    write(tmp_path, "notifier", "receive", "sqs", "notifier-released")
    apart = read(tmp_path)
    assert len(apart.events) == 2
    (found,) = (each for each in apart.findings if each.code == "bridge-suspect")
    proposed = re.search(r"`(joins: .*)`", found.hint)
    assert proposed

    joined = read(tmp_path, proposed[1])
    assert [(each.producers, each.consumers) for each in joined.events] == [
        (("billing",), ("notifier",))
    ]
    assert not [each for each in joined.findings if each.code == "bridge-suspect"]
