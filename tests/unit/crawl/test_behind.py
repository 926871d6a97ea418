"""What references lead to on other hosts: asked only where it is allowed, kept for bad days."""

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from catalog_builder.build import read_catalog
from catalog_builder.config import LocalSource, References, Settings
from catalog_builder.crawl import Behind
from catalog_builder.crawl.hosts import leads_inward
from catalog_builder.model import Catalog
from catalog_builder.progress import progress_for
from tests.web import Answering, Asked, Reply, Web, in_turn, web

WANTED_BY = ("orders",)
TYPE = b"type: object\nproperties: {id: {type: string}}\n"


def behind(folder: Path, *hosts: str, offline: bool = False) -> Behind:
    return Behind(Settings(root=folder, references=References(hosts)), offline=offline)


def host(running: Web) -> str:
    return running.url.partition("://")[2]


def outcome(found: Behind, address: str) -> tuple[bytes | None, list[str]]:
    """What came of an address, and the codes of the findings."""
    found.bring({address: WANTED_BY})
    return found.files.get(address), [each.code for each in found.findings]


@contextmanager
def two(one: Answering, other: Answering) -> Iterator[tuple[Web, Web]]:
    with web(one) as first, web(other) as second:
        yield first, second


def test_an_allowed_host_is_asked_in_nobodys_name(tmp_path: Path) -> None:
    with web(lambda _: Reply(body=TYPE)) as running:
        found = outcome(behind(tmp_path, host(running)), f"{running.url}/a.yaml")
        assert found == (TYPE, [])
        (asked,) = running.asked
    assert not {"authorization", "cookie", "private-token"} & asked.headers.keys()


def test_a_host_that_is_not_allowed_is_not_asked(tmp_path: Path) -> None:
    with web(lambda _: Reply(body=TYPE)) as running:
        assert outcome(behind(tmp_path), f"{running.url}/a.yaml") == (None, [])
        assert outcome(behind(tmp_path, "127.0.0.1"), f"{running.url}/a.yaml") == (None, [])
        assert running.asked == []


def test_a_redirect_leads_to_allowed_hosts_only(tmp_path: Path) -> None:
    with two(lambda _: Reply(body=TYPE), lambda _: Reply()) as (target, _):

        def lead(_: Asked) -> Reply:
            return Reply(302, headers={"location": f"{target.url}/b.yaml"})

        with web(lead) as running:
            address = f"{running.url}/a.yaml"
            assert outcome(behind(tmp_path, host(running), host(target)), address) == (TYPE, [])
            refused = outcome(behind(tmp_path / "x", host(running)), address)
            assert refused == (None, ["reference-not-brought"])
            assert len(target.asked) == 1


def test_redirects_without_end_end(tmp_path: Path) -> None:
    with web(lambda _: Reply(302, headers={"location": "/a.yaml"})) as running:
        found = outcome(behind(tmp_path, host(running)), f"{running.url}/a.yaml")
        assert found == (None, ["reference-not-brought"])
        assert len(running.asked) < 10


def test_a_file_is_not_too_large(tmp_path: Path) -> None:
    with web(lambda _: Reply(body=b"a" * 10_000_001)) as running:
        found = outcome(behind(tmp_path, host(running)), f"{running.url}/a.yaml")
        assert found == (None, ["reference-not-brought"])


def test_what_was_brought_before_stands_in_for_what_cannot_be_reached(tmp_path: Path) -> None:
    with web(in_turn(Reply(body=TYPE), Reply(500))) as running:
        address = f"{running.url}/a.yaml?token=s3cret"
        assert outcome(behind(tmp_path, host(running)), address) == (TYPE, [])
        found = behind(tmp_path, host(running))
        assert outcome(found, address) == (TYPE, ["reference-from-cache"])
        assert "s3cret" not in found.findings[0].message
        assert "500" in found.findings[0].message
        offline = behind(tmp_path, host(running), offline=True)
        assert outcome(offline, address) == (TYPE, ["reference-from-cache"])
        assert len(running.asked) == 2


def test_what_did_not_change_is_not_sent_again(tmp_path: Path) -> None:
    first, second = Reply(body=TYPE, headers={"etag": '"1"'}), Reply(304)
    with web(in_turn(first, second)) as running:
        address = f"{running.url}/a.yaml"
        assert outcome(behind(tmp_path, host(running)), address) == (TYPE, [])
        assert outcome(behind(tmp_path, host(running)), address) == (TYPE, [])
        assert running.asked[1].headers["if-none-match"] == '"1"'


@pytest.mark.parametrize(
    ("numbers", "inward"),
    [
        (["93.184.216.34"], False),
        (["10.0.0.5"], False),
        (["127.0.0.1"], True),
        (["169.254.169.254"], True),
        (["93.184.216.34", "::1"], True),
        (["::ffff:127.0.0.1"], True),
        (["fe80::1%eth0"], True),
        (["0.0.0.0"], True),  # noqa: S104  an address that must not be asked
    ],
)
def test_a_name_does_not_lead_inward(
    monkeypatch: pytest.MonkeyPatch, numbers: list[str], *, inward: bool
) -> None:
    found = [(0, 0, 0, "", (number, 0)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: found)
    assert leads_inward("https://schemas.example.com/a.yaml") is inward
    assert not leads_inward("http://localhost:8080/a.yaml")
    assert not leads_inward("http://169.254.169.254/a.yaml")


def catalogue(folder: Path, running: Web, *hosts: str) -> Catalog:
    (folder / "orders").mkdir(exist_ok=True)
    (folder / "orders/asyncapi.yaml").write_text(
        "asyncapi: 3.0.0\ninfo: {title: Orders, version: '1'}\n"
        "channels:\n orders:\n  messages:\n"
        f"   Placed: {{payload: {{$ref: '{running.url}/v1/order.yaml'}}}}\n"
        "operations: {send: {action: send, channel: {$ref: '#/channels/orders'}}}\n"
    )
    sources = (LocalSource(path=str(folder / "orders")),)
    settings = Settings(root=folder, sources=sources, references=References(hosts))
    return read_catalog(settings, progress_for(io.StringIO(), quiet=True, verbose=False))


FILES = {
    "/v1/order.yaml": b"type: object\nproperties: {id: {$ref: ../id.yaml}, up: {$ref: '#/x'}}\n",
    "/id.yaml": b"$ref: /id2.json\n",
    "/id2.json": b'{"type": "string", "format": "uuid"}',
}


def test_what_is_brought_may_refer_to_more(tmp_path: Path) -> None:
    with web(lambda asked: Reply(body=FILES[asked.path])) as running:
        catalog = catalogue(tmp_path, running, host(running))
        assert running.paths == [*FILES]
        assert [each.format for each in catalog.events[0].shape.fields] == ["uuid", ""]
        assert not (tmp_path / ".catalog/references").is_symlink()
        without = catalogue(tmp_path, running)
        assert len(running.asked) == 3
        assert without.events[0].shape.fields == ()
        assert "reference-remote" in {each.code for each in without.findings}
