"""Repositories that note what is asked of them, and the same questions asked again."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from catalog_builder.model import Checkout

Answers: TypeAlias = dict[tuple[str, str, str], str]
"""What was answered to a kind of question, of the repository at an address, about a path.

The address is empty for the repository that is read; of answers that are long, this is a digest.
"""

_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Traced(Mapping[str, bytes]):
    """Files of a repository, by path."""

    files: Mapping[str, bytes]
    answers: Answers
    address: str = ""

    def __getitem__(self, path: str) -> bytes:
        """The content of a file."""
        try:
            content = self.files[path]
        except KeyError:
            self._note(_CONTENT, path, "")
            raise
        self._note(_CONTENT, path, digest_of_content(content))
        return content

    def __contains__(self, path: object) -> bool:
        """Whether there is such a file."""
        found = path in self.files
        self._note("is there", str(path), "yes" * found)
        return found

    def __iter__(self) -> Iterator[str]:
        """The paths of all files."""
        paths = list(self.files)
        self._note("paths", "", _digest_of_paths(paths))
        return iter(paths)

    def __len__(self) -> int:
        """How many files there are."""
        return sum(1 for _ in self)

    def _note(self, kind: str, path: str, answer: str) -> None:
        self.answers[kind, self.address, path] = answer


@dataclass(frozen=True, slots=True)
class TracedOthers(Mapping[str, Checkout]):
    """Repositories by their addresses, each traced as well."""

    checkouts: Mapping[str, Checkout]
    answers: Answers

    def __getitem__(self, address: str) -> Checkout:
        """The repository at an address."""
        checkout = self.checkouts.get(address)
        self.answers["repository", address, ""] = _repository(checkout)
        if checkout is None:
            raise KeyError(address)
        return replace(checkout, files=Traced(checkout.files, self.answers, address))

    def __iter__(self) -> Iterator[str]:
        """Never asked for: it would make every reading depend on all repositories."""
        raise NotImplementedError

    def __len__(self) -> int:
        """Never asked for, as above."""
        raise NotImplementedError


def are_still_right(answers: Answers, checkout: Checkout, others: Mapping[str, Checkout]) -> bool:
    """Whether every question would be answered now as it was."""
    return all(
        _answer(kind, address, path, checkout, others) == answer
        for (kind, address, path), answer in answers.items()
    )


def _answer(
    kind: str, address: str, path: str, checkout: Checkout, others: Mapping[str, Checkout]
) -> str | None:
    if kind == "repository":
        return _repository(others.get(address))
    whose = others.get(address) if address else checkout
    if whose is None:
        return None
    if kind == "paths":
        return _digest_of_paths(list(whose.files))
    if kind == "is there":
        return "yes" * (path in whose.files)
    return digest_of_content(whose.files.get(path))


def digests_of_files(answers: Answers) -> Mapping[str, str]:
    """Of the repository's own files whose content was asked for, by path; empty: there was none."""
    return {
        path: answer
        for (kind, address, path), answer in answers.items()
        if kind == _CONTENT and not address
    }


def digest_of_content(content: bytes | None) -> str:
    """What the content of a file is told from others by; empty: there is no file."""
    return "" if content is None else _digest(content)


def _repository(checkout: Checkout | None) -> str:
    return _digest(repr(checkout.repository).encode()) if checkout else ""


def _digest_of_paths(paths: list[str]) -> str:
    return _digest("\0".join(paths).encode("utf-8", "surrogatepass"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
