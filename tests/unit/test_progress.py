"""What is told of long work, on a terminal, in a log, and when nobody wants to know."""

import io
import re

import pytest

from catalog_builder.progress import Progress, Silent, Timed, progress_for, write_table

CLEARED = "\x1b[2K"
CURSOR_SHOWN = "\x1b[?25h"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _of_a_plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


def _some_work(progress: Progress) -> list[int]:
    with progress, progress.stage("Crawling"):
        done = list(progress.track("Reading", [1, 2, 3]))
        progress.say("Half of it")
        progress.detail("A detail")
    return done


def _without_times(text: str) -> str:
    return re.sub(r"\d+\.\d s", "N s", text)


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize("verbose", [False, True])
def test_items_come_through_unchanged(stream: io.StringIO, quiet: bool, verbose: bool) -> None:  # noqa: FBT001  pytest passes them by name
    assert _some_work(progress_for(stream, quiet=quiet, verbose=verbose)) == [1, 2, 3]


def test_a_log_has_one_line_for_each_finished_stage() -> None:
    log = io.StringIO()
    _some_work(progress_for(log, quiet=False, verbose=False))
    assert _without_times(log.getvalue()) == "Reading  3  N s\nHalf of it\nCrawling  N s\n"


def test_a_verbose_log_has_details() -> None:
    log = io.StringIO()
    _some_work(progress_for(log, quiet=False, verbose=True))
    assert "A detail\n" in log.getvalue()


def test_quiet_says_nothing() -> None:
    for stream in (io.StringIO(), Terminal()):
        _some_work(progress_for(stream, quiet=True, verbose=True))
        assert not stream.getvalue()


def test_a_terminal_shows_a_bar_with_count_and_total_and_then_clears_it() -> None:
    terminal = Terminal()
    with progress_for(terminal, quiet=False, verbose=False) as progress:
        items = progress.track("Reading", iter(range(2000)), total=2000)
        next(items)
        next(items)
        assert "Reading" in terminal.getvalue()
        assert "1/2,000" in terminal.getvalue()
        list(items)
    assert terminal.getvalue().endswith(f"{CLEARED}{CURSOR_SHOWN}\r")


def test_a_terminal_keeps_messages_and_not_the_bars() -> None:
    terminal = Terminal()
    _some_work(progress_for(terminal, quiet=False, verbose=False))
    lines = [line for line in terminal.getvalue().split("\n") if "Half of it" in line]
    assert len(lines) == 1


def test_a_terminal_without_colour_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = Terminal()
    _some_work(progress_for(terminal, quiet=False, verbose=True))
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", terminal.getvalue())


def test_a_dumb_terminal_is_told_in_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    terminal = Terminal()
    _some_work(progress_for(terminal, quiet=False, verbose=False))
    assert "\x1b" not in terminal.getvalue()


def test_a_stage_that_fails_is_not_told_as_done() -> None:
    log = io.StringIO()
    progress = progress_for(log, quiet=False, verbose=False)
    with pytest.raises(ValueError, match="broken"), progress.stage("Crawling"):
        raise ValueError("broken")
    assert not log.getvalue()


def test_a_terminal_is_left_clean_when_the_work_fails() -> None:
    terminal = Terminal()
    progress = progress_for(terminal, quiet=False, verbose=False)
    items = progress.track("Reading", [1, 2])
    with pytest.raises(ZeroDivisionError), progress:
        _ = next(items) // 0
    del items
    assert terminal.getvalue().endswith(f"{CURSOR_SHOWN}\r\x1b[1A{CLEARED}")


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()])
def test_foreign_text_cannot_command_a_terminal(stream: io.StringIO) -> None:
    progress_for(stream, quiet=False, verbose=False).say("a\x1b[2Jb \u202e [bold]c[/bold] :bug:")
    assert stream.getvalue() == "a\\x1b[2Jb \\u202e [bold]c[/bold] :bug:\n"


def test_a_table_in_a_file_is_aligned_text() -> None:
    file = io.StringIO()
    write_table(file, ["SOURCE", "DOCUMENTS"], [["specs/*", "12"], ["é💥\n\x07", "3"]])
    assert file.getvalue() == ("SOURCE    DOCUMENTS\nspecs/*          12\né💥 \\x07          3\n")


def test_a_table_without_rows_is_its_headings() -> None:
    file = io.StringIO()
    write_table(file, ["SOURCE", "STATE"], [])
    assert file.getvalue() == "SOURCE  STATE\n"


def test_a_table_on_a_terminal_is_ruled() -> None:
    terminal = Terminal()
    write_table(terminal, ["SOURCE", "DOCUMENTS"], [["[bold]specs", "12"]])
    assert "│ [bold]specs │        12 │" in terminal.getvalue()


def test_what_each_stage_took_is_kept_while_another_tells_of_it() -> None:
    stream = io.StringIO()
    timed = Timed(progress_for(stream, quiet=False, verbose=True))
    assert _some_work(timed) == [1, 2, 3]
    assert [(each.name, each.count) for each in timed.stages] == [
        ("Reading", 3),
        ("Crawling", None),
    ]
    assert "Half of it\nA detail\n" in stream.getvalue()


def test_a_stage_that_fails_is_not_among_those_that_are_done() -> None:
    timed = Timed(Silent())

    def failing() -> None:
        with timed.stage("Crawling"):
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert timed.stages == []
