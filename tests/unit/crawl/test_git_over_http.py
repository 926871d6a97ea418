"""Repositories behind a server that speaks HTTP, with and without a token."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalog_builder.config import GitSource, Settings
from catalog_builder.crawl import Crawl, crawl
from tests.remotes import SPEC, Forge, git, remote, served

TOKEN = "s3cret-t0ken"  # noqa: S105  of a server of these tests
FILES: dict[str, str | bytes | None] = {
    "docs/asyncapi.yaml": SPEC + "x: {$ref: '../common/order.txt'}\n",
    "common/order.txt": "a: 1",
    "src/main.py": "print()",
}


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    (tmp_path / "repositories").mkdir()
    with served(tmp_path / "repositories") as forge:
        yield forge


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog_builder.crawl.remote.bringing._FIRST_WAIT_SECONDS", 0.01)


def crawled(tmp_path: Path, *sources: GitSource, **limits: int) -> Crawl:
    chosen = Settings(root=tmp_path / "catalogue", sources=sources)
    return crawl(replace(chosen, crawl=replace(chosen.crawl, **limits)))


def told(found: Crawl) -> list[str]:
    return [each.code for each in found.findings]


def test_a_repository_is_brought_in_part(tmp_path: Path, forge: Forge) -> None:
    orders = remote(forge.root, "orders", FILES)
    found = crawled(tmp_path, GitSource(f"{forge.url}/orders.git"))
    assert found.findings == ()
    assert found.checkouts[0].repository.commit == orders.commit
    assert list(found.checkouts[0].files) == ["common/order.txt", "docs/asyncapi.yaml"]


def test_a_new_repository_is_visited_once_for_its_folders_and_once_for_its_files(
    tmp_path: Path, forge: Forge
) -> None:
    files = {"docs/asyncapi.yaml": SPEC, "src/main.py": "print()"}
    remote(forge.root, "orders", files)
    found = crawled(tmp_path, GitSource(f"{forge.url}/orders.git"))
    assert found.checkouts[0].repository.branch == "main"
    visits = [path for path in forge.requests("orders") if "info/refs" in path]
    assert len(visits) == 2


def test_an_unchanged_repository_is_asked_one_question(tmp_path: Path, forge: Forge) -> None:
    for name in ("orders", "stock"):
        remote(forge.root, name, FILES)
    sources = [GitSource(f"{forge.url}/{name}.git") for name in ("orders", "stock")]
    first = crawled(tmp_path, *sources)
    forge.asked.clear()
    assert crawled(tmp_path, *sources) == first
    question = ["info/refs?service=git-upload-pack", "git-upload-pack"]
    for name in ("orders", "stock"):
        assert forge.requests(name) == [f"/{name}.git/{each}" for each in question]


def test_a_server_of_the_first_protocol_gives_the_same(tmp_path: Path, forge: Forge) -> None:
    forge.is_old = True
    remote(forge.root, "orders", FILES)
    found = crawled(tmp_path, GitSource(f"{forge.url}/orders.git"))
    assert found.findings == ()
    assert list(found.checkouts[0].files) == ["common/order.txt", "docs/asyncapi.yaml"]


def test_a_server_that_only_hands_out_files_gives_the_same(tmp_path: Path) -> None:
    orders = remote(tmp_path / "repositories", "orders", FILES)
    git(orders.bare, "update-server-info")
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "0"]
    with subprocess.Popen(  # noqa: S603  Python's own server
        command,
        cwd=orders.bare.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        text=True,
    ) as server:
        assert server.stdout
        port = server.stdout.readline().split("port ")[1].split()[0]
        try:
            found = crawled(tmp_path, GitSource(f"http://127.0.0.1:{port}/orders.git"))
        finally:
            server.terminate()
    assert found.findings == ()
    assert list(found.checkouts[0].files) == ["common/order.txt", "docs/asyncapi.yaml"]


@pytest.mark.parametrize("given", [TOKEN, f"me:{TOKEN}", f"{TOKEN}\n"])
def test_a_token_opens_a_private_repository(
    tmp_path: Path, forge: Forge, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    forge.token = TOKEN
    remote(forge.root, "orders", FILES)
    monkeypatch.setenv("ORDERS_TOKEN", given)
    source = GitSource(f"{forge.url}/orders.git", token_env="ORDERS_TOKEN")  # noqa: S106  a name
    found = crawled(tmp_path, source)
    assert found.findings == ()
    assert len(found.checkouts) == 1


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("", "the environment variable of `token_env` is not set"),
        ("wr0ng", "the server asks for a token, or for another one"),
    ],
)
def test_a_token_that_is_missing_or_wrong_is_said_so_and_not_told(
    tmp_path: Path, forge: Forge, monkeypatch: pytest.MonkeyPatch, token: str, reason: str
) -> None:
    forge.token = TOKEN
    remote(forge.root, "orders", FILES)
    monkeypatch.setenv("ORDERS_TOKEN", token)
    source = GitSource(f"{forge.url}/orders.git", token_env="ORDERS_TOKEN")  # noqa: S106  a name
    found = crawled(tmp_path, source)
    assert told(found) == ["repository-refused"]
    assert reason in found.findings[0].message
    assert "wr0ng" not in str(found)


def test_a_private_repository_without_a_token_is_refused_without_any_question(
    tmp_path: Path, forge: Forge
) -> None:
    forge.token = TOKEN
    remote(forge.root, "orders", FILES)
    started = time.monotonic()
    assert told(crawled(tmp_path, GitSource(f"{forge.url}/orders.git"))) == ["repository-refused"]
    assert time.monotonic() - started < 30


def test_a_repository_that_is_not_there_is_gone(tmp_path: Path, forge: Forge) -> None:
    found = crawled(tmp_path, GitSource(f"{forge.url}/orders.git"))
    assert told(found) == ["repository-gone"]


def test_nobody_at_an_address_is_said_so(tmp_path: Path) -> None:
    found = crawled(tmp_path, GitSource("http://127.0.0.1:9/orders.git"))
    assert told(found) == ["repository-unreachable"]
    assert "its host does not answer" in found.findings[0].message


def test_a_token_goes_to_its_own_host_alone(
    tmp_path: Path, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote(forge.root, "orders", FILES)
    monkeypatch.setenv("ORDERS_TOKEN", TOKEN)
    with served(forge.root) as other:
        forge.moved["/orders.git"] = f"{other.url}/orders.git"
        mine = GitSource(f"{forge.url}/orders.git", token_env="ORDERS_TOKEN")  # noqa: S106  a name
        found = crawled(tmp_path, mine, GitSource(f"{other.url}/orders.git"))
        assert told(found) == ["repository-moved"]
        assert f"it has moved to another host, {other.url}/orders.git" in found.findings[0].message
        assert {authorization for _, authorization in other.asked} == {""}
    assert any(authorization for _, authorization in forge.asked)


def test_a_redirect_on_the_same_host_is_followed_and_said(
    tmp_path: Path, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge.token = TOKEN
    monkeypatch.setenv("ORDERS_TOKEN", TOKEN)
    orders = remote(forge.root, "orders", FILES)
    forge.moved["/old.git"] = "/orders.git"
    source = GitSource(f"{forge.url}/old.git", token_env="ORDERS_TOKEN")  # noqa: S106  a name
    for _ in range(2):
        found = crawled(tmp_path, source)
        assert found.checkouts[0].repository.commit == orders.commit
        assert told(found) == ["repository-redirected"]
        assert f"{forge.url}/old.git is now {forge.url}/orders.git" in found.findings[0].message


def test_a_server_in_trouble_is_asked_again(tmp_path: Path, forge: Forge) -> None:
    remote(forge.root, "orders", FILES)
    forge.failing["/orders.git"] = [503, 429]
    found = crawled(tmp_path, GitSource(f"{forge.url}/orders.git"))
    assert found.findings == ()


def test_a_server_that_stays_in_trouble_is_given_up(tmp_path: Path, forge: Forge) -> None:
    remote(forge.root, "orders", FILES)
    source = GitSource(f"{forge.url}/orders.git")
    before = crawled(tmp_path, source)
    forge.failing["/orders.git"] = [500] * 20
    after = crawled(tmp_path, source)
    assert told(after) == ["repository-unreachable"]
    assert after.checkouts == before.checkouts
    assert len(forge.failing["/orders.git"]) >= 17


def test_a_host_that_hangs_does_not_hold_up_the_others(tmp_path: Path, forge: Forge) -> None:
    remote(forge.root, "orders", FILES)
    with served(forge.root) as slow:
        slow.hanging.add("/")
        hanging = [GitSource(f"{slow.url}/r{number}.git") for number in range(12)]
        found = crawled(
            tmp_path,
            *hanging,
            GitSource(f"{forge.url}/orders.git"),
            repository_seconds=2,
            seconds=5,
        )
    assert [each.repository.name for each in found.checkouts] == ["orders"]
    assert set(told(found)) == {"repository-timed-out"}
    assert found.report[-1].seconds < 2


def test_a_secret_stands_in_no_message_no_cache_and_no_command_line(
    tmp_path: Path, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge.token = TOKEN
    remote(forge.root, "orders", FILES)
    log = tmp_path / "log"
    spy = tmp_path / "bin/git"
    spy.parent.mkdir()
    spy.write_text(f'#!/bin/sh\necho "$@" >> {log}\nenv >> {log}.env\nexec {_git()} "$@"\n')
    spy.chmod(0o755)
    monkeypatch.setenv("PATH", f"{spy.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("ORDERS_TOKEN", TOKEN)
    source = GitSource(f"{forge.url}/orders.git", token_env="ORDERS_TOKEN")  # noqa: S106  a name
    found = crawled(tmp_path, source, GitSource(f"{forge.url}/nothing.git"))
    assert found.checkouts
    assert "ls-remote" in log.read_text()
    encoded = next(each for _, each in forge.asked if each).split()[1]
    kept = [path.read_bytes() for path in (tmp_path / "catalogue").rglob("*") if path.is_file()]
    for secret in (TOKEN, encoded):
        assert secret not in str(found)
        assert secret not in log.read_text()
        assert not any(secret.encode() in content for content in kept)
    assert "ORDERS_TOKEN" not in Path(f"{log}.env").read_text()


def _git() -> str:
    return os.popen("command -v git").read().strip()  # noqa: S605, S607  nothing foreign


def test_ctrl_c_ends_all_and_the_next_crawl_goes_on(tmp_path: Path, forge: Forge) -> None:
    remote(forge.root, "orders", FILES)
    forge.hanging.add("/slow")
    root = tmp_path / "catalogue"
    root.mkdir()
    names = ("orders", "slow1", "slow2")
    lines = [f"  - git: {forge.url}/{name}.git\n" for name in names]
    (root / "catalog.yml").write_text("sources:\n" + "".join(lines))
    command = [sys.executable, "-m", "catalog_builder", "crawl"]
    with subprocess.Popen(  # noqa: S603  our own program
        command, cwd=root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        deadline = time.monotonic() + 60
        while sum(path.startswith("/slow") for path, _ in forge.asked) < 2 or not list(
            root.glob(".catalog/snapshots/*/*")
        ):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        children = _children(process.pid)
        assert len(children) >= 2
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)
        assert process.returncode == 130
    assert not [pid for pid in children if _runs(pid)]
    assert not list((root / ".catalog").rglob("*.lock"))
    forge.hanging.clear()
    forge.asked.clear()
    for name in names[1:]:
        remote(forge.root, name, FILES)
    found = crawled(tmp_path, *(GitSource(f"{forge.url}/{name}.git") for name in names))
    assert len(found.checkouts) == 3
    assert len(forge.requests("orders")) == 2


def _runs(pid: int) -> bool:
    """Whether a process is there, and not only waits for its parent to ask how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except FileNotFoundError:
        return False


def _children(pid: int) -> list[int]:
    """The processes that a process started, and those they started."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    own = [int(word) for each in tasks for word in each.read_text().split()]
    return own + [each for child in own for each in _children(child)]
