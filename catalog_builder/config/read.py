"""Reading `catalog.yml`: from bytes to nodes that know their places, from those to settings."""

from pathlib import Path

import yaml

from catalog_builder.config.expect import Part
from catalog_builder.config.failure import ConfigError, Mistake
from catalog_builder.config.settings import Settings
from catalog_builder.config.table import CONFIGURATION

_LARGEST_BYTES = 1_000_000
_DEEPEST = 30
"""Far above what the table knows; libyaml's composer overruns its stack on thousands."""


def read_settings(path: Path) -> Settings:
    """The settings that a file states; relative paths count from its folder.

    Raises:
        ConfigError: it cannot be read, or says something wrong; all mistakes together.
    """
    content = _content(path)
    node = _composed(path, content)
    if node is None:
        raise _unusable(path, "the configuration is empty", "`catalog-builder init` writes one")
    checked = CONFIGURATION(Part(path, node))
    if checked.mistakes:
        raise ConfigError(path, checked.mistakes)
    settings: Settings = checked.value
    return settings


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
    except FileNotFoundError as error:
        hint = "`catalog-builder init` writes one; `--config` names another"
        raise _unusable(path, "there is no such file", hint) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        hint = "It must be a file that you may read"
        raise _unusable(path, f"cannot be read: {reason}", hint) from error
    if len(content) > _LARGEST_BYTES:
        raise _unusable(path, "is larger than 1 MB", "Is this the configuration?")
    return content


def _composed(path: Path, content: bytes) -> yaml.Node | None:
    try:
        _refuse_depth(path, content)
        node: yaml.Node | None = yaml.compose(content, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        message = ", ".join(each for each in (error.context, error.problem) if each)
        mistake = Mistake(path, line, column, f"not YAML: {message}", _mend(message))
        raise ConfigError(path, (mistake,)) from error
    except yaml.reader.ReaderError as error:
        before = content[: error.position]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        mistake = Mistake(path, line, column, f"not YAML: {error.reason}", "Save it as UTF-8")
        raise ConfigError(path, (mistake,)) from error
    return node


def _refuse_depth(path: Path, content: bytes) -> None:
    depth = 0
    for event in yaml.parse(content, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            message = f"is nested more than {_DEEPEST} levels deep"
            raise _unusable(path, message, "Is this the configuration?")


def _mend(message: str) -> str:
    if "tab" in message or "'\\t'" in message:
        return "Indent with spaces, not tabs"
    if "alias" in message:
        return "Put text that begins with `*` in quotes"
    return "Look at the indentation and the quotes here and in the line before"


def _unusable(path: Path, message: str, hint: str) -> ConfigError:
    return ConfigError(path, (Mistake(path, 0, 0, message, hint),))
