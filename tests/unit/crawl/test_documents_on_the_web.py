"""Single documents on the web as sources."""

from pathlib import Path

import pytest

from catalog_builder.config import CrawlLimits, DocumentSource, Settings
from catalog_builder.crawl import Crawl, crawl
from catalog_builder.model import Location
from tests.web import SENTINEL, Reply, in_turn, web

SPECIFICATION = b"asyncapi: 3.0.0\ninfo: {title: Orders, version: 1.0.0}\n"
GOOD = Reply(body=SPECIFICATION)


def crawled(root: Path, url: str, name: str = "", *, offline: bool = False) -> Crawl:
    source = DocumentSource(url, name, place=Location("", "catalog.yml", 2))
    return crawl(Settings(root=root, sources=(source,)), offline=offline)


@pytest.mark.parametrize(
    ("path", "name", "file"),
    [
        ("/teams/orders/asyncapi.yaml", "orders", "asyncapi.yaml"),
        ("/asyncapi.json", "127.0.0.1", "asyncapi.json"),
        ("/springwolf/docs", "springwolf", "docs"),
        ("", "127.0.0.1", "document"),
        ("/a%20b/..%2Fc.yaml", "a b", "c.yaml"),
    ],
)
def test_a_document_is_a_repository_named_after_where_it_lies(
    tmp_path: Path, path: str, name: str, file: str
) -> None:
    with web(in_turn(GOOD)) as server:
        found = crawled(tmp_path, server.url + path)
    [checkout] = found.checkouts
    assert (checkout.repository.name, checkout.specifications) == (name, (file,))
    assert dict(checkout.files) == {file: SPECIFICATION}
    assert found.findings == ()


def test_readers_are_led_to_the_document_itself(tmp_path: Path) -> None:
    with web(in_turn(GOOD)) as server:
        plain = crawled(tmp_path, f"{server.url}/{{path}}/asyncapi.yaml", "orders").checkouts[0]
        signed = crawled(tmp_path, f"{server.url}/asyncapi.yaml?signature=s3cret").checkouts[0]
    assert plain.repository.link_to("asyncapi.yaml", 7) == f"{server.url}/%7Bpath%7D/asyncapi.yaml"
    assert plain.repository.name == "orders"
    assert signed.repository.link_to("asyncapi.yaml") == ""


def test_what_is_no_document_is_a_finding(tmp_path: Path) -> None:
    with web(in_turn(Reply(body=b"<html>Sign in</html>"))) as server:
        found = crawled(tmp_path, f"{server.url}/asyncapi.yaml")
    assert [each.code for each in found.findings] == ["source-empty"]
    assert found.report[0].state == "no document found"


def test_a_document_that_cannot_be_fetched_is_the_last_one(tmp_path: Path) -> None:
    with web(in_turn(GOOD, Reply(401))) as server:
        url = f"{server.url}/asyncapi.yaml"
        good, bad, offline = (
            crawled(tmp_path, url),
            crawled(tmp_path, url),
            crawled(tmp_path, url, offline=True),
        )
    assert good.checkouts == bad.checkouts == offline.checkouts
    assert [each.code for each in bad.findings] == ["download-failed"]
    assert [each.report[0].state for each in (good, bad, offline)] == [
        "read",
        "stale: refused",
        "from the cache",
    ]
    assert len(server.asked) == 2


def test_a_document_that_was_never_fetched_is_not_there_without_a_network(tmp_path: Path) -> None:
    found = crawled(tmp_path, "https://docs.example.com/asyncapi.yaml", offline=True)
    assert [each.message for each in found.findings] == [
        "The cache has nothing of `https://docs.example.com/asyncapi.yaml`"
    ]
    assert found.report[0].state == "not in the cache"


def test_a_document_that_is_too_large_is_a_finding(tmp_path: Path) -> None:
    with web(in_turn(Reply(body=SPECIFICATION + b"#" * 10_000_000))) as server:
        found = crawled(tmp_path, f"{server.url}/asyncapi.yaml")
    assert "the answer is larger than 10 MB" in found.findings[0].message


def test_a_missing_token_is_named_and_nobody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOCS_TOKEN", raising=False)
    with web(in_turn(GOOD)) as server:
        source = DocumentSource(server.url, token_env="DOCS_TOKEN")  # noqa: S106  a name
        found = crawl(Settings(root=tmp_path, sources=(source,)))
        assert server.asked == []
        monkeypatch.setenv("DOCS_TOKEN", SENTINEL)
        again = crawl(Settings(root=tmp_path, sources=(source,)))
    assert [each.code for each in found.findings] == ["token-missing"]
    assert "`DOCS_TOKEN` is not set" in found.findings[0].message
    assert again.findings == ()
    assert server.asked[0].headers["authorization"] == f"Bearer {SENTINEL}"


def test_one_source_that_hangs_costs_no_other_one(tmp_path: Path) -> None:
    with (
        web(in_turn(Reply(429, headers={"Retry-After": "3600"}))) as busy,
        web(in_turn(GOOD)) as server,
    ):
        sources = tuple(
            DocumentSource(f"{each.url}/{name}/asyncapi.yaml")
            for name, each in (("a", busy), ("b", server))
        )
        limits = CrawlLimits(repository_seconds=5)
        found = crawl(Settings(root=tmp_path, sources=sources, crawl=limits))
    assert [each.repository.name for each in found.checkouts] == ["b"]
    assert [each.state for each in found.report] == ["rate limited", "read"]
