"""The cache folder."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog_builder.crawl.store import CacheError, Store


def _started(program: str, store: Store) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", program, str(store.folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  ours


def _store(tmp_path: Path) -> Store:
    return Store(tmp_path / ".catalog")


def test_a_record_is_found_again_under_its_room_and_key(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.put("answers", "https://a", b"one")
    store.put("answers", "https://b", b"two")
    store.put("trees", "https://a", b"three")
    assert store.get("answers", "https://a") == b"one"
    assert store.get("trees", "https://a") == b"three"
    assert store.get("trees", "https://b") is None


def test_a_record_put_again_replaces_the_first(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.put("answers", "a", b"one")
    store.put("answers", "a", b"two")
    assert store.get("answers", "a") == b"two"


def test_a_forgotten_record_is_not_there(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.put("answers", "a", b"one")
    store.forget("answers", "a")
    assert store.get("answers", "a") is None


def test_a_record_that_was_damaged_is_not_there(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.put("answers", "a", b"one and a bit")
    (record,) = (path for path in store.folder.glob("answers/*/*") if path.is_file())
    for damaged in (record.read_bytes()[:-1], b"", b"x" * 60):
        record.write_bytes(damaged)
        assert store.get("answers", "a") is None


@pytest.mark.parametrize("key", ["../../out", "/etc/passwd", "a\0b", "\udcff", "x" * 100_000, ""])
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    store = _store(tmp_path)
    store.put("answers", key, b"one")
    assert store.get("answers", key) == b"one"
    assert [path.name for path in tmp_path.iterdir()] == [".catalog"]


def test_neither_keys_nor_leftovers_can_be_seen_in_the_folder(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.put("answers", "https://user:secret@host", b"one")
    names = [path.name for path in store.folder.rglob("*") if path.is_file()]
    assert not [name for name in names if "secret" in name or name.startswith("half-")]


def test_git_ignores_the_folder(tmp_path: Path, git: Callable[..., str]) -> None:
    store = _store(tmp_path)
    git(tmp_path, "init", "-q")
    store.put("answers", "a", b"one")
    assert git(tmp_path, "status", "--porcelain") == ""


def test_what_a_killed_run_left_half_written_is_swept_after_an_hour(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.put("answers", "a", b"one")
    (record,) = (path for path in store.folder.glob("answers/*/*") if path.is_file())
    old, new = record.with_name("half-old"), record.with_name("half-new")
    old.write_bytes(b"")
    new.write_bytes(b"")
    os.utime(old, (time.time() - 4000, time.time() - 4000))
    store.sweep()
    assert (old.exists(), new.exists(), record.exists()) == (False, True, True)


def test_a_lock_that_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    store = _store(tmp_path)
    program = (
        "import sys, pathlib; from catalog_builder.crawl.store import Store\n"
        "with Store(pathlib.Path(sys.argv[1])).locked('git', 'a'):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    waits: list[float] = []
    with _started(program, store) as other:
        assert other.stdout
        other.stdout.readline()

        def wait(seconds: float) -> None:
            waits.append(seconds)
            other.kill()
            other.wait()

        with store.locked("git", "a", wait):
            assert waits
    assert not list(store.folder.rglob("*.lock"))


def test_locks_of_different_keys_do_not_wait_for_each_other(tmp_path: Path) -> None:
    store = _store(tmp_path)

    def fail(_: float) -> None:
        raise AssertionError

    with store.locked("git", "a", fail), store.locked("git", "b", fail):
        pass


def test_what_a_killed_process_started_holds_the_lock_until_it_ends(tmp_path: Path) -> None:
    store = _store(tmp_path)
    program = (
        "import os, subprocess, sys, pathlib; from catalog_builder.crawl.store import Store\n"
        "with Store(pathlib.Path(sys.argv[1])).locked('git', 'a') as lock:\n"
        "    subprocess.Popen(['/bin/cat'], pass_fds=(lock,)); os.kill(os.getpid(), 9)"
    )
    waits: list[float] = []
    with _started(program, store) as parent:
        parent.wait()
        assert parent.stdin

        def wait(seconds: float) -> None:
            waits.append(seconds)
            if parent.stdin:
                parent.stdin.close()

        with store.locked("git", "a", wait):
            assert waits


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / ".catalog").write_text("not a folder")
    with pytest.raises(CacheError, match=r"the cache .*\.catalog cannot be written: "):
        _store(tmp_path).put("answers", "a", b"one")
