"""Every finding about sources elsewhere on the web, as one table; `findings` has the others."""

from catalog_builder.model import Code, Severity

_TOKENS = "Give a token that may read it, in the environment variable that `token_env` names."

CODES_ELSEWHERE: tuple[Code, ...] = (
    Code(
        "token-missing",
        Severity.ERROR,
        "A source needs a token that is not there: {detail}",
        "It is not asked without, because a forge shows strangers only a part of what there is.",
        "Set that variable for the build, or take `token_env` out of the source.",
        "sources:\n  - github: {org: acme, token_env: GITHUB_TOKEN}",
    ),
    Code(
        "forge-refused",
        Severity.ERROR,
        "A forge does not let us list repositories: {detail}",
        "Those of the last list stay for a while; new ones are missing here.",
        _TOKENS,
        "The token of `gitlab: {group: acme}` has expired.",
    ),
    Code(
        "forge-owner-missing",
        Severity.ERROR,
        "A forge knows no such owner of repositories: {detail}",
        "Forges also say so of what they hide from those who ask. Repositories of the last list "
        "stay for a while.",
        f"Correct the name. {_TOKENS}",
        "sources:\n  - github: {org: akme}",
    ),
    Code(
        "forge-rate-limited",
        Severity.ERROR,
        "A forge was asked too often and wants to be left alone: {detail}",
        "Repositories of the last list stay; new ones are missing here.",
        "Build again later. With a token forges allow far more questions.",
        "A forge that allows 60 questions an hour was asked by many from the same address.",
    ),
    Code(
        "forge-unreachable",
        Severity.ERROR,
        "A forge does not answer: {detail}",
        "It was asked several times. Repositories of the last list stay; new ones are missing.",
        "Look whether it works, and whether the address in `api` is right.",
        "The forge was being upgraded while the catalogue was built.",
    ),
    Code(
        "forge-timed-out",
        Severity.ERROR,
        "A forge takes too long to list repositories: {detail}",
        "Repositories of the last list stay; new ones are missing here.",
        "Build again later, or give more `seconds` in `crawl`.",
        "A forge answers a byte a second.",
    ),
    Code(
        "forge-answer-broken",
        Severity.ERROR,
        "What answers is not such a forge: {detail}",
        "The answer is not what forges of this make give. Repositories of the last list stay.",
        "Correct the address in `api`, or take the key of the make of forge that is there.",
        "sources:\n  - gitea: {org: acme, api: 'https://gitlab.example.com'}",
    ),
    Code(
        "forge-lists-nothing",
        Severity.WARNING,
        "No repository is meant by `{detail}`",
        "The owner has no repository that everything which the source says holds for.",
        "See whether `repositories`, `topics` and `visibility` are right; archived repositories, "
        "forks and empty ones are left out unless the source says otherwise.",
        'sources:\n  - github: {org: acme, repositories: "*-servcie"}',
    ),
    Code(
        "not-in-cache",
        Severity.ERROR,
        "The cache has nothing of `{detail}`",
        "It was never fetched on this machine, and `--offline` asks no other.",
        "Run `catalog-builder crawl` once without `--offline`.",
        "A fresh checkout of the configuration is built with `--offline`.",
    ),
    Code(
        "download-failed",
        Severity.ERROR,
        "A file cannot be fetched: {detail}",
        "What it held the last time stays for a while.",
        f"Correct the address, and see whether it works in a browser. {_TOKENS}",
        "sources:\n  - document: https://docs.example.com/orders/asyncapi.yml",
    ),
    Code(
        "registry-failed",
        Severity.ERROR,
        "A schema registry cannot be read: {detail}",
        "The schemas that it had the last time stay for a while.",
        f"Correct the address, and see whether it works in a browser. {_TOKENS}",
        "sources:\n  - registry: {url: 'https://registry.example.com'}",
    ),
    Code(
        "registry-lists-nothing",
        Severity.WARNING,
        "No schema is meant by `{detail}`",
        "The registry has no subject of values whose name fits one of `subjects`.",
        "Correct `subjects`; subjects of keys (`...-key`) are left out.",
        "sources:\n  - registry: {url: 'https://registry.example.com', subjects: 'ordres-*'}",
    ),
    Code(
        "registry-schema-unreadable",
        Severity.WARNING,
        "A schema of a registry cannot be read: {detail}",
        "What the registry answers is not what such registries answer, or a schema refers to one "
        "that is not there. All other schemas are read.",
        "Look at the subject in the registry, and register a version that can be read.",
        "`orders-value` refers to version 3 of `customer`, which was deleted for good.",
    ),
    Code(
        "archive-unreadable",
        Severity.ERROR,
        "The archive cannot be read: {detail}",
        "It is neither `.zip` nor `.tar.gz`, or it is broken.",
        "Make it anew; `git archive` makes one of a repository.",
        "The address of an archive gives a web page instead.",
    ),
    Code(
        "archive-too-large",
        Severity.ERROR,
        "The archive holds more than is taken of one, so it was read in part: {detail}",
        "Files after the first 200 MB, or after the first 100,000, are missing here.",
        "Leave out of it what is no specification.",
        "An archive of a few kilobytes unpacks to gigabytes.",
    ),
    Code(
        "archive-member-outside",
        Severity.WARNING,
        "The archive has members that lead out of it, which were left out: {detail}",
        "Their names begin with `/` or have `..` in them.",
        "Make it anew, from within the folder that it is to hold.",
        "An archive has a member `../../etc/passwd`.",
    ),
)
