"""The guide and the README name everything there is, and nothing that is not."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from catalog_builder.assemble.belongings import DOMAIN_KEYS, LIFECYCLE_KEYS, TEAM_KEYS
from catalog_builder.assemble.past import ADDED, REMOVED
from catalog_builder.assemble.rules import Rule
from catalog_builder.assemble.tracing import KINDS
from catalog_builder.assemble.versions import VERSION_KEYS
from catalog_builder.build import ALL_CODES
from catalog_builder.cli import main
from catalog_builder.config import ConfigError, read_settings
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Side
from catalog_builder.render import EXPORTS, View, render
from catalog_builder.schema import DIFFERENCES
from catalog_builder.templates import Templates, shipped

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs_templates/guide/guide"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(GUIDE.glob("*.md"))}
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTEXT = click.Context(main)
COMMANDS = {name: main.get_command(CONTEXT, name) for name in main.list_commands(CONTEXT)}


def options(command: click.Command | None) -> set[str]:
    assert command is not None
    params = command.get_params(CONTEXT)
    return {name for each in params if isinstance(each, click.Option) for name in each.opts}


def section(page: str, heading: str) -> str:
    """What stands below a heading of the second level."""
    parts = re.split(r"^## ", PAGES[page], flags=re.MULTILINE)
    return next(part for part in parts if part.startswith(heading))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_explained_with_every_option(name: str) -> None:
    text = section("commands.md", f"`{name}`")
    shared = set.intersection(*map(options, COMMANDS.values()))
    known = options(COMMANDS[name])
    assert {each for each in known - shared if f"`{each}" not in text} == set()
    assert {each for each in shared if f"`{each}" not in PAGES["commands.md"]} == set()


def test_every_export_format_is_named() -> None:
    text = section("commands.md", "`export`")
    assert [name for name in EXPORTS if f"| `{name}` |" not in text] == []


def test_every_finding_has_an_entry() -> None:
    assert [
        each.code for each in ALL_CODES if f"\n## {each.code}\n" not in PAGES["findings.md"]
    ] == []


def test_every_rule_of_joining_is_told_in_order() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \|", PAGES["joining.md"], re.MULTILINE)
    assert told == list(Rule)


def test_every_difference_is_told_with_whom_it_breaks() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (.+?) \| (yes)? ?\| (yes)? ?\|", PAGES["changes.md"], re.MULTILINE
    )
    known = [
        (
            each.kind,
            each.meaning,
            *("yes" if side in each.breaks else "" for side in (Side.CONSUMERS, Side.PRODUCERS)),
        )
        for each in (*DIFFERENCES, ADDED, REMOVED, *KINDS)
    ]
    assert rows == known


def test_every_extension_that_tells_what_something_belongs_to_is_named() -> None:
    keys = (*TEAM_KEYS, *DOMAIN_KEYS, *LIFECYCLE_KEYS, *VERSION_KEYS)
    assert [each for each in keys if f"`{each}`" not in PAGES["specifications.md"]] == []


def test_every_key_of_the_configuration_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yml"

    def known_at(document: object) -> list[str]:
        """The keys that are offered instead of one that does not exist."""
        file.write_text(json.dumps(document), encoding="utf-8")
        with pytest.raises(ConfigError) as refused:
            read_settings(file)
        hints = [each.hint for each in refused.value.mistakes if "`zzzzz`" in each.message]
        return re.findall(r"`(.+?)`", hints[0]) if hints else []

    keys = set(configuration_keys(known_at, lambda value: value))
    assert {"title", "path", "alias", "address"} <= keys
    assert {key for key in keys if f"`{key}`" not in PAGES["configuration.md"]} == set()


def test_every_example_of_a_configuration_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "catalog.yml"
    (tmp_path / "templates").mkdir()
    told = PAGES["configuration.md"] + PAGES["sources.md"]
    blocks = re.findall(r"```yaml\n(.*?)```", told, re.DOTALL)
    examples = [each for each in blocks if not each.startswith("# ")]
    for each in examples:
        sources = "" if each.startswith("sources:") else "sources: [{path: orders}]\n"
        file.write_text(f"{each}\n{sources}", encoding="utf-8")
        assert read_settings(file).sources, each
    assert len(examples) > 10


def configuration_keys(
    known_at: Callable[[object], list[str]], around: Callable[[object], object]
) -> Iterator[str]:
    """Every key at a place of the configuration and below it."""
    wraps: tuple[Callable[[object], object], ...] = (
        around,
        lambda value: around([value]),
        lambda value: around([[value, value]]),
    )
    for wrap in wraps:
        known = known_at(wrap({"zzzzz": 1}))
        for key in known:
            yield key
            yield from configuration_keys(known_at, below(wrap, key))
        if known:
            return


def below(wrap: Callable[[object], object], key: str) -> Callable[[object], object]:
    return lambda value: wrap({key: value})


class Recording(Templates):
    """Remembers what each template was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[str, set[str]] = {}

    def fill(self, name: str, /, **values: object) -> str:
        self.given.setdefault(name, set()).update(values)
        return super().fill(name, **values)


def test_every_value_of_a_snippet_is_named(catalog: Catalog) -> None:
    templates = Recording()
    files = render(
        View(catalog, Flow(catalog)), templates, directory_urls=False, pictures={}, contents={}
    )
    for page in files.pages:
        page.body()
    given = {
        name for path, names in templates.given.items() if "snippets/" in path for name in names
    }
    text = PAGES["configuration.md"].partition("### Snippets")[2]
    assert {name for name in given if f"`{name}`" not in text} == set()
    assert "topic_arn" in given
    folders = {path.name for path in (shipped() / "pages/snippets").iterdir()}
    assert {each for each in folders if f"`{each}`" not in text} == set()


def command_lines(text: str) -> Iterator[str]:
    """Lines of shell and pieces of code that begin with our command."""
    for block in re.findall(r"```(?:sh|yaml)?\n(.*?)```|`([^`\n]+)`", text, re.DOTALL):
        for line in "".join(block).splitlines():
            for part in re.split(r"&&|\||;", line.split("  #")[0]):
                found = re.search(r"(?:^|[-:] |/)catalog-builder +(.*)", part.strip())
                if found and not re.search(r"COMMAND|OPTIONS", part):
                    yield found[1]


@pytest.mark.parametrize("page", ["README.md", *PAGES])
def test_every_command_line_exists(page: str) -> None:
    for line in command_lines(README if page == "README.md" else PAGES[page]):
        words = shlex.split(line)
        flags = {word.split("=")[0] for word in words if word.startswith("-")}
        if words[0].startswith("-"):
            assert flags <= options(main), line
        else:
            assert words[0] in COMMANDS, line
            assert flags <= options(COMMANDS[words[0]]), line


def test_every_target_of_make_that_the_readme_names_exists() -> None:
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=`|\s+#)", README)) <= known


def test_pictures_are_small() -> None:
    assert [each.name for each in GUIDE.glob("*.png") if each.stat().st_size > 150_000] == []


def test_no_link_of_the_guide_is_dead(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")]
    no_tools = {**os.environ, "PATH": str(tmp_path)}  # pictures take long and hold no such link
    done = subprocess.run(  # noqa: S603  our own command
        command, cwd=ROOT, env=no_tools, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
