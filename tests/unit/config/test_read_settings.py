from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_builder.config import (
    Bridge,
    ConfigError,
    CrawlLimits,
    GitSource,
    Joins,
    LocalSource,
    NameRule,
    References,
    Settings,
    ViewpointRule,
    Where,
    read_settings,
)
from catalog_builder.model import CatalogError, Location, Viewpoint

GLOB_HINT = "Write for example `**/asyncapi*.{yaml,yml}`"
EVERYTHING = """\
title: Acme events
description: What happens at Acme.
sources:
  - path: specs/*
    url: https://git.example.com/acme/{repository}
    link: https://git.example.com/acme/{repository}/blob/{commit}/{path}#L{line}
  - {path: ../billing, name: acme/billing, viewpoint: client}
  - git: https://git.example.com/acme/orders.git
    ref: release/1.x
    name: acme-orders
    url: https://git.example.com/acme/orders
    link: https://git.example.com/acme/orders/blob/{commit}/{path}#L{line}
    viewpoint: application
    token_env: GIT_TOKEN
crawl: {at_once: 16, at_once_per_host: 4, seconds: 60, repository_seconds: 10, keep_days: 0}
include: ["**/asyncapi*.{yaml,yml,json}"]
exclude: ["**/examples/**"]
viewpoint: application
viewpoints: [{path: "**/asyncapi-client.yml", viewpoint: client}]
services: [{path: "**/asyncapi-client.yml", service: "{repository}"}]
owners: [{repository: "pay-*", team: payments}]
domains:
  - {repository: "pay-*", domain: payments}
  - {address: "orders.**", path: "**/v2/*", domain: orders}
references:
  hosts: [Schemas.acme.io, "git.acme.io:8443", "[::1]:80"]
joins:
  alias: [[sns:orders, sqs:orders]]
  bridge: [{from: sns:orders, to: sqs:orders-inbox}]
  split: [[{repository: "shop-*"}, {path: "hub/**", address: "orders.{id}"}]]
  never: ["**/health", "orders/{id}"]
  clusters: [["*.prod.acme.io", "kafka-?.acme.io"]]
  templates: false
templates: looks
site_dir: ../site
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "catalog.yml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def mistakes_of(folder: Path, text: str | bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(ConfigError) as caught:
        read_settings(written(folder, text))
    return [
        (each.line, each.column, f"{each.message}. {each.hint}") for each in caught.value.mistakes
    ]


def test_every_key_reaches_the_settings(tmp_path: Path) -> None:
    (tmp_path / "looks").mkdir()
    read = read_settings(written(tmp_path, EVERYTHING))
    assert read == Settings(
        root=tmp_path,
        title="Acme events",
        description="What happens at Acme.",
        sources=(
            LocalSource(
                path="specs/*",
                url="https://git.example.com/acme/{repository}",
                link="https://git.example.com/acme/{repository}/blob/{commit}/{path}#L{line}",
            ),
            LocalSource(path="../billing", name="acme/billing", viewpoint=Viewpoint.CLIENT),
            GitSource(
                git="https://git.example.com/acme/orders.git",
                ref="release/1.x",
                name="acme-orders",
                url="https://git.example.com/acme/orders",
                link="https://git.example.com/acme/orders/blob/{commit}/{path}#L{line}",
                viewpoint=Viewpoint.APPLICATION,
                token_env="GIT_TOKEN",  # noqa: S106  a name
            ),
        ),
        crawl=CrawlLimits(
            at_once=16, at_once_per_host=4, seconds=60, repository_seconds=10, keep_days=0
        ),
        include=("**/asyncapi*.{yaml,yml,json}",),
        exclude=("**/examples/**",),
        viewpoint=Viewpoint.APPLICATION,
        viewpoints=(ViewpointRule(Where(path="**/asyncapi-client.yml"), Viewpoint.CLIENT),),
        services=(NameRule(Where(path="**/asyncapi-client.yml"), "{repository}"),),
        owners=(NameRule(Where(repository="pay-*"), "payments"),),
        domains=(
            NameRule(Where(repository="pay-*"), "payments"),
            NameRule(Where(path="**/v2/*", address="orders.**"), "orders"),
        ),
        joins=Joins(
            alias=(("sns:orders", "sqs:orders"),),
            bridge=(Bridge("sns:orders", "sqs:orders-inbox"),),
            split=((Where(repository="shop-*"), Where(path="hub/**", address="orders.{id}")),),
            never=("**/health", "orders/{id}"),
            clusters=(("*.prod.acme.io", "kafka-?.acme.io"),),
            templates=False,
        ),
        references=References(("schemas.acme.io", "git.acme.io:8443", "[::1]:80")),
        templates=tmp_path / "looks",
        site_dir=tmp_path / "../site",
    )


def test_a_source_knows_where_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "looks").mkdir()
    places = [source.place for source in read_settings(written(tmp_path, EVERYTHING)).sources]
    assert places == [Location("", "catalog.yml", line, 5) for line in (4, 7, 8)]


def test_sources_alone_are_enough(tmp_path: Path) -> None:
    read = read_settings(written(tmp_path, "sources: [{path: .}]"))
    assert read == Settings(root=tmp_path, sources=(LocalSource("."),))


def test_a_key_without_a_value_counts_as_left_out(tmp_path: Path) -> None:
    read = read_settings(written(tmp_path, "title:\nsources: [{path: .}]\nowners:\n#  - x\n"))
    assert read == Settings(root=tmp_path, sources=(LocalSource("."),))


def test_five_mistakes_are_reported_as_five_with_their_places(tmp_path: Path) -> None:
    text = """\
title: 2024
source:
  - path: specs/*
sources:
  - path: specs/*
    viewpoint: clinet
include: ["**/[a.yaml"]
owners: payments
"""
    assert mistakes_of(tmp_path, text) == [
        (1, 8, '`title` must be text, but YAML reads a number. Put it in quotes: "2024"'),
        (2, 1, "unknown key `source`. Did you mean `sources`?"),
        (6, 16, "`sources[0].viewpoint` cannot be `clinet`. Did you mean `client`?"),
        (
            7,
            11,
            f"`include[0]` is not a glob: a `[` is never closed. {GLOB_HINT}",
        ),
        (8, 9, "`owners` must be a list. Begin each entry with `- `"),
    ]


def test_the_error_shows_one_line_a_mistake_that_an_editor_can_follow(tmp_path: Path) -> None:
    path = written(tmp_path, "sources: []\ntitel: x\n")
    with pytest.raises(CatalogError) as caught:
        read_settings(path)
    assert str(caught.value) == (
        f"{path}:1:10: `sources` is empty. Give it at least 1\n"
        f"{path}:2:1: unknown key `titel`. Did you mean `title`?"
    )


REST = "sources: [{path: a}]\n"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", (0, 0, "the configuration is empty")),
        ("# nothing\n", (0, 0, "the configuration is empty")),
        ("- a", (1, 1, "the configuration must be a mapping")),
        ("title: x", (1, 1, "the configuration lacks `sources`")),
        ("sources:", (1, 1, "the configuration lacks `sources`")),
        ("sources: []", (1, 10, "`sources` is empty")),
        ("sources: [a]", (1, 11, "`sources[0]` must be a mapping")),
        ("sources: [{name: a}]", (1, 11, "`sources[0]` lacks `path`, `git`, ")),
        ("sources: [{path: a, git: b}]", (1, 11, "`sources[0]` is of several kinds: `path` and")),
        ("sources: [{path: a, ref: b}]", (1, 21, "unknown key `ref`. Known are `path`, `name`")),
        ("sources: [{gti: a, ref: b}]", (1, 12, "unknown key `gti`. Did you mean `git`?")),
        ("sources: [{nothing: a}]", (1, 12, "unknown key `nothing`. Known are `path`, `git`, ")),
        (REST + "crawl: {at_once: 0}", (2, 18, "`crawl.at_once` must be a whole number from 1")),
        (REST + "crawl: {at_once: 1e3}", (2, 18, "`crawl.at_once` must be a whole number")),
        (REST + "crawl: {at_once: 999999999999}", (2, 18, "`crawl.at_once` must be a whole")),
        (REST + "crawl: {keep_days: -1}", (2, 20, "`crawl.keep_days` must be a whole number")),
        ("sources: [{paht: a}]", (1, 12, "unknown key `paht`. Did you mean `path`?")),
        ("sources: [{path: ''}]", (1, 18, "`sources[0].path` is empty")),
        (REST + "git: {}", (2, 1, "unknown key `git`. Known are")),
        (REST + "governance: {}", (2, 1, "unknown key `governance`. Known are")),
        (REST + "? [a]\n: b", (2, 3, "unknown key that is not text")),
        (REST + "title: [a]", (2, 8, "`title` must be text, but is a list")),
        (REST + "title: {a: b}", (2, 8, "`title` must be text, but is a mapping")),
        (REST + "title: yes", (2, 8, "`title` must be text, but YAML reads true or false")),
        (REST + "title: !!python/name:os.system", (2, 8, "`title` has the tag")),
        (REST + "title: a\ntitle: b", (3, 1, "`title` is given twice, first in line 2")),
        (REST + "include: []", (2, 10, "`include` is empty")),
        (REST + "include: [/a]", (2, 11, "`include[0]` can never match")),
        (REST + "exclude: ['../a']", (2, 11, "`exclude[0]` can never match")),
        (REST + "exclude: ['a{b,c']", (2, 11, "`exclude[0]` is not a glob: a `{` is never")),
        (REST + "exclude: ['[z-a]']", (2, 11, "`exclude[0]` is not a glob: bad character range")),
        (REST + "owners: [{team: a}]", (2, 10, "`owners[0]` does not say where it holds")),
        (REST + "owners: [{path: a}]", (2, 10, "`owners[0]` lacks `team`")),
        (REST + "services: [{address: a, service: b}]", (2, 13, "unknown key `address`")),
        (REST + "services: [{path: a, service: '{repo}'}]", (2, 31, "`services[0].service` has")),
        (REST + "joins: {alias: [[a]]}", (2, 17, "`joins.alias[0]` has one entry")),
        (REST + "joins: {bridge: [{from: a}]}", (2, 18, "`joins.bridge[0]` lacks `to`")),
        (REST + "joins: {split: [[{path: a}]]}", (2, 17, "`joins.split[0]` has one entry")),
        (REST + "joins: {split: [[{path: a}, {}]]}", (2, 29, "`joins.split[0][1]` does not say")),
        (REST + "joins: {templates: no}", (2, 20, "`joins.templates` must be true or false")),
        (REST + "joins: {alias: [a]}", (2, 17, "`joins.alias[0]` must be a list")),
        (
            REST + "references: {hosts: ['https://a']}",
            (2, 22, "`references.hosts[0]` is not a host"),
        ),
        (REST + "references: {hosts: ['*.a']}", (2, 22, "`references.hosts[0]` is not a host")),
        (REST + "templates: none", (2, 12, "`templates` is not a folder: `none`")),
        (REST + "site_dir: .", (2, 11, "`site_dir` would replace the folder")),
        (REST + "site_dir: ..", (2, 11, "`site_dir` would replace the folder")),
        ("sources: [{path: a, url: javascript:x}]", (1, 26, "`sources[0].url` is not an address")),
        (
            "sources: [{path: a, link: 'https://g/{comit}'}]",
            (
                1,
                27,
                "`sources[0].link` has the unknown placeholder `{comit}`. Did you mean `{commit}`?",
            ),
        ),
        ("a: [\n", (2, 1, "not YAML: while parsing a flow node")),
        ("a:\n\t- b", (2, 1, "not YAML: while scanning for the next token, found character")),
        ("a: *b", (1, 4, "not YAML: found undefined alias")),
        ("a: 1\n---\nb: 2", (2, 1, "not YAML: expected a single document")),
        (b"a: b\nc: \xff", (2, 4, "not YAML: invalid leading UTF-8 octet")),
        (b"a: b\n\0", (2, 1, "not YAML: control characters are not allowed")),
        ("[" * 100_000, (0, 0, "is nested more than 30 levels deep")),
        ("#" * 1_000_001, (0, 0, "is larger than 1 MB")),
    ],
)
def test_a_single_mistake_is_reported_alone_at_its_place(
    tmp_path: Path, text: str | bytes, mistake: tuple[int, int, str]
) -> None:
    line, column, message = mistake
    [(found_line, found_column, found)] = mistakes_of(tmp_path, text)
    assert (found_line, found_column) == (line, column)
    assert found.startswith(message)


def test_a_configuration_that_is_not_there_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such file.*`catalog-builder init` writes one"):
        read_settings(tmp_path / "catalog.yml")


@pytest.mark.parametrize("name", [".", "x" * 300, "a\0b"])
def test_a_configuration_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_settings(tmp_path / name)


def test_utf_16_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "title: Straße\nsources: [{path: a}]".encode("utf-16"))
    assert read_settings(path).title == "Straße"


def test_a_list_that_holds_itself_is_a_mistake_rather_than_an_endless_walk(tmp_path: Path) -> None:
    assert mistakes_of(tmp_path, "sources: &a [*a]")[0][:2] == (1, 10)


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(
        st.binary(max_size=60),
        st.text(alphabet="{}[]:,-*&!?|>'\"\n a#", max_size=60).map(str.encode),
    )
)
def test_any_bytes_are_settings_or_mistakes(
    text: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = written(tmp_path_factory.getbasetemp(), b"sources: [{path: a}]\n" + text)
    with suppress(ConfigError):
        assert read_settings(path).sources
