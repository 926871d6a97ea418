import gzip
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_builder.crawl.credential import TokenError, basic, bearer, token_from
from catalog_builder.crawl.http import Client, HttpError, Timing, Trouble, Visit
from catalog_builder.crawl.store import Store
from tests.web import SENTINEL, Asked, Reply, in_turn, web

FINE = Reply(body={"fine": True})
NOON = 1_700_000_000.0


class Turned:
    """A clock that goes on by sleeping alone, and remembers how long each sleep was."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    @property
    def timing(self) -> Timing:
        return Timing(
            now=lambda: sum(self.slept),
            date=lambda: NOON + sum(self.slept),
            sleep=self.slept.append,
            chance=lambda: 0.5,
        )


@pytest.fixture
def clock() -> Turned:
    return Turned()


@pytest.fixture
def client(tmp_path: Path, clock: Turned) -> Iterator[Client]:
    made = Client(Store(tmp_path / ".catalog"), clock.timing)
    yield made
    made.close()


@pytest.fixture
def visit(client: Client) -> Visit:
    return client.visit(600)


def refusal(visit: Visit, url: str) -> HttpError:
    with pytest.raises(HttpError) as refused:
        visit.get(url)
    return refused.value


def test_a_good_answer_is_given_at_once(visit: Visit, clock: Turned) -> None:
    with web(in_turn(FINE)) as server:
        assert visit.get(server.url).json() == {"fine": True}
    assert clock.slept == []
    assert server.asked[0].headers["user-agent"].startswith("catalog-builder/")


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"Retry-After": "7"}, 7),
        (503, {"Retry-After": "7"}, 7),
        (429, {"Retry-After": "Tue, 14 Nov 2023 22:13:50 GMT"}, 30),
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": f"{NOON + 40:.0f}"}, 40),
        (429, {"RateLimit-Remaining": "0", "RateLimit-Reset": f"{NOON + 50:.0f}"}, 50),
        (429, {"RateLimit-Remaining": "0", "RateLimit-Reset": "20"}, 20),
        (403, {"Retry-After": "60", "X-RateLimit-Remaining": "12"}, 60),
        (429, {"Retry-After": "nonsense"}, 67.5),
        (429, {"Retry-After": "nan"}, 67.5),
        (429, {}, 67.5),
        (500, {}, 0.75),
        (502, {}, 0.75),
    ],
)
def test_a_server_is_left_alone_for_as_long_as_it_wants(
    visit: Visit, clock: Turned, status: int, headers: dict[str, str], seconds: float
) -> None:
    with web(in_turn(Reply(status, headers=headers), FINE)) as server:
        assert visit.get(server.url).json() == {"fine": True}
    assert clock.slept == [pytest.approx(seconds)]


def test_a_secondary_limit_that_is_only_told_in_words_is_waited_for(
    visit: Visit, clock: Turned
) -> None:
    told = Reply(403, {"message": "You have exceeded a secondary rate limit"})
    with web(in_turn(told, told, FINE)) as server:
        visit.get(server.url)
    assert clock.slept == [67.5, 135]


def test_a_good_answer_that_asks_for_a_rest_is_followed_by_one(visit: Visit, clock: Turned) -> None:
    asks = Reply(body={}, headers={"Retry-After": "12"})
    with web(in_turn(asks, FINE)) as server:
        visit.get(server.url)
        assert clock.slept == []
        visit.get(server.url)
    assert clock.slept == [12]


def test_the_last_request_of_a_budget_is_followed_by_a_rest(visit: Visit, clock: Turned) -> None:
    last = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": f"{NOON + 5:.0f}"}
    with web(in_turn(Reply(body={}, headers=last), FINE)) as server:
        visit.get(server.url)
        visit.get(server.url)
    assert clock.slept == [5]


def test_a_wait_that_is_longer_than_the_time_left_ends_the_questions(
    client: Client, clock: Turned
) -> None:
    with web(in_turn(Reply(429, headers={"Retry-After": "3000"}))) as server:
        failure = refusal(client.visit(600), server.url)
        again = refusal(client.visit(600), server.url)
    assert (failure.trouble, failure.detail) == (
        Trouble.LIMITED,
        "it wants to be left alone for 50 minutes",
    )
    assert again.trouble is Trouble.LIMITED
    assert len(server.asked) == 1
    assert clock.slept == []


def test_waits_grow_and_end(visit: Visit, clock: Turned) -> None:
    with web(in_turn(Reply(503))) as server:
        failure = refusal(visit, server.url)
    assert (failure.trouble, failure.detail) == (Trouble.UNREACHABLE, "it answers with 503")
    assert clock.slept == [0.75, 1.5, 3, 6]
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (401, Trouble.REFUSED),
        (403, Trouble.REFUSED),
        (404, Trouble.GONE),
        (410, Trouble.GONE),
        (400, Trouble.BROKEN),
        (304, Trouble.BROKEN),
    ],
)
def test_what_will_not_change_is_asked_once(visit: Visit, status: int, trouble: Trouble) -> None:
    with web(in_turn(Reply(status))) as server:
        assert refusal(visit, server.url).trouble is trouble
    assert len(server.asked) == 1


def test_a_server_that_is_not_there_is_unreachable(visit: Visit, clock: Turned) -> None:
    failure = refusal(visit, "http://127.0.0.1:1/")
    assert (failure.trouble, failure.detail) == (Trouble.UNREACHABLE, "connection refused")
    assert len(clock.slept) == 4


@pytest.mark.parametrize("url", ["", "http://", "http://[::1", "ftp://example.com/x", "no address"])
def test_what_is_no_address_is_a_failure_like_any_other(visit: Visit, url: str) -> None:
    assert refusal(visit, url).trouble in {Trouble.UNREACHABLE, Trouble.BROKEN}


def test_an_answer_that_did_not_change_is_not_sent_again(visit: Visit) -> None:
    def answering(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == '"one"':
            return Reply(304)
        links = {"ETag": '"one"', "Link": "<x>; rel=next", "Set-Cookie": "a=b"}
        return Reply(body={"n": 1}, headers=links)

    with web(answering) as server:
        first, second = visit.get(server.url), visit.get(server.url)
    assert first == second
    assert second.headers == {"etag": '"one"', "link": "<x>; rel=next"}
    assert "cookie" not in server.asked[1].headers


def test_the_date_of_the_last_change_is_a_condition_too(visit: Visit) -> None:
    changed = {"Last-Modified": "Tue, 14 Nov 2023 22:13:50 GMT"}
    with web(in_turn(Reply(body={"n": 1}, headers=changed), Reply(304))) as server:
        assert visit.get(server.url) == visit.get(server.url)
    assert server.asked[1].headers["if-modified-since"] == changed["Last-Modified"]


def test_an_answer_that_is_too_large_is_dropped(visit: Visit) -> None:
    bomb = Reply(body=gzip.compress(bytes(3_000_000)), headers={"Content-Encoding": "gzip"})
    with web(in_turn(bomb)) as server, pytest.raises(HttpError) as refused:
        visit.get(server.url, most_bytes=1_000_000)
    assert refused.value.detail == "the answer is larger than 1 MB"


def test_an_answer_that_comes_byte_by_byte_ends_with_the_time(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        stop = threading.Event()

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
                while not stop.wait(0.05):
                    connection.sendall(b"x")

        thread = threading.Thread(target=drip)
        thread.start()
        visit = Client(Store(tmp_path)).visit(0.4)
        started = time.monotonic()
        failure = refusal(visit, f"http://127.0.0.1:{listening.getsockname()[1]}/")
        stop.set()
        thread.join()
    assert failure.trouble is Trouble.LATE
    assert time.monotonic() - started < 5


def test_a_page_for_people_is_a_refusal(visit: Visit) -> None:
    with web(in_turn(Reply(203, b"\n<!DOCTYPE html><title>Sign in</title>"))) as server:
        answer = visit.get(server.url)
    with pytest.raises(HttpError) as refused:
        answer.json()
    assert refused.value.trouble is Trouble.REFUSED


def test_a_redirect_is_followed_with_the_token_on_the_same_host(client: Client) -> None:
    def answering(asked: Asked) -> Reply:
        moved = Reply(301, headers={"Location": "/new"})
        return moved if asked.path == "/old" else FINE

    with web(answering) as server:
        visit = client.visit(60, bearer(server.url, SENTINEL))
        assert visit.get(f"{server.url}/old").json() == {"fine": True}
    assert [each.headers["authorization"] for each in server.asked] == [f"Bearer {SENTINEL}"] * 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_token_goes_along_to_another_host(client: Client, status: int) -> None:
    with web(in_turn(FINE)) as other:
        moved = Reply(status, headers={"Location": f"{other.url}/x"})
        with web(in_turn(moved)) as server:
            visit = client.visit(60, basic(server.url, "me", SENTINEL))
            assert visit.get(server.url).json() == {"fine": True}
            assert visit.get(f"{other.url}/direct").json() == {"fine": True}
    assert "authorization" in server.asked[0].headers
    assert [each.headers.get("authorization") for each in other.asked] == [None, None]
    assert all(SENTINEL not in str(each) for each in other.asked)


def test_redirects_end(visit: Visit) -> None:
    with web(in_turn(Reply(302, headers={"Location": "/again"}))) as server:
        assert refusal(visit, server.url).detail == "it redirects without end"
    assert len(server.asked) == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "", "ftp://example.com/", "http://["])
def test_a_redirect_to_what_is_not_the_web_is_not_followed(visit: Visit, location: str) -> None:
    with web(in_turn(Reply(302, headers={"Location": location}))) as server:
        assert refusal(visit, server.url).trouble is Trouble.BROKEN


def test_a_token_stands_in_no_file_and_no_text(tmp_path: Path) -> None:
    def answering(asked: Asked) -> Reply:
        said = asked.headers.get("authorization", "")
        if asked.path == "/refused":
            return Reply(401, said.encode(), {"X-Said": said})
        return Reply(body={"said": said}, headers={"ETag": '"x"', "X-Said": said})

    client = Client(Store(tmp_path))
    with web(answering) as server:
        for credential in (bearer(server.url, SENTINEL), basic(server.url, "me", SENTINEL)):
            visit = client.visit(60, credential)
            visit.get(f"{server.url}/echoed")
            failure = refusal(visit, f"{server.url}/refused")
            shown = f"{failure!r} {failure} {credential!r} {credential} {visit!r}"
            assert SENTINEL not in shown
            assert credential.authorization.split()[1] not in shown
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


@pytest.mark.parametrize("value", ["", "  ", "two words", "line\nbreak", "schlüssel"])
def test_a_variable_without_a_token_is_named_and_its_value_is_not(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("ACME_TOKEN", value)
    with pytest.raises(TokenError, match="`ACME_TOKEN`") as refused:
        token_from("ACME_TOKEN")
    assert not value.strip() or value not in str(refused.value)


def test_a_token_is_read_without_the_line_break_of_its_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACME_TOKEN", f"{SENTINEL}\n")
    assert token_from("ACME_TOKEN") == SENTINEL
    assert token_from("") == ""
