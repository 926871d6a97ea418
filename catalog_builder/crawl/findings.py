"""Every finding of a crawl, as one table: how much it matters, what it means, how to mend it."""

from collections.abc import Mapping

from catalog_builder.crawl.walk import readable
from catalog_builder.model import Code, Finding, Location, Severity

CODES: tuple[Code, ...] = (
    Code(
        "source-missing",
        Severity.ERROR,
        "There is nothing at the source `{detail}`",
        "A source of the configuration leads nowhere, so all of its events are missing here.",
        "Correct its path; relative paths start at the configuration's folder.",
        "sources:\n  - path: ../ordres",
    ),
    Code(
        "source-unreadable",
        Severity.ERROR,
        "The source `{detail}` cannot be read",
        "What lies there may not be read, or is neither a folder nor a file.",
        "Name a folder or a file that may be read, or give the right to read it.",
        "The source is a folder of another user, who alone may look into it.",
    ),
    Code(
        "source-empty",
        Severity.WARNING,
        "The source `{detail}` holds no AsyncAPI document",
        "There are files, but none that says `asyncapi:` at its top level.",
        "Correct its path, or see whether `include` and `exclude` hide the documents; a document "
        "begins with `asyncapi:`.",
        'sources:\n  - path: ../orders\ninclude: ["**/openapi*.yaml"]',
    ),
    Code(
        "reference-not-brought",
        Severity.WARNING,
        "What references lead to was not brought from {detail}",
        "A reference leads to a host that the configuration allows, which gave nothing.",
        "See whether the address is right and can be reached from here without signing in.",
        "references:\n  hosts: [schemas.example.com]",
    ),
    Code(
        "reference-from-cache",
        Severity.WARNING,
        "What references lead to is as it was before: nothing came from {detail}",
        "The file is the one of an earlier build, as its host gave nothing this time.",
        "See whether the address can still be reached; the next build asks again.",
        "references:\n  hosts: [schemas.example.com]",
    ),
    Code(
        "source-name-unused",
        Severity.WARNING,
        "The source `{detail}` brings several repositories, so its `name` is not used",
        "A name is for one repository.",
        "Give each folder that needs another name a source of its own.",
        "sources:\n  - {path: ../services/*, name: shop}",
    ),
    Code(
        "repository-brought-twice",
        Severity.WARNING,
        "Two sources bring this repository; what `{detail}` says of it is not used",
        "A repository is read once, and described by the first source that brings it.",
        "Put that source before the other one, or leave one of them out.",
        "sources:\n  - path: ../services/*\n  - {path: ../services/orders, viewpoint: client}",
    ),
    Code(
        "repository-name-twice",
        Severity.WARNING,
        "Several repositories are called `{detail}`, so this one got another name",
        "Names of repositories are unique in a catalogue; rules of the configuration use them.",
        "Give its source a `name`.",
        "sources:\n  - path: orders/api\n  - path: payments/api",
    ),
    Code(
        "folder-unreadable",
        Severity.WARNING,
        "The folder cannot be read",
        "Specifications in it are missing here.",
        "Give the right to read it, or add it to `exclude`.",
        "A folder `secrets` in the repository belongs to another user.",
    ),
    Code(
        "file-unreadable",
        Severity.WARNING,
        "The file cannot be read, so it may be a specification that is missing here: {detail}",
        "Its name is one that `include` asks for, so it is missed.",
        "Mend the file or the right to read it, or add it to `exclude`.",
        "The file `asyncapi.yaml` is a link to a file that was deleted.",
    ),
    Code(
        "file-too-large",
        Severity.WARNING,
        "The specification is larger than 10 MB and was not read",
        "Larger files are not specifications that people write.",
        "Split it with `$ref` into files.",
        "A generated `asyncapi.json` has 14 MB.",
    ),
    Code(
        "file-name-unreadable",
        Severity.WARNING,
        "The name `{detail}` is not UTF-8, so the file or folder was left out",
        "No page and no message could name it.",
        "Rename it.",
        "A folder was unpacked from an old archive, and its name is in Latin-1.",
    ),
    Code(
        "link-leaves-repository",
        Severity.WARNING,
        "The symbolic link leads out of the repository and was not followed",
        "What lies outside of a repository is not part of it.",
        "Put a copy in its place, or name the folder it leads to as a source.",
        "In the repository, `schemas` is a link to `/srv/shared/schemas`.",
    ),
    Code(
        "specification-not-committed",
        Severity.INFO,
        "The file is not what the last commit has, so this repository is shown without a commit",
        "A link to the commit would show something else than what was read.",
        "Commit it.",
        "A document was edited, and the catalogue built before the commit.",
    ),
    Code(
        "git-missing",
        Severity.INFO,
        "Git is not installed, so nothing is shown with its commit",
        "Without git nothing is known of commits and remotes, and pages link to no forge.",
        "Install git.",
        "The catalogue is built in a container that has Python and nothing else.",
    ),
    Code(
        "git-refused",
        Severity.INFO,
        "Git does not tell the commit: {detail}",
        "Without the commit pages cannot link to the file as it was read.",
        "If the folder is another user's, run `git config --global --add safe.directory` with "
        "its path.",
        "A container runs as root in a folder that belongs to another user.",
    ),
)

BY_CODE: Mapping[str, Code] = {each.code: each for each in CODES}


def finding(code: str, location: Location, detail: str = "") -> Finding:
    """The finding of this code at a place; `detail` is what is special in the case."""
    return BY_CODE[code].finding(location, detail=readable(detail))
