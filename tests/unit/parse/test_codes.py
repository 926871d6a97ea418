"""What the guide shows as an example gives the finding that it is an example of."""

import pytest

from catalog_builder.model import Checkout, Code, Repository
from catalog_builder.parse import CODES, read

SHOWN = [each for each in CODES if not each.example.endswith(".")]


def document(part: str) -> bytes:
    """A part of a document with what every document has."""
    head = "" if part.startswith("asyncapi:") else "asyncapi: 3.0.0\n"
    info = "" if "info:" in part else "\ninfo: {title: Orders, version: 1.0.0}\n"
    return f"{head}{part}{info}".encode()


@pytest.mark.parametrize("code", SHOWN, ids=lambda code: code.code)
def test_an_example_gives_its_finding(code: Code) -> None:
    files = {"asyncapi.yaml": document(code.example)}
    found = read(Checkout(Repository("orders"), files, ("asyncapi.yaml",))).findings
    assert code.code in {each.code for each in found}
