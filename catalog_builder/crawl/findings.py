"""Every finding of a crawl: how much it matters, what it says, how to mend it."""

from collections.abc import Mapping
from typing import NamedTuple

from catalog_builder.crawl.walk import readable
from catalog_builder.model import Finding, Location, Severity


class _Kind(NamedTuple):
    severity: Severity
    message: str
    """`{detail}` is what is special in one case."""
    hint: str


FINDINGS: Mapping[str, _Kind] = {
    "source-missing": _Kind(
        Severity.ERROR,
        "There is nothing at the source `{detail}`",
        "Correct its path; relative paths start at the configuration's folder",
    ),
    "source-unreadable": _Kind(
        Severity.ERROR,
        "The source `{detail}` cannot be read",
        "Name a folder or a file that may be read, or give the right to read it",
    ),
    "source-empty": _Kind(
        Severity.WARNING,
        "The source `{detail}` holds no AsyncAPI document",
        "Correct its path, or see whether `include` and `exclude` hide the documents; a document "
        "begins with `asyncapi:`",
    ),
    "source-name-unused": _Kind(
        Severity.WARNING,
        "The source `{detail}` brings several repositories, so its `name` is not used",
        "Give each folder that needs another name a source of its own",
    ),
    "repository-brought-twice": _Kind(
        Severity.WARNING,
        "Two sources bring this repository; what `{detail}` says of it is not used",
        "Put that source before the other one, or leave one of them out",
    ),
    "repository-name-twice": _Kind(
        Severity.WARNING,
        "Several repositories are called `{detail}`, so this one got another name",
        "Give its source a `name`",
    ),
    "folder-unreadable": _Kind(
        Severity.WARNING,
        "The folder cannot be read",
        "Give the right to read it, or add it to `exclude`",
    ),
    "file-unreadable": _Kind(
        Severity.WARNING,
        "The file cannot be read, so it may be a specification that is missing here: {detail}",
        "Mend the file or the right to read it, or add it to `exclude`",
    ),
    "file-too-large": _Kind(
        Severity.WARNING,
        "The specification is larger than 10 MB and was not read",
        "Split it with `$ref` into files",
    ),
    "file-name-unreadable": _Kind(
        Severity.WARNING,
        "The name `{detail}` is not UTF-8, so the file or folder was left out",
        "Rename it",
    ),
    "link-leaves-repository": _Kind(
        Severity.WARNING,
        "The symbolic link leads out of the repository and was not followed",
        "Put a copy in its place, or name the folder it leads to as a source",
    ),
    "specification-not-committed": _Kind(
        Severity.INFO,
        "The file is not what the last commit has, so this repository is shown without a commit",
        "Commit it",
    ),
    "git-missing": _Kind(
        Severity.INFO,
        "Git is not installed, so nothing is shown with its commit",
        "Install git",
    ),
    "git-refused": _Kind(
        Severity.INFO,
        "Git does not tell the commit: {detail}",
        "If the folder is another user's, run `git config --global --add safe.directory` with "
        "its path",
    ),
}


def finding(code: str, location: Location, detail: str = "") -> Finding:
    """The finding of this code at a place."""
    kind = FINDINGS[code]
    message = kind.message.replace("{detail}", readable(detail))
    return Finding(code, kind.severity, message, kind.hint, location)
