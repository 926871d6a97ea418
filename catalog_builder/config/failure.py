"""What is wrong with a configuration, all of it at once."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from catalog_builder.model import CatalogError


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: where (lines and columns from 1; 0: the file as a whole), what, and the mend."""

    file: Path
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """`catalog.yml:3:5: message. hint`, as editors and terminals turn it into a link."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else f"{self.file}"
        return f"{place}: {self.message}" + (f". {self.hint}" if self.hint else "")


class ConfigError(CatalogError):
    """The configuration cannot be used; `mistakes` holds every reason, in the file's order."""

    def __init__(self, file: Path, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(file, mistakes)
        self.file = file
        self.mistakes = tuple(sorted(mistakes, key=lambda each: (each.line, each.column)))

    def __str__(self) -> str:
        """One line a mistake."""
        return "\n".join(str(mistake) for mistake in self.mistakes)


def did_you_mean(word: str, known: Collection[str], form: str = "%s") -> str:
    """A hint: the known word that looks like this one, else all of them; `form` shows a word."""
    for close in close_to(word, known):
        return f"Did you mean `{form % close}`?"
    return f"Known are {listed([form % name for name in known])}" if known else "Leave it out"


def close_to(word: str, known: Collection[str]) -> list[str]:
    """The known word that this one was probably meant to be, if any."""
    return get_close_matches(word.casefold(), known, n=1)


def listed(names: Collection[str], word: str = "and") -> str:
    """Names as a sentence has them.

    >>> listed(["a", "b", "c"]), listed(["a", "b"], "or")
    ('`a`, `b` and `c`', '`a` or `b`')
    """
    quoted = [f"`{name}`" for name in names]
    return f" {word} ".join(part for part in (", ".join(quoted[:-1]), quoted[-1]) if part)
