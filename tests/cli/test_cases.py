"""The command line, told in `cases/*.txt`: files, commands, and what comes of them.

A case begins with a sentence; then come sections, each headed by a line that begins with `===`:

    === file PATH      a file that is there before, with this text
    === folder PATH    an empty folder that is there before
    === run ARGUMENTS  a run of `catalog-builder`; what follows is expected of it
    === exit CODE      its exit code; 0 when this is left out
    === stdout         its output; nothing when this is left out
    === stderr         its messages; nothing when this is left out
    === wrote PATH     a file that is there afterwards

In expected text `...` stands for anything, line ends included; a line end at the very end is
no matter.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from catalog_builder.cli import main

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
HEADING = re.compile(r"^=== (\w+) ?(.*)\n", re.MULTILINE)
FOREIGN_VARIABLES = ("NO_COLOR", "FORCE_COLOR", "COLUMNS")


@dataclass(frozen=True)
class Section:
    kind: str
    name: str
    text: str


@dataclass
class Expected:
    arguments: str
    exit_code: int = 0
    stdout: str = ""
    stderr: str = ""
    wrote: dict[str, str] = field(default_factory=dict)


def sections(case: str) -> Iterator[Section]:
    _sentence, *parts = HEADING.split(case)
    for kind, name, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield Section(kind, name.strip(), text.rstrip("\n") + "\n" if text.strip() else "")


def prepare(section: Section) -> None:
    path = Path(section.name)
    if section.kind == "folder":
        path.mkdir(parents=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(section.text, encoding="utf-8")


def expect(run: Expected, section: Section) -> None:
    match section.kind:
        case "exit":
            run.exit_code = int(section.name)
        case "stdout":
            run.stdout = section.text
        case "stderr":
            run.stderr = section.text
        case "wrote":
            run.wrote[section.name] = section.text
        case unknown:
            raise ValueError(unknown)


def runs(case: str) -> list[Expected]:
    expected: list[Expected] = []
    for section in sections(case):
        if section.kind in {"file", "folder"}:
            prepare(section)
        elif section.kind == "run":
            expected.append(Expected(section.name))
        else:
            expect(expected[-1], section)
    return expected


def assert_like(text: str, pattern: str) -> None:
    """Nothing differs, but for what `...` stands for; otherwise both are shown."""
    anything = ".*?".join(re.escape(part) for part in pattern.split("..."))
    if not re.fullmatch(anything, f"{text.rstrip()}\n" if text else "", re.DOTALL):
        assert text == pattern


def assert_runs(expected: Expected) -> None:
    result = CliRunner().invoke(main, shlex.split(expected.arguments), prog_name="catalog-builder")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert_like(result.stderr, expected.stderr)
    assert_like(result.stdout, expected.stdout)
    assert result.exit_code == expected.exit_code
    for name, text in expected.wrote.items():
        assert_like(Path(name).read_text(encoding="utf-8"), text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_command_line_does_what_a_case_tells(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in FOREIGN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    for expected in runs(case.read_text(encoding="utf-8")):
        assert_runs(expected)
