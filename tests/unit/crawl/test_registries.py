"""Schema registries as sources."""

from base64 import b64encode
from pathlib import Path

import pytest

from catalog_builder.config import CrawlLimits, RegistrySource, Settings
from catalog_builder.crawl import Crawl, crawl
from catalog_builder.model import Location, SchemaFormat
from tests.registries import Registry, running
from tests.web import SENTINEL, Reply, web

VARIABLE = "REGISTRY_TOKEN"
ORDER = {"type": "record", "name": "Order", "namespace": "acme", "fields": []}


def crawled(
    root: Path, url: str, *, offline: bool = False, history: int | None = None, **more: object
) -> Crawl:
    source = RegistrySource(url, place=Location("", "catalog.yml", 2), **more)  # type: ignore[arg-type]
    limits = CrawlLimits(seconds=8)
    settings = Settings(root=root, sources=(source,), crawl=limits, history=history)
    return crawl(settings, offline=offline)


def codes(found: Crawl) -> list[str]:
    return [each.code for each in found.findings]


def names(found: Crawl) -> list[str]:
    return [each.subject.name for each in found.registered]


def test_the_newest_version_of_each_subject_is_brought(tmp_path: Path) -> None:
    registry = Registry()
    registry.register("orders-value", {**ORDER, "doc": "old"})
    registry.register("orders-value", ORDER)
    registry.register("orders-key", '"string"')
    registry.register("a/b ü", {"type": "object"}, "JSON")
    link = "https://ui.example.com/{subject}/{version}/{id}"
    with running(registry) as server:
        found = crawled(tmp_path, server.url, link=link)
    first, second = (each.subject for each in found.registered)
    assert (first.name, first.format) == ("a/b ü", SchemaFormat.JSON_SCHEMA)
    assert (second.name, second.version, second.id) == ("orders-value", 2, 101)
    assert second.format is SchemaFormat.AVRO
    assert first.link == "https://ui.example.com/a%2Fb%20%C3%BC/1/103"
    assert [each.state for each in found.report] == ["read"]
    assert codes(found) == []


def versions(found: Crawl) -> list[int]:
    return [each.subject.version for each in found.registered[0].older]


def test_former_versions_come_as_far_as_history_goes(tmp_path: Path) -> None:
    registry = Registry()
    for number in range(5):
        registry.register("orders-value", {**ORDER, "doc": str(number)})
    registry.deleted.add(("orders-value", 3))
    with running(registry) as server:
        assert versions(crawled(tmp_path, server.url)) == [4, 2, 1]
        assert versions(crawled(tmp_path, server.url, history=3)) == [4, 2]
        assert versions(crawled(tmp_path, server.url, history=0)) == []


def test_former_versions_are_asked_for_when_there_is_a_new_one(tmp_path: Path) -> None:
    registry = Registry()
    registry.register("orders-value", {**ORDER, "doc": "old"})
    registry.register("orders-value", ORDER)
    with running(registry) as server:
        first = crawled(tmp_path, server.url)
        server.asked.clear()
        assert crawled(tmp_path, server.url) == first
        assert [each.rpartition("/")[2] for each in server.paths] == ["subjects", "latest"]
        registry.register("orders-value", {**ORDER, "doc": "new"})
        third = crawled(tmp_path, server.url)
    assert (versions(first), versions(third)) == ([1], [2, 1])


@pytest.mark.parametrize(
    ("path", "reply", "left"),
    [
        ("/subjects/orders-value/versions", Reply(body={"1": 2}), []),
        ("/subjects/orders-value/versions", Reply(body=b"["), []),
        ("/subjects/orders-value/versions", Reply(404), []),
        ("/subjects/orders-value/versions", Reply(body=[2, "x", None, -1, 7]), [2]),
        ("/subjects/orders-value/versions/2", Reply(body=[]), [1]),
        ("/subjects/orders-value/versions/2", Reply(404), [1]),
    ],
)
def test_former_versions_that_cannot_be_read_cost_no_other(
    tmp_path: Path, path: str, reply: Reply, left: list[int]
) -> None:
    registry = Registry(answers={path: reply})
    for number in range(3):
        registry.register("orders-value", {**ORDER, "doc": str(number)})
    with running(registry) as server:
        found = crawled(tmp_path, server.url)
    assert (versions(found), codes(found)) == (left, [])


def test_only_subjects_that_are_meant_are_asked_for(tmp_path: Path) -> None:
    registry = Registry()
    for name in ("orders-value", ":.staging:orders-value", "payments-value"):
        registry.register(name, ORDER)
    with running(registry) as server:
        found = crawled(tmp_path, server.url, subjects=("orders-*",))
        none = crawled(tmp_path, server.url, subjects=("nothing-*",))
    assert names(found) == [":.staging:orders-value", "orders-value"]
    assert found.registered[0].subject.plain_name == "orders-value"
    assert not [path for path in server.paths if "payments" in path]
    assert codes(none) == ["registry-lists-nothing"]


def test_references_are_followed_also_to_deleted_versions_and_in_circles(tmp_path: Path) -> None:
    registry = Registry()
    registry.register("order", ORDER, references={"acme.Customer": ("customer", 1)})
    registry.register("customer", ORDER, references={"acme.Order": ("order", 1)})
    registry.deleted.add(("customer", 1))
    with running(registry) as server:
        found = crawled(tmp_path, server.url)
    [order] = found.registered
    assert [dict(each.references) for each in order.texts] == [
        {"acme.Customer": 1},
        {"acme.Order": 0},
    ]
    assert order.uses == ("customer",)


def test_a_schema_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    registry = Registry()
    for name in ("good", "list", "lines", "untyped", "endless", "large"):
        registry.register(name, ORDER)
    registry.register("broken", "{")
    registry.register("deep", "[" * 5000)
    registry.register("odd", ORDER, "THRIFT")
    registry.register("lost", ORDER, references={"acme.Gone": ("gone", 3)})
    for number in range(250):
        registry.register(f"chain{number}", ORDER, references={"x": (f"chain{number + 1}", 1)})
    registry.register("chain250", ORDER)
    at = "/subjects/{}/versions/latest"
    registry.answers = {
        at.format("list"): Reply(body=[1]),
        at.format("lines"): Reply(body=b"<html>"[1:]),
        at.format("untyped"): Reply(body={"version": True, "id": "1", "schema": 7}),
        at.format("endless"): Reply(body=b"[" * 100_000),
        at.format("large"): Reply(body=b" " * 4_000_001),
    }
    with running(registry) as server:
        found = crawled(tmp_path, server.url, subjects=("[!c]*", "chain0", "chain249"))
    assert names(found) == ["chain249", "good"]
    assert set(codes(found)) == {"registry-schema-unreadable"}
    assert len(found.findings) == 10
    assert found.report[0].state == "read in part"
    assert "`lost`: it refers to version 3 of `gone`" in " ".join(
        each.message for each in found.findings
    )


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Reply(401), "stale: refused"),
        (Reply(404), "stale: gone"),
        (Reply(429, headers={"retry-after": "3600"}), "stale: rate limited"),
        (Reply(503, headers={"retry-after": "3600"}), "stale: unreachable"),
        (Reply(body=b"<html>Sign in</html>"), "stale: refused"),
        (Reply(body={"subjects": []}), "stale: broken"),
        (Reply(body=[1, 2]), "stale: broken"),
    ],
)
def test_a_registry_that_fails_is_shown_as_it_was(tmp_path: Path, reply: Reply, state: str) -> None:
    registry = Registry()
    registry.register("orders-value", ORDER)
    with running(registry) as server:
        crawled(tmp_path, server.url)
        registry.answers = {"/subjects": reply}
        found = crawled(tmp_path, server.url)
    assert names(found) == ["orders-value"]
    assert codes(found) == ["registry-failed"]
    assert found.report[0].age == 0
    assert found.report[0].state in {state, "stale: rate limited"}


def test_what_did_not_change_is_not_sent_again(tmp_path: Path) -> None:
    registry = Registry()
    registry.register("orders-value", ORDER)
    with running(registry) as server:
        first = crawled(tmp_path, server.url)
        second = crawled(tmp_path, server.url)
        offline = crawled(tmp_path, server.url, offline=True)
    assert registry.not_modified == 2
    assert first.registered == second.registered == offline.registered
    assert len(server.asked) == 4
    assert offline.report[0].state == "from the cache"


def test_offline_without_a_cache_is_a_finding(tmp_path: Path) -> None:
    assert codes(crawled(tmp_path, "https://registry.example.com", offline=True)) == [
        "not-in-cache"
    ]


def test_a_password_goes_to_the_registry_alone_and_stays_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, f"me:{SENTINEL}")
    authorization = f"Basic {b64encode(f'me:{SENTINEL}'.encode()).decode()}"
    registry = Registry(authorization=authorization)
    registry.register("orders-value", ORDER)
    registry.register("echo-value", {**ORDER, "doc": SENTINEL})
    registry.register("moved-value", ORDER)
    with web(lambda _: Reply(404)) as other, running(registry) as server:
        registry.answers["/subjects/moved-value/versions/latest"] = Reply(
            302, headers={"location": f"{other.url}/elsewhere"}
        )
        found = crawled(tmp_path, server.url, token_env=VARIABLE)
    assert names(found) == ["orders-value"]
    assert [each.path for each in other.asked] == ["/elsewhere"]
    assert "authorization" not in other.asked[0].headers
    assert SENTINEL not in repr(found)
    for secret in (SENTINEL, authorization.rpartition(" ")[2]):
        assert not [
            path
            for path in tmp_path.rglob("*")
            if path.is_file() and secret.encode() in path.read_bytes()
        ]


def test_a_list_that_repeats_the_token_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, SENTINEL)
    registry = Registry(authorization=f"Bearer {SENTINEL}")
    registry.register(f"{SENTINEL}-value", ORDER)
    with running(registry) as server:
        found = crawled(tmp_path, server.url, token_env=VARIABLE)
    assert codes(found) == ["registry-failed"]
    assert SENTINEL not in repr(found)


def test_without_its_token_a_registry_is_not_asked(tmp_path: Path) -> None:
    with running(Registry()) as server:
        found = crawled(tmp_path, server.url, token_env=VARIABLE + "_TOO")
    assert (codes(found), server.asked) == (["token-missing"], [])
