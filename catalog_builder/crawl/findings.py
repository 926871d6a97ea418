"""Every finding of a crawl, as one table: how much it matters, what it means, how to mend it."""

from collections.abc import Mapping

from catalog_builder.crawl.codes_elsewhere import CODES_ELSEWHERE
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
        "repository-gone",
        Severity.ERROR,
        "The repository is not there: {detail}",
        "It was removed or renamed, or may not be seen: forges tell both in the same words.",
        "Correct its address; give its source a `token_env` if it is private; or take it out of "
        "the sources.",
        "sources:\n  - git: https://git.example.com/acme/ordres.git",
    ),
    Code(
        "repository-refused",
        Severity.ERROR,
        "The repository may not be read: {detail}",
        "It is private, and there is no token for it, or one that may not read it.",
        "Give its source a `token_env`, and that variable a token that may read the repository.",
        "sources:\n  - {git: https://git.example.com/acme/orders.git, token_env: GIT_TOKEN}",
    ),
    Code(
        "repository-empty",
        Severity.ERROR,
        "The repository is empty: {detail}",
        "It has no commit, or its default branch does not exist.",
        "Push to it, name a `ref`, or take it out of the sources.",
        "A repository was made on the forge, and nobody has pushed to it yet.",
    ),
    Code(
        "repository-ref-missing",
        Severity.ERROR,
        "The repository has no such branch, tag or commit: {detail}",
        "The `ref` of its source leads nowhere.",
        "Correct the `ref`, or leave it out to read the default branch.",
        "sources:\n  - {git: https://git.example.com/acme/orders.git, ref: mian}",
    ),
    Code(
        "repository-moved",
        Severity.ERROR,
        "The repository has moved: {detail}",
        "Its host sends us to another host, where we do not follow, so that no token goes there.",
        "Correct its address.",
        "A team has moved its repositories from its own server to a forge.",
    ),
    Code(
        "repository-redirected",
        Severity.INFO,
        "The repository has another address on its host now: {detail}",
        "It was brought from there.",
        "Correct its address, because the redirect may end.",
        "A repository was renamed on its forge.",
    ),
    Code(
        "repository-unreachable",
        Severity.ERROR,
        "The repository cannot be reached: {detail}",
        "Its host does not answer, or answers that it has trouble.",
        "See whether the address is right and the host can be reached from here; the next crawl "
        "tries again.",
        "The forge is being updated while the catalogue is built.",
    ),
    Code(
        "repository-timed-out",
        Severity.ERROR,
        "The repository took too long: {detail}",
        "It, or the whole crawl, was not done in the time that the configuration allows.",
        "Raise `repository_seconds` or `seconds` of `crawl`; the next crawl goes on with the rest.",
        "crawl: {seconds: 10}",
    ),
    Code(
        "repository-broken",
        Severity.ERROR,
        "The repository cannot be read: {detail}",
        "Git cannot make sense of it, or it is larger than what is brought.",
        "See whether `git clone --depth 1` with its address works.",
        "Objects of the repository are damaged on its server.",
    ),
    Code(
        "repository-dropped",
        Severity.ERROR,
        "The repository has failed for too long to be shown: {detail}",
        "What it had when it was last in order is older than `keep_days` of `crawl`.",
        "Correct its address or take it out of the sources; a larger `keep_days` shows it longer.",
        "crawl: {keep_days: 7}",
    ),
    Code(
        "repository-not-cached",
        Severity.ERROR,
        "The repository is not in the cache: {detail}",
        "It was never brought to this machine, and `--offline` brings nothing.",
        "Run `catalog-builder crawl` once without `--offline`.",
        "A fresh checkout of the configuration is built with `--offline`.",
    ),
    Code(
        "repository-not-searched-again",
        Severity.WARNING,
        "`include` or `exclude` have changed since the repository was brought",
        "It is shown as the cache has it, so files that the settings now ask for may be missing.",
        "Run `catalog-builder crawl` when the repository can be reached.",
        "`include` gets another pattern, and the catalogue is built with `--offline`.",
    ),
    Code(
        "repository-too-large",
        Severity.WARNING,
        "The repository is so large that a part of it was not looked at",
        "More than 300,000 files, 30,000 of which may be specifications, or 400 MB of these.",
        'Narrow `include`, or leave folders out with `exclude`: `exclude: ["data/**"]`.',
        "A repository holds millions of recorded answers as JSON files.",
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
    Code(
        "history-cut-off",
        Severity.INFO,
        "The clone ends at its first commits, so older versions are not known",
        "Pages show neither when a specification last changed before that nor what changed then.",
        "Clone the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in GitHub's "
        "checkout action.",
        "The repository was cloned with `git clone --depth 1`.",
    ),
    Code(
        "history-unreadable",
        Severity.INFO,
        "Git does not tell the history: {detail}",
        "Pages show neither when a specification last changed nor what changed.",
        "See whether `git log` works in the folder; `history: 0` reads no older versions.",
        "The repository is so large that `git log` takes longer than 30 seconds.",
    ),
    *CODES_ELSEWHERE,
)

BY_CODE: Mapping[str, Code] = {each.code: each for each in CODES}


def finding(code: str, location: Location, detail: str = "") -> Finding:
    """The finding of this code at a place; `detail` is what is special in the case."""
    return BY_CODE[code].finding(location, detail=readable(detail))
