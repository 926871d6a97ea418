"""What the configuration may say of forges, archives and documents on the web."""

from pathlib import Path

import pytest

from catalog_builder.config import (
    ArchiveSource,
    ConfigError,
    DocumentSource,
    Forge,
    ForgeSource,
    Meant,
    Owner,
    Source,
    Visibility,
    read_settings,
)
from catalog_builder.model import Viewpoint


def source(folder: Path, text: str) -> Source:
    file = folder / "catalog.yml"
    file.write_text(f"sources:\n  - {text}\n", encoding="utf-8")
    [found] = read_settings(file).sources
    return found


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as refused:
        source(folder, text)
    [mistake] = refused.value.mistakes
    return f"{mistake.message}. {mistake.hint}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("github: {org: acme}", ForgeSource(Forge.GITHUB, Owner("org", "acme"))),
        ("github: {user: jane}", ForgeSource(Forge.GITHUB, Owner("user", "jane"))),
        ("gitlab: {group: acme/eu}", ForgeSource(Forge.GITLAB, Owner("group", "acme/eu"))),
        (
            "gitea: {org: acme, api: 'https://codeberg.org'}",
            ForgeSource(Forge.GITEA, Owner("org", "acme"), api="https://codeberg.org"),
        ),
        (
            "bitbucket: {workspace: acme}",
            ForgeSource(Forge.BITBUCKET, Owner("workspace", "acme")),
        ),
        (
            "bitbucket: {workspace: acme, project: PAY}",
            ForgeSource(Forge.BITBUCKET, Owner("workspace", "acme", "PAY")),
        ),
        (
            "bitbucket: {project: PAY, api: 'https://bitbucket.example.com'}",
            ForgeSource(
                Forge.BITBUCKET, Owner("project", "PAY"), api="https://bitbucket.example.com"
            ),
        ),
        ("azure: {org: acme}", ForgeSource(Forge.AZURE, Owner("org", "acme"))),
        (
            "azure: {org: acme, project: My Payments}",
            ForgeSource(Forge.AZURE, Owner("org", "acme", "My Payments")),
        ),
        ("archive: ../specs.tar.gz", ArchiveSource("../specs.tar.gz")),
        (
            "{document: 'https://docs.example.com/a.yaml?x=y', name: a, token_env: T}",
            DocumentSource("https://docs.example.com/a.yaml?x=y", "a", token_env="T"),  # noqa: S106
        ),
    ],
)
def test_each_kind_of_source_is_told_by_its_key(
    tmp_path: Path, text: str, expected: Source
) -> None:
    found = source(tmp_path, text if text.startswith("{") else f"{{{text}}}")
    assert found == expected
    assert (found.place and found.place.line) == 2


def test_everything_that_can_be_said_of_a_forge_reaches_the_settings(tmp_path: Path) -> None:
    text = """github:
        org: acme
        api: https://ghe.example.com/api/v3
        token_env: GITHUB_TOKEN
        repositories: ["*-service", orders]
        leave_out: [old-*, "*-fork"]
        topics: [events]
        visibility: [internal, private]
        archived: true
        forks: true
        empty: true
    ref: release
    viewpoint: client"""
    assert source(tmp_path, text) == ForgeSource(
        Forge.GITHUB,
        Owner("org", "acme"),
        Meant(
            repositories=("*-service", "orders"),
            leave_out=("old-*", "*-fork"),
            topics=("events",),
            visibility=(Visibility.INTERNAL, Visibility.PRIVATE),
            archived=True,
            forks=True,
            empty=True,
        ),
        api="https://ghe.example.com/api/v3",
        ref="release",
        token_env="GITHUB_TOKEN",  # noqa: S106  a name
        viewpoint=Viewpoint.CLIENT,
    )


def test_one_pattern_needs_no_list(tmp_path: Path) -> None:
    found = source(tmp_path, "github: {org: acme, repositories: '*-service', visibility: public}")
    assert isinstance(found, ForgeSource)
    assert found.meant == Meant(repositories=("*-service",), visibility=(Visibility.PUBLIC,))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("github: {}", "`sources[0].github` lacks `org` or `user`. Say whose"),
        ("github: acme", "`sources[0].github` must be a mapping. Its keys are `org`, `user`"),
        ("github: {org: a, user: b}", "has both `org` and `user`. Make two sources"),
        ("github: {organisation: a}", "unknown key `organisation`. Known are `org`"),
        ("github: {org: a, topic: b}", "unknown key `topic`. Did you mean `topics`?"),
        ("github: {org: a/b}", "`sources[0].github.org` cannot be `a/b`. Write the name as"),
        ("github: {org: ..}", "`sources[0].github.org` cannot be `..`"),
        ("gitlab: {group: a/../b}", "`sources[0].gitlab.group` cannot be `a/../b`"),
        ("gitlab: {group: 'a?b'}", "`sources[0].gitlab.group` cannot be `a?b`"),
        ("github: {org: a, repositories: []}", "`sources[0].github.repositories` is empty"),
        ("github: {org: a, archived: maybe}", "`sources[0].github.archived` must be true or"),
        ("github: {org: a, visibility: secret}", "cannot be `secret`. Known are `public`"),
        ("gitea: {org: a}", "`sources[0].gitea` lacks `api`. Say where it is"),
        ("bitbucket: {project: PAY}", "`sources[0].bitbucket` lacks `api`. Say where it is"),
        ("bitbucket: {workspace: a, topics: b}", "unknown key `topics`. Known are `workspace`"),
        ("azure: {project: a}", "`sources[0].azure` lacks `org`. Say whose"),
        ("github: {org: a, api: ghe.example.com}", "`sources[0].github.api` is not an address"),
        ("github: {org: a, api: 'https://'}", "`sources[0].github.api` is not an address"),
        ("github: {org: a, api: 'ftp://x/y'}", "`sources[0].github.api` is not an address"),
        (
            "{github: {org: a}, gitlab: {group: b}}",
            "`sources[0]` is of several kinds: `github` and `gitlab`",
        ),
        ("{github: {org: a}, name: b}", "unknown key `name`. Known are `github`, `ref`"),
        ("document: docs.example.com/a", "`sources[0].document` is not an address"),
        ("document: 'file:///etc/passwd'", "`sources[0].document` is not an address"),
        ("archive: 'ftp://example.com/a.zip'", "`sources[0].archive` is not an address"),
        ("{archive: a.zip, ref: main}", "unknown key `ref`. Known are `archive`, `name`"),
        (
            "{archive: a.zip, token_env: T}",
            "`sources[0]` would show its token to others on the way",
        ),
        (
            "gitlab: {group: a, api: 'http://git.example.com', token_env: T}",
            "`sources[0].gitlab` would show its token to others on the way. Write the `https://`",
        ),
    ],
)
def test_a_mistake_is_named_with_its_mend(tmp_path: Path, text: str, message: str) -> None:
    assert message in refusal(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "github: {org: a, api: 'https://me:s3cret@ghe.example.com'}",
        "document: 'https://s3cret@docs.example.com/a.yaml'",
        "archive: 'https://:s3cret@docs.example.com/a.zip'",
    ],
)
def test_a_secret_in_an_address_is_a_mistake_that_does_not_tell_it(
    tmp_path: Path, text: str
) -> None:
    said = refusal(tmp_path, text)
    assert "holds a user or a password" in said
    assert "s3cret" not in said


def test_what_a_source_is_called_has_no_query(tmp_path: Path) -> None:
    found = source(tmp_path, "document: 'https://docs.example.com/a.yaml?signature=s3cret'")
    assert found.written == "https://docs.example.com/a.yaml"
