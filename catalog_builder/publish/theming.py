"""The theme's templates, listed without those that MkDocs leaves out anyway."""

import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.theme import Theme


def list_less(theme: Theme) -> None:
    """The theme's templates are found as ever, and the hidden ones no longer listed.

    MkDocs lists them to copy those that are no pages; of what is hidden it copies nothing, and one
    of Material's hidden folders holds 10,000 icons.
    """
    plain = theme.get_env

    def get_env() -> Any:  # noqa: ANN401  Jinja's environment
        env: Any = plain()
        env.loader.list_templates = partial(_shown_in, theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]  # there is no other way in


def _shown_in(folders: Sequence[str]) -> list[str]:
    return sorted({name for root in folders for name in _shown(Path(root))})


def _shown(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = [each for each in folders if not each.startswith(".")]
        within = Path(folder).relative_to(root)
        yield from ((within / each).as_posix() for each in files if not each.startswith("."))
