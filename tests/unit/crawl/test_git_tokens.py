"""As whom git gives a token to a forge."""

import base64

import pytest

from catalog_builder.crawl.listing import Listed
from catalog_builder.crawl.remote.access import address_of, environment


def authorization(url: str) -> list[str]:
    address = address_of(Listed("orders", url, token_env="GIT_TOKEN"), "/")  # noqa: S106  a name
    said = environment(address, {}).values()
    return [each.partition(": ")[2] for each in said if each.startswith("Authorization: ")]


def basic(user: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:s3cret".encode()).decode()


@pytest.mark.parametrize(
    ("url", "token", "expected"),
    [
        ("https://github.com/acme/orders.git", "s3cret", basic("x-access-token")),
        ("https://git.example.com/acme/orders.git", "oauth2:s3cret", basic("oauth2")),
        ("https://bitbucket.org/acme/orders.git", "s3cret", basic("x-token-auth")),
        (
            "https://bitbucket.org/acme/orders.git",
            "jane@example.com:s3cret",
            basic("x-bitbucket-api-token-auth"),
        ),
        ("https://bitbucket.org/acme/orders.git", "jane:s3cret", basic("jane")),
        ("https://git.example.com/scm/pay/orders.git", "s3cret", "Bearer s3cret"),
        ("https://git.example.com/bitbucket/scm/pay/orders.git", "jane:s3cret", basic("jane")),
    ],
)
def test_a_forge_is_given_a_token_as_it_takes_it(
    monkeypatch: pytest.MonkeyPatch, url: str, token: str, expected: str
) -> None:
    monkeypatch.setenv("GIT_TOKEN", token)
    assert authorization(url) == [expected]
