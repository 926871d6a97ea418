"""The first `catalog.yml` of somebody who has none: what was found, and every key explained."""

import re
from collections import defaultdict
from dataclasses import dataclass

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]*[A-Za-z0-9_/-]")
_WORDS_OF_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies in a folder that is to get a configuration."""

    title: str
    """Of the folder, in words."""
    specifications: tuple[str, ...] = ()
    """Paths of AsyncAPI documents from the folder, with `/`, sorted."""
    repository: bool = False
    """Whether the folder stands in a git work tree."""
    remotes: tuple[str, ...] = ()
    """Where people look at the repositories found, sorted."""
    mkdocs: bool = False
    """Whether there is a `mkdocs.yml`."""


def draft(surroundings: Surroundings) -> str:
    """The text of a `catalog.yml` that fits what was found and explains every key."""
    lines = [
        "# Configuration of catalog-builder. Relative paths start at this file's folder.",
        "",
        f"title: {_quoted(surroundings.title)}",
        "# description: One sentence that the home page begins with.",
        "",
        *_sources(surroundings),
        _REST,
        *_site(surroundings),
    ]
    return "\n".join(lines)


def source_paths(specifications: tuple[str, ...], *, repository: bool) -> tuple[str, ...]:
    """The `path` of each source that together bring these documents, fewest first choices.

    Folders that stand side by side are repositories of their own; what stands alone belongs to
    the repository around it.

    >>> source_paths(("specs/a/asyncapi.yaml", "specs/b/asyncapi.yaml"), repository=True)
    ('specs/*',)
    >>> source_paths(("docs/asyncapi.yaml",), repository=True)
    ('.',)
    >>> source_paths(("orders/api/asyncapi.yaml", "stock/asyncapi.yaml"), repository=False)
    ('*',)
    """
    below: dict[str, set[str]] = defaultdict(set)
    for path in specifications:
        first, _, rest = path.partition("/")
        if not rest:
            return (".",)
        below[first].add(rest.partition("/")[0] if "/" in rest else "")
    shelves = {first for first, inside in below.items() if len(inside - {""}) > 1}
    if not shelves and not repository and len(below) > 1:
        return ("*",)
    if not shelves and len(below) == 1:
        return (".",)
    return tuple(f"{first}/*" if first in shelves else first for first in sorted(below))


def _sources(surroundings: Surroundings) -> list[str]:
    paths = source_paths(surroundings.specifications, repository=surroundings.repository)
    count = len(surroundings.specifications)
    found = (
        f"{count} AsyncAPI document{'' if count == 1 else 's'} found"
        if count
        else ("No AsyncAPI document was found here: correct the path")
    )
    return [
        "# Where the specifications are. A folder is one repository, named after it; of a pattern",
        f"# such as specs/* each folder it matches is one. {found}.",
        "sources:",
        *(f"  - path: {_quoted(path)}" for path in paths or ("specs/*",)),
        *(f"    # links lead to {_printable(remote)}" for remote in surroundings.remotes[:5]),
        _SOURCE_KEYS,
    ]


def _site(surroundings: Surroundings) -> list[str]:
    if not surroundings.mkdocs:
        return ["# Where the site goes; the default is:", "# site_dir: site", ""]
    return [
        "# There is a mkdocs.yml: with `plugins: [catalog]` in it `mkdocs build` makes the site,",
        "# into its own site_dir. Without MkDocs, it goes to:",
        "# site_dir: site",
        "",
    ]


def _quoted(words: str) -> str:
    is_plain = _PLAIN.fullmatch(words) and any(char.isalpha() for char in words)
    if is_plain and words.casefold() not in _WORDS_OF_YAML and not words[0].isdigit():
        return words
    return '"' + "".join(_escaped(char) for char in words) + '"'


def _escaped(char: str) -> str:
    return char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}"


def _printable(words: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in words)


_SOURCE_KEYS = """\
    # name: orders                       # of the repository, where the folder's is not right
    # url: https://git.example.com/acme/{repository}
    # link: https://git.example.com/acme/{repository}/blob/{commit}/{path}#L{line}
    # viewpoint: client                  # for this source alone, see below
  # Repositories elsewhere: git brings what is asked for of them, and keeps it in .catalog.
  # - git: https://git.example.com/acme/orders.git
  #   ref: main                          # a branch, tag or commit; else the remote's default branch
  #   token_env: GIT_TOKEN               # the environment variable with a token for that host
"""

_REST = """\
# Which files to look at; of these, those count that say `asyncapi:`. The default is:
# include: ["**/*.yaml", "**/*.yml", "**/*.json"]
# exclude: ["**/examples/**"]

# How many versions of each specification are read from git, to tell what changed. The default is
# 20, in large estates the newest 1,000 of all.
# history: 20

# From whose side the documents are written. `application`, the default, is the standard's: the
# application described sends what it is said to send. `client` turns the verbs around.
# viewpoint: application
# viewpoints:
#   - {path: "**/asyncapi-client.yaml", viewpoint: client}

# Who is who where the documents do not say. The first rule that matches counts.
# services:
#   - {path: "**/asyncapi-client.yaml", service: "{repository}"}
# owners:
#   - {repository: "pay-*", team: payments}
# domains:
#   - {repository: "pay-*", domain: payments}
#   - {address: "orders.**", domain: orders}

# What the joining of documents cannot know: addresses that are one, topics that are delivered into
# queues, places whose equal addresses mean different things, addresses that join nothing, hosts
# that are one cluster, and whether `orders.eu` joins `orders.{region}`.
# joins:
#   alias: [["orders", "orders-v1"]]
#   bridge: [{from: "sns:orders", to: "sqs:orders-inbox"}]
#   split: [[{repository: "shop-*"}, {repository: "warehouse-*"}]]
#   never: ["**/health"]
#   clusters: [["*.prod.acme.example", "*.test.acme.example"]]
#   templates: false

# Words that mean the same when somebody searches.
# search:
#   synonyms: [[client, customer]]

# How repositories elsewhere are brought, with the defaults.
# crawl:
#   at_once: 8                           # at the same time
#   at_once_per_host: 6                  # of these from one host
#   seconds: 1800                        # for all of them
#   repository_seconds: 300              # for one of them
#   keep_days: 30                        # how long the last good state of one that fails is shown

# Hosts outside of the catalogue whose files a `$ref` may lead to; nothing else is fetched.
# references:
#   hosts: [schemas.example.com]

# Hosts whose images descriptions may show.
# images: [img.example.com]

# A folder whose files replace the templates of the same name.
# templates: templates
"""
