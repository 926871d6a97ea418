"""References by web address into repositories that are in the catalogue themselves."""

import pytest

from catalog_builder.model import Checkout, Finding, Payload, Repository, Target
from catalog_builder.parse import read

SCHEMAS = {
    "v1/order.yaml": b"type: object\nproperties: {id: {$ref: ./id.yaml}}\n",
    "v1/id.yaml": b"type: string\n",
    "out.yaml": b"$ref: ../../secret.yaml\n",
}
ORDER = Target("schemas", "v1/order.yaml")


def payload(reference: str, *addresses: str) -> tuple[Payload | None, list[Finding]]:
    text = (
        "asyncapi: 3.0.0\ninfo: {title: Orders, version: '1'}\n"
        f"channels: {{c: {{messages: {{m: {{payload: {{$ref: '{reference}'}}}}}}}}}}\n"
    )
    shop = Checkout(Repository("shop"), {"a.yaml": text.encode()}, ("a.yaml",))
    others = {each: Checkout(Repository("schemas"), SCHEMAS) for each in addresses}
    found = read(shop, {"git.example.com/acme/shop": shop, **others})
    return found.documents[0].channels[0].messages[0].payload, list(found.findings)


@pytest.mark.parametrize(
    ("address", "reference"),
    [
        ("github.com/acme/schemas", "https://raw.githubusercontent.com/Acme/Schemas/main/v1/order.yaml"),
        ("github.com/acme/schemas", "https://raw.githubusercontent.com/acme/schemas/refs/heads/a/b/v1/order.yaml"),
        ("github.com/acme/schemas", "https://github.com/acme/schemas/blob/v1.0/v1/order.yaml"),
        ("github.com/acme/schemas", "https://github.com/acme/schemas/raw/feature/x/v1/order.yaml?raw=true"),
        ("git.example.com/acme/schemas", "http://git.example.com/acme/schemas/raw/branch/main/v1/order.yaml"),
        ("gitlab.com/acme/sub/schemas", "https://gitlab.com/acme/sub/schemas/-/raw/main/v1/order.yaml"),
        ("bitbucket.org/acme/schemas", "https://bitbucket.org/acme/schemas/raw/c0ffee/v1/order.yaml"),
        ("git.example.com/projects/a/repos/schemas", "https://git.example.com/projects/A/repos/schemas/raw/v1/order.yaml?at=refs%2Fheads%2Fmain"),
        ("dev.azure.com/acme/all%20of%20it/_git/schemas", "https://dev.azure.com/acme/All%20of%20it/_git/schemas?path=/v1/order.yaml&version=GBmain"),
        ("dev.azure.com/acme/shop/_git/schemas", "https://dev.azure.com/acme/shop/_apis/git/repositories/schemas/items?path=/v1/order.yaml"),
        ("github.com/acme/schemas", "//github.com/acme/schemas/blob/main/v1/order.yaml"),
    ],
)  # fmt: skip
def test_a_raw_files_address_leads_to_the_crawled_file(address: str, reference: str) -> None:
    found, findings = payload(reference, address)
    assert found is not None
    assert found.origin == ORDER
    assert found.schema == {
        "type": "object",
        "properties": {"id": {"$ref": "#/definitions/id"}},
        "definitions": {"id": {"type": "string"}},
    }
    assert findings == []


@pytest.mark.parametrize(
    "reference",
    [
        "https://github.com/acme/others/blob/main/v1/order.yaml",
        "https://github.com/acme/schemas/blob/main/v2/order.yaml",
        "https://github.com/acme/schemas/issues/v1/order.yaml",
        "https://github.com/acme/schemas/raw/main/../../v1/order.yaml",
        "https://github.com.evil.example/acme/schemas/raw/main/v1/order.yaml",
        "https://[github.com/acme",
    ],
)
def test_any_other_address_is_not_followed(reference: str) -> None:
    found, findings = payload(reference, "github.com/acme/schemas")
    assert found is None
    assert [each.code for each in findings] == ["reference-remote"]


def test_a_file_of_another_repository_leads_no_further_than_that_repository() -> None:
    reference = "https://github.com/acme/schemas/raw/main/out.yaml"
    found, findings = payload(reference, "github.com/acme/schemas")
    assert found is None
    assert [each.code for each in findings] == ["reference-leaves-repository"]


def test_an_address_in_the_own_repository_is_a_path() -> None:
    reference = "https://git.example.com/acme/shop/raw/main/a.yaml#/info"
    found, findings = payload(reference)
    assert found is not None
    assert found.origin == Target("shop", "a.yaml", "/info")
    assert findings == []
