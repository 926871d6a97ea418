"""References to other hosts, with the files that the crawl brought of them."""

import pytest

from catalog_builder.model import Checkout, Payload, Reading, Repository, Target
from catalog_builder.parse import read

ORDER = "https://schemas.example.com/v1/order.yaml"
WEB = {
    ORDER: b"type: object\nproperties: {id: {$ref: ../common/id.yaml#/Id}}\n",
    "https://schemas.example.com/common/id.yaml": b"Id: {type: string}\n",
    "https://schemas.example.com/v1/out.yaml": b"$ref: file:///etc/passwd\n",
    "https://schemas.example.com/v1/up.yaml": b"$ref: ../../../../etc/passwd\n",
    "https://schemas.example.com/v1/on.yaml": b"$ref: //other.example.com/x.yaml\n",
}


def reading(reference: str, web: dict[str, bytes]) -> Reading:
    text = (
        "asyncapi: 3.0.0\ninfo: {title: Orders, version: '1'}\n"
        f"channels: {{c: {{messages: {{m: {{payload: {{$ref: '{reference}'}}}}}}}}}}\n"
    )
    files = {"a.yaml": text.encode(), "etc/passwd": b"secret"}
    return read(Checkout(Repository("shop"), files, ("a.yaml",)), {}, web)


def payload(found: Reading) -> Payload | None:
    return found.documents[0].channels[0].messages[0].payload


@pytest.mark.parametrize(
    "written",
    [ORDER, f"{ORDER}#", "HTTPS://Schemas.Example.com/v1/x/../order.yaml", ORDER[6:]],
)
def test_a_reference_to_a_file_that_was_brought_is_followed(written: str) -> None:
    found = reading(written, WEB)
    assert found.findings == ()
    assert found.wanted == ()
    described = payload(found)
    assert described is not None
    assert described.origin == Target("schemas.example.com", ORDER)
    assert described.schema["definitions"] == {"Id": {"type": "string"}}


def test_what_was_not_brought_is_wanted_and_a_finding() -> None:
    found = reading(ORDER, {})
    assert found.wanted == (ORDER,)
    assert [each.code for each in found.findings] == ["reference-remote"]
    found = reading(ORDER, {ORDER: WEB[ORDER]})
    assert found.wanted == ("https://schemas.example.com/common/id.yaml",)
    assert [(each.code, each.location.path) for each in found.findings] == [
        ("reference-remote", ORDER)
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [("out", "reference-forbidden"), ("up", "reference-remote"), ("on", "reference-remote")],
)
def test_a_file_of_another_host_leads_into_no_repository(name: str, code: str) -> None:
    found = reading(ORDER.replace("order", name), WEB)
    assert payload(found) is None
    assert [each.code for each in found.findings] == [code]


@pytest.mark.parametrize("written", ["https://me:secret@a.example/x.yaml", "http://[a", "http://"])
def test_an_address_that_nobody_may_ask_for_is_not_wanted(written: str) -> None:
    assert reading(written, {}).wanted == ()
