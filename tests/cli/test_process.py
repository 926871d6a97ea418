"""What only a process of its own can show: start-up, signals and pipes."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "catalog_builder"]
PATIENCE_SECONDS = 60
HEAVY = {"mkdocs", "networkx", "rich", "watchfiles", "jinja2", "yaml"}
SPECIFICATION = """
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  placed: {address: orders.placed, messages: {OrderPlaced: {payload: {type: object}}}}
operations:
  place: {action: send, channel: {$ref: '#/channels/placed'}}
"""


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    folder = tmp_path / "orders"
    folder.mkdir()
    (folder / "asyncapi.yaml").write_text(SPECIFICATION, encoding="utf-8")
    return folder


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_telling_about_itself_loads_nothing_heavy(option: str) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "catalog_builder", option]
    told = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  our own program
    loaded = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "click" in loaded
    assert not HEAVY & loaded


def test_completing_a_command_names_it_with_its_summary() -> None:
    asked = {"COMP_WORDS": "catalog-builder bui", "COMP_CWORD": "1"}
    environment = {**os.environ, **asked, "_CATALOG_BUILDER_COMPLETE": "bash_complete"}
    told = subprocess.run(  # noqa: S603  our own program
        COMMAND, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout == "plain,build\n"


def test_a_reader_that_went_away_is_no_trouble(orders: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as output:
        told = subprocess.run(  # noqa: S603  our own program
            [*COMMAND, "export", "json", str(orders), "--quiet"],
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (told.returncode, told.stderr) == (128 + signal.SIGPIPE, "")


def test_serve_shows_the_catalogue_until_ctrl_c(orders: Path) -> None:
    with subprocess.Popen(  # noqa: S603  our own program
        [*COMMAND, "serve", str(orders), "--port", "0"], stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            told = _told_until(process, "Serving ")
            assert re.search(r"^1 service, 1 event, ", told, re.MULTILINE)
            (orders / "asyncapi.yaml").write_text("asyncapi: [", encoding="utf-8")
            assert "1 error" in _told_until(process, "Built in ")
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE_SECONDS) == 0
        finally:
            process.kill()


def test_an_interrupted_build_ends_as_interrupted(orders: Path, tmp_path: Path) -> None:
    waiting = tmp_path / "waiting.yml"
    os.mkfifo(waiting)
    with subprocess.Popen(  # noqa: S603  our own program
        [*COMMAND, "build", "--config", str(waiting)], stderr=subprocess.PIPE, text=True
    ) as process:
        with waiting.open("w"):
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE_SECONDS) == 128 + signal.SIGINT
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
    assert orders.exists()


def _told_until(process: subprocess.Popen[str], wanted: str) -> str:
    assert process.stderr
    told = ""
    impatience = threading.Timer(PATIENCE_SECONDS, process.kill)
    impatience.start()
    try:
        while wanted not in told:
            line = process.stderr.readline()
            assert line, told
            told += line
    finally:
        impatience.cancel()
    return told
