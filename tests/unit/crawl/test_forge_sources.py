"""Forges end to end: a forge lists, git brings, the command line tells, the site shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog_builder.cli import main
from catalog_builder.config import read_settings
from catalog_builder.crawl import Crawl, crawl
from tests.forges import FORGES, Estate, Kept, basic
from tests.remotes import Forge as Git
from tests.remotes import Remote, remote, served
from tests.web import SENTINEL, Reply, Web, web

SOURCES = {
    "github": "github: {{org: acme, api: '{url}', token_env: FORGE_TOKEN}}",
    "gitlab": "gitlab: {{group: acme/europe, api: '{url}', token_env: FORGE_TOKEN}}",
    "gitea": "gitea: {{org: acme, api: '{url}', token_env: FORGE_TOKEN}}",
    "bitbucket-cloud": "bitbucket: {{workspace: acme, api: '{url}/2.0', token_env: FORGE_TOKEN}}",
    "bitbucket-data-center": "bitbucket: {{project: acme, api: '{url}', token_env: FORGE_TOKEN}}",
    "azure": "azure: {{org: acme, project: Payments, api: '{url}', token_env: FORGE_TOKEN}}",
}
OWNERS = {"gitlab": "acme/europe"}


def specification(title: str, action: str) -> str:
    return f"""\
asyncapi: 3.0.0
info: {{title: {title}, version: 1.0.0}}
channels:
  placed:
    address: orders.placed
    messages:
      OrderPlaced: {{payload: {{$ref: 'schemas/order.yaml'}}}}
operations:
  go: {{action: {action}, channel: {{$ref: '#/channels/placed'}}}}
"""


SCHEMA = "{type: object, properties: {id: {type: string}}}"


@dataclass
class Forge:
    """A forge with repositories that git serves, and a configuration that names it."""

    server: Web
    git: Git
    configuration: Path
    repositories: dict[str, Remote]
    estate: Estate
    trouble: list[Reply] = field(default_factory=list)
    """What its interface answers instead of anything else."""

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--config", str(self.configuration)])

    def crawl(self, *, offline: bool = False) -> Crawl:
        return crawl(read_settings(self.configuration), offline=offline)


@pytest.fixture
def forge(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Forge]:
    name: str = request.param
    monkeypatch.setenv("FORGE_TOKEN", SENTINEL)
    at = "scm/acme/" if name == "bitbucket-data-center" else ""
    actions = {"billing": "receive", "orders": "send", "returns": "send"}
    repositories = {
        each: remote(
            tmp_path / "served",
            f"{at}{each}",
            {
                "docs/asyncapi.yaml": specification(each.title(), action),
                "docs/schemas/order.yaml": SCHEMA,
                "README.md": "#",
            },
        )
        for each, action in actions.items()
    }
    group = "Payments" if name == "azure" else ""
    with served(tmp_path / "served") as git:
        git.token = SENTINEL
        kept = [
            Kept(each, group=group, head=made.commit, clone_url=f"{git.url}/{at}{each}.git")
            for each, made in repositories.items()
        ]
        if name != "bitbucket-cloud":  # which archives nothing
            kept.append(Kept("old", group=group, archived=True))
        estate = Estate(kept, OWNERS.get(name, "acme"))
        if name == "azure":
            estate.authorizations = (basic(""),)
        trouble: list[Reply] = []
        answer = FORGES[name](estate)
        with web(lambda asked: trouble[0] if trouble else answer(asked)) as server:
            configuration = tmp_path / "estate" / "catalog.yml"
            configuration.parent.mkdir()
            source = SOURCES[name].format(url=server.url)
            configuration.write_text(f"sources:\n  - {source}\n", encoding="utf-8")
            yield Forge(server, git, configuration, repositories, estate, trouble)


each_forge = pytest.mark.parametrize("forge", FORGES, indirect=True)
a_forge = pytest.mark.parametrize("forge", ["github"], indirect=True)


@each_forge
def test_what_a_forge_lists_is_read_at_its_commits_with_what_it_refers_to(forge: Forge) -> None:
    crawled = forge.crawl()
    assert crawled.findings == ()
    assert [each.repository.name for each in crawled.checkouts] == ["billing", "orders", "returns"]
    for each in crawled.checkouts:
        assert each.repository.commit == forge.repositories[each.repository.name].commit
        assert each.specifications == ("docs/asyncapi.yaml",)
        assert each.files["docs/schemas/order.yaml"] == SCHEMA.encode()
        assert each.repository.commit in each.repository.link_to("docs/asyncapi.yaml", 3)


@each_forge
def test_the_table_of_a_crawl_has_the_forge(forge: Forge) -> None:
    told = forge.run("crawl")
    assert told.exit_code == 0, told.output
    row = next(line for line in told.stdout.splitlines() if "acme" in line)
    assert row.split()[-5:-2] == ["3", "3", "read"]


@each_forge
def test_a_token_is_in_no_file_and_in_no_output(forge: Forge) -> None:
    said = forge.run("crawl", "--verbose").output
    said += forge.run("export", "json", "-o", str(forge.configuration.parent / "x.json")).output
    forge.trouble.append(Reply(401, SENTINEL.encode(), {"X-Said": SENTINEL}))
    said += forge.run("crawl").output
    assert "it answers with 401" in said
    assert_no_secret(forge, said)


@a_forge
def test_a_site_links_to_the_commits_on_the_forge_and_has_no_token(forge: Forge) -> None:
    built = forge.run("build", "--strict", "--verbose")
    assert built.exit_code == 0, built.output
    page = (forge.configuration.parent / "site/events/order-placed.html").read_text()
    commit = forge.repositories["orders"].commit
    at = f"https://ghe.example.com/acme/orders/blob/{commit}/docs/asyncapi.yaml"
    assert at in page
    assert_no_secret(forge, built.output)


def assert_no_secret(forge: Forge, said: str) -> None:
    folder = forge.configuration.parent
    written = {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}
    assert len(written) > 5
    for secret in (SENTINEL, *(basic(user).split()[1] for user in ("", "x-access-token"))):
        assert secret not in said
        assert [path for path, content in written.items() if secret.encode() in content] == []


@each_forge
def test_a_forge_in_trouble_leaves_the_catalogue_as_it_was(forge: Forge) -> None:
    good = forge.crawl()
    forge.trouble.append(Reply(403, headers={"Retry-After": "3600"}))
    bad = forge.crawl()
    assert bad.checkouts == good.checkouts
    assert [each.code for each in bad.findings] == ["forge-rate-limited"]
    [state] = bad.report
    assert (state.state, state.age, state.documents) == ("stale: rate limited", 0, 3)


@a_forge
def test_a_forge_in_trouble_fails_a_strict_build_alone(forge: Forge) -> None:
    forge.crawl()
    forge.trouble.append(Reply(401))
    assert forge.run("build", "--quiet").exit_code == 0
    assert forge.run("build", "--quiet", "--strict").exit_code == 1


@each_forge
def test_without_a_network_the_cache_is_enough(forge: Forge) -> None:
    good = forge.crawl()
    forge.server.asked.clear()
    forge.git.asked.clear()
    offline = forge.crawl(offline=True)
    assert (forge.server.asked, forge.git.asked) == ([], [])
    assert (offline.checkouts, offline.findings) == (good.checkouts, ())
    assert offline.report[0].state == "from the cache"


@a_forge
def test_a_repository_that_a_forge_says_is_elsewhere_is_asked_without_the_token(
    forge: Forge,
) -> None:
    forge.estate.repositories = [
        replace(each, head="", clone_url=each.clone_url.replace("127.0.0.1", "localhost"))
        for each in forge.estate.repositories
    ]
    crawled = forge.crawl()
    assert {each.code for each in crawled.findings} == {"repository-refused"}
    assert len(forge.git.asked) > 0
    assert {authorization for _, authorization in forge.git.asked} == {""}


@a_forge
def test_what_changes_while_a_forge_does_not_list_is_seen(forge: Forge) -> None:
    forge.crawl()
    forge.trouble.append(Reply(401))
    commit = forge.repositories["orders"].push({"asyncapi.yaml": specification("Later", "send")})
    later = {each.repository.name: each for each in forge.crawl().checkouts}["orders"]
    assert later.repository.commit == commit
    assert later.specifications == ("asyncapi.yaml", "docs/asyncapi.yaml")


@a_forge
def test_what_did_not_change_costs_no_question_of_git(forge: Forge) -> None:
    forge.crawl()
    forge.git.asked.clear()
    forge.crawl()
    assert forge.git.asked == []


@a_forge
def test_a_forge_that_is_not_there_at_all_is_one_finding(forge: Forge) -> None:
    forge.trouble.append(Reply(404))
    crawled = forge.crawl()
    assert [(each.code, each.location.path, each.location.line) for each in crawled.findings] == [
        ("forge-owner-missing", "catalog.yml", 2)
    ]
    assert (crawled.checkouts, crawled.report[0].state) == ((), "gone")


@a_forge
def test_a_missing_token_is_named(forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORGE_TOKEN")
    told = forge.run("build", "--strict")
    assert told.exit_code == 1
    assert "the environment variable `FORGE_TOKEN` is not set" in told.output
    assert forge.server.asked == []


@a_forge
def test_a_source_that_means_nothing_is_a_finding(forge: Forge) -> None:
    text = forge.configuration.read_text(encoding="utf-8")
    changed = text.replace("org: acme,", "org: acme, repositories: [nothing],")
    forge.configuration.write_text(changed, encoding="utf-8")
    [found] = forge.crawl().findings
    assert (found.code, found.message) == (
        "forge-lists-nothing",
        "No repository is meant by `github: acme`",
    )
