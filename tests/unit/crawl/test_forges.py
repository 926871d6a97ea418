"""What forges list, asked as their documentation has it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import orjson
import pytest

from catalog_builder.config import (
    CrawlLimits,
    Forge,
    ForgeSource,
    Meant,
    Owner,
    Settings,
    Visibility,
)
from catalog_builder.crawl.forges.listings import Listing, list_source
from catalog_builder.crawl.found import Problem
from catalog_builder.crawl.http import Client, Timing
from catalog_builder.crawl.listing import Listed
from catalog_builder.crawl.run import Run
from catalog_builder.progress import Silent
from tests.forges import FORGES, Estate, Kept, basic
from tests.web import SENTINEL, Answering, Asked, Reply, Web, in_turn, web

HEAD = "c0ffee" * 6 + "beef"
KEPT = [
    Kept("orders", topics=("events",), head=HEAD),
    Kept("payments-service", topics=("events", "java"), branch="trunk", private=True, head=HEAD),
    Kept("stock-service", group="platform", head=HEAD),
    Kept("old", archived=True),
    Kept("copy", fork=True),
    Kept("blank", empty=True),
    Kept("website"),
]
OWNERS = {
    "github": Owner("org", "acme"),
    "gitlab": Owner("group", "acme/europe"),
    "gitea": Owner("org", "acme"),
    "bitbucket-cloud": Owner("workspace", "acme"),
    "bitbucket-data-center": Owner("project", "acme"),
    "azure": Owner("org", "acme"),
}


@dataclass
class Asking:
    """A forge that runs, and what asks it."""

    client: Client
    server: Web
    source: ForgeSource
    estate: Estate
    run: Run

    def listing(self, meant: Meant | None = None, **changes: object) -> Listing:
        source = replace(self.source, meant=meant or Meant(), **changes)  # type: ignore[arg-type]
        return list_source(source, self.client, self.run)

    def names(self, meant: Meant | None = None, **changes: object) -> list[str]:
        return [each.name for each in self.listing(meant, **changes).listed]


Opened = Callable[..., AbstractContextManager[Asking]]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Runs a forge, and asks it as its documentation has it."""
    monkeypatch.setenv("FORGE_TOKEN", SENTINEL)

    @contextmanager
    def run(
        name: str, kept: list[Kept] | None = None, through: Answering | None = None
    ) -> Iterator[Asking]:
        estate = Estate(KEPT if kept is None else kept, OWNERS[name].name)
        if name == "azure":
            estate.authorizations = (basic(""),)
            estate.repositories = [
                replace(each, group=each.group or "Payments") for each in estate.repositories
            ]
        settings = Settings(root=tmp_path, crawl=CrawlLimits(repository_seconds=60))
        run_of_today = Run(settings, Silent(), today=20_000)
        client = Client(run_of_today.store, Timing(sleep=lambda _: None, chance=lambda: 0.0))
        with web(through or FORGES[name](estate)) as server:
            api = f"{server.url}/2.0" if name == "bitbucket-cloud" else server.url
            forge = Forge(name.partition("-")[0])
            source = ForgeSource(forge, OWNERS[name], api=api, token_env="FORGE_TOKEN")  # noqa: S106
            yield Asking(client, server, source, estate, run_of_today)
        client.close()

    return run


@pytest.mark.parametrize("name", FORGES)
def test_all_pages_of_a_forge_are_read(opened: Opened, name: str) -> None:
    everything = Meant(archived=True, forks=True, empty=True)
    with opened(name) as asking:
        listing = asking.listing(everything)
    assert sorted(each.name for each in listing.listed) == sorted(each.name for each in KEPT)
    assert (listing.failure, listing.state, listing.age) == (None, "", None)


@pytest.mark.parametrize("name", FORGES)
def test_archived_repositories_forks_and_empty_ones_are_left_out(opened: Opened, name: str) -> None:
    usual = ["orders", "payments-service", "stock-service", "website"]
    with opened(name) as asking:
        names = asking.names()
    if name == "bitbucket-cloud":  # which archives nothing
        usual.append("old")
    if name == "bitbucket-data-center":  # whose list does not tell what is empty
        usual.append("blank")
    assert sorted(names) == sorted(usual)


@pytest.mark.parametrize("name", FORGES)
def test_the_order_in_which_a_forge_lists_changes_nothing(opened: Opened, name: str) -> None:
    with opened(name) as asking:
        usual = asking.listing().listed
        asking.estate.repositories.reverse()
        assert asking.listing().listed == usual


@pytest.mark.parametrize(
    ("meant", "names"),
    [
        (Meant(repositories=("*-service",)), ["payments-service", "stock-service"]),
        (Meant(repositories=("*-service", "orders"), leave_out=("stock-*",)), None),
        (Meant(topics=("events",)), ["orders", "payments-service"]),
        (Meant(topics=("nothing", "java")), ["payments-service"]),
        (Meant(visibility=(Visibility.PRIVATE,)), ["payments-service"]),
        (Meant(repositories=("nothing",)), []),
    ],
)
@pytest.mark.parametrize("name", ["github", "gitlab", "gitea"])
def test_what_is_meant_is_told_by_name_topic_and_visibility(
    opened: Opened, name: str, meant: Meant, names: list[str] | None
) -> None:
    with opened(name) as asking:
        found = asking.listing(meant)
    expected = ["orders", "payments-service"] if names is None else names
    assert sorted(each.name for each in found.listed) == expected


def test_a_project_in_a_subgroup_is_meant_by_its_path_too(opened: Opened) -> None:
    with opened("gitlab") as asking:
        assert asking.names(Meant(repositories=("platform/**",))) == ["stock-service"]
        assert asking.names(Meant(repositories=("*",), leave_out=("platform/*",))) == [
            "orders",
            "payments-service",
            "website",
        ]


@pytest.mark.parametrize("name", FORGES)
def test_a_repository_is_listed_with_all_that_git_and_readers_need(
    opened: Opened, name: str
) -> None:
    with opened(name) as asking:
        found = {each.name: each for each in asking.listing().listed}["payments-service"]
        host = asking.server.url
    at = f"{host}/acme/payments-service.git"
    expected = {
        "github": (at, "https://ghe.example.com/acme/payments-service", ("acme",)),
        "gitlab": (
            f"{host}/acme/europe/payments-service.git",
            "https://git.example.com/acme/europe/payments-service",
            ("europe", "acme"),
        ),
        "gitea": (at, "https://git.example.com/acme/payments-service", ("acme",)),
        "bitbucket-cloud": (at, "https://bitbucket.org/acme/payments-service", ("PAY", "acme")),
        "bitbucket-data-center": (
            f"{host}/scm/acme/payments-service.git",
            "https://git.example.com/projects/acme/repos/payments-service",
            ("acme",),
        ),
        "azure": (
            f"{host}/acme/Payments/_git/payments-service",
            "https://dev.azure.com/acme/Payments/_git/payments-service",
            ("Payments", "acme"),
        ),
    }
    links = {
        "github": "/blob/{commit}/{path}#L{line}",
        "gitlab": "/-/blob/{commit}/{path}#L{line}",
        "gitea": "/src/commit/{commit}/{path}#L{line}",
        "bitbucket-cloud": "/src/{commit}/{path}#lines-{line}",
        "bitbucket-data-center": "/browse/{path}?at={commit}#{line}",
        "azure": "?path=/{path}&version=GC{commit}",
    }
    commits = {
        "gitlab": "/-/commit/{commit}",
        "bitbucket-cloud": "/commits/{commit}",
        "bitbucket-data-center": "/commits/{commit}",
    }
    assert (found.clone_url, found.url, found.parents) == expected[name]
    assert found.link == found.url + links[name]
    assert found.commit_link == found.url + commits.get(name, "/commit/{commit}")
    assert found.branch == ("" if name == "bitbucket-data-center" else "trunk")
    assert found.head == (HEAD if name == "github" else "")
    assert found.token_env == "FORGE_TOKEN"  # noqa: S105  a name


@pytest.mark.parametrize("name", FORGES)
def test_a_named_ref_goes_before_the_default_branch(opened: Opened, name: str) -> None:
    with opened(name) as asking:
        listed = asking.listing(ref="release").listed
    assert {(each.branch, each.head) for each in listed} == {("release", "")}


def test_a_list_without_heads_is_as_good(opened: Opened) -> None:
    def without_graphql(asked: Asked) -> Reply:
        estate = Estate(KEPT, is_open=True)
        return Reply(403) if asked.path == "/api/graphql" else FORGES["github"](estate)(asked)

    with opened("github", through=without_graphql) as asking:
        listed = asking.listing().listed
    assert [each.name for each in listed][:2] == ["blank", "orders"]
    assert {each.head for each in listed} == {""}


@pytest.mark.parametrize("name", ["github", "gitlab", "gitea"])
def test_the_repositories_of_a_user_are_listed(opened: Opened, name: str) -> None:
    with opened(name) as asking:
        owner = Owner("user", asking.estate.owner)
        assert "payments-service" in asking.names(owner=owner)
        assert not any("/groups/" in path or "/orgs/" in path for path in asking.server.paths)
        asking.estate.is_open = True
        assert "payments-service" in asking.names(owner=owner, token_env="")


@pytest.mark.parametrize(
    ("token", "says"), [(SENTINEL, f"Bearer {SENTINEL}"), (f"jane:{SENTINEL}", basic("jane"))]
)
def test_a_token_is_its_own_or_a_users(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, token: str, says: str
) -> None:
    with opened("bitbucket-cloud") as asking:
        monkeypatch.setenv("FORGE_TOKEN", token)
        asking.estate.authorizations = (says,)
        assert "orders" in asking.names()


def test_the_user_of_a_token_is_nothing_to_gitlab(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened("gitlab") as asking:
        monkeypatch.setenv("FORGE_TOKEN", f"oauth2:{SENTINEL}")
        assert "orders" in asking.names()


def test_a_project_of_a_workspace_is_asked_for(opened: Opened) -> None:
    with opened("bitbucket-cloud") as asking:
        asking.listing(owner=Owner("workspace", "acme", "PAY"))
        assert {each.query["q"] for each in asking.server.asked} == {'project.key="PAY"'}


def test_a_project_of_azure_is_asked_for(opened: Opened) -> None:
    with opened("azure") as asking:
        assert asking.names(owner=Owner("org", "acme", "platform")) == ["stock-service"]


@pytest.mark.parametrize("name", FORGES)
def test_what_a_forge_says_of_repositories_may_be_anything(opened: Opened, name: str) -> None:
    answers: list[object] = [[{}], [1, None], {"values": 3, "value": 3}, 3, None]
    for broken in [*answers, {"values": [{"links": 7}], "value": [{"project": []}]}]:
        with opened(name, through=in_turn(Reply(body=broken))) as asking:
            assert asking.listing().listed == ()


@pytest.mark.parametrize("name", FORGES)
@pytest.mark.parametrize(
    "clone_url", ["ext::sh -c id", "--upload-pack=x", "file:///etc", "https://-x/y", ""]
)
def test_what_git_must_not_be_given_is_not_listed(
    opened: Opened, name: str, clone_url: str
) -> None:
    url = clone_url or "ssh://x"
    with opened(name, kept=[Kept("orders", clone_url=url)]) as asking:
        assert asking.listing().listed == ()


@pytest.mark.parametrize(
    ("name", "api", "clone_url", "is_given"),
    [
        ("github", "https://api.github.com", "https://github.com/a/b.git", True),
        ("github", "https://api.github.com", "https://evil.example/a/b.git", False),
        ("github", "https://api.github.com", "https://github.com.evil.example/a/b.git", False),
        ("github", "https://api.github.com", "https://evil.example#@github.com/b.git", False),
        ("github", "https://api.github.com", "http://github.com/a/b.git", False),
        ("github", "https://ghe.example.com/api/v3", "https://ghe.example.com/a/b.git", True),
        ("gitlab", "https://git.example.com", "https://git.example.com:8443/a/b.git", True),
        ("gitlab", "https://git.example.com", "https://gitlab.com/a/b.git", False),
        ("azure", "https://dev.azure.com", "https://acme.visualstudio.com/_git/b", True),
        ("azure", "https://tfs.example.com", "https://acme.visualstudio.com/_git/b", False),
    ],
)
def test_git_takes_the_token_to_the_forge_alone(
    name: str,
    api: str,
    clone_url: str,
    is_given: bool,  # noqa: FBT001  a fact, not a switch
    tmp_path: Path,
) -> None:
    source = ForgeSource(Forge(name), Owner("org", "a"), api=api, token_env="FORGE_TOKEN")  # noqa: S106
    run = Run(Settings(root=tmp_path), Silent(), offline=True)
    kept = [asdict(Listed("b", clone_url))]
    key = repr(replace(source, token_env=""))
    run.store.put("listings-1", key, b"20000\n" + orjson.dumps(kept))
    [listed] = list_source(source, Client(run.store), run).listed
    assert listed.token_env == ("FORGE_TOKEN" if is_given else "")


@pytest.mark.parametrize("name", ["../x", "a/b", "", "a\x1b[0m"])
def test_what_is_no_name_is_not_listed(opened: Opened, name: str) -> None:
    kept = [Kept(name, clone_url="https://x.example/y.git")]
    with opened("gitea", kept=kept) as asking:
        assert asking.listing().listed == ()


@pytest.mark.parametrize("name", FORGES)
def test_a_forge_that_refuses_is_a_reason(
    opened: Opened, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER_TOKEN", "wrong")
    with opened(name) as asking:
        listing = asking.listing(token_env="OTHER_TOKEN")  # noqa: S106  a name
    refused = name.startswith("bitbucket") or name == "azure"
    assert listing.failure is not None
    assert listing.failure.code == ("forge-refused" if refused else "forge-owner-missing")
    assert (listing.listed, listing.state) == ((), "refused" if refused else "gone")
    assert "wrong" not in listing.failure.detail


def test_a_token_that_is_not_there_is_a_reason_and_nobody_is_asked(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORGE_TOKEN")
    with opened("github") as asking:
        listing = asking.listing()
        assert asking.server.asked == []
    assert listing.failure == Problem(
        "token-missing", detail="github: acme: the environment variable `FORGE_TOKEN` is not set"
    )


@pytest.mark.parametrize(
    ("reply", "code", "says"),
    [
        (Reply(503), "forge-unreachable", "it answers with 503"),
        (Reply(401), "forge-refused", "it answers with 401"),
        (Reply(429, headers={"Retry-After": "999"}), "forge-rate-limited", "for 17 minutes"),
        (Reply(404), "forge-owner-missing", "it answers with 404"),
        (Reply(body=b"{"), "forge-answer-broken", "its answer is not JSON"),
        (Reply(body={"x": 1}), "forge-answer-broken", "is not a list of repositories"),
    ],
)
def test_a_list_that_does_not_come_is_the_last_one(
    opened: Opened, reply: Reply, code: str, says: str
) -> None:
    failing: list[Reply] = []
    estate = Estate(KEPT)

    def answering(asked: Asked) -> Reply:
        return failing[0] if failing else FORGES["github"](estate)(asked)

    with opened("github", through=answering) as asking:
        good = asking.listing()
        failing.append(reply)
        asking.run = replace(asking.run, today=20_003)
        bad = asking.listing()
        asking.run = replace(asking.run, today=20_031)
        too_old = asking.listing()
    assert bad.failure is not None
    assert {each.head for each in good.listed} == {HEAD, ""}
    assert bad.listed == tuple(replace(each, head="") for each in good.listed)
    assert (bad.failure.code, bad.age) == (code, 3)
    assert bad.state.startswith("stale: ")
    assert says in bad.failure.detail
    assert bad.failure.detail.endswith("; what it had 3 days ago is shown")
    assert too_old.failure is not None
    assert too_old.failure.detail.endswith("; what it had 31 days ago is too old to be shown")
    assert (too_old.listed, too_old.state, too_old.age) == ((), "dropped", 31)


def test_a_server_in_passing_trouble_is_asked_again(opened: Opened) -> None:
    troubles = [Reply(502), Reply(429, headers={"Retry-After": "1"}), Reply(500)]
    estate = Estate(KEPT)

    def answering(asked: Asked) -> Reply:
        return troubles.pop(0) if troubles else FORGES["github"](estate)(asked)

    with opened("github", through=answering) as asking:
        assert "orders" in asking.names()


def test_a_list_that_did_not_change_is_not_sent_again(opened: Opened) -> None:
    statuses: list[int] = []
    estate = Estate(KEPT)

    def answering(asked: Asked) -> Reply:
        reply = FORGES["github"](estate)(asked)
        same = asked.headers.get("if-none-match") == reply.headers.get("ETag", "x")
        statuses.append(304 if same else reply.status)
        return Reply(304) if same else reply

    with opened("github", through=answering) as asking:
        first = asking.listing()
        statuses.clear()
        assert asking.listing() == first
    assert statuses[:4] == [304] * 4


def test_a_list_without_end_is_given_up(opened: Opened) -> None:
    def answering(_: Asked) -> Reply:
        return Reply(body=[], headers={"Link": '</again?page=2>; rel="next"'})

    with opened("gitea", through=answering) as asking:
        failure = asking.listing().failure
        assert failure is not None
        assert failure.code == "forge-answer-broken"
        assert len(asking.server.asked) == 2


def test_without_a_network_the_last_list_is_used(opened: Opened) -> None:
    with opened("gitlab") as asking:
        good = asking.listing()
        asked = len(asking.server.asked)
        asking.run = replace(asking.run, offline=True, today=20_100)
        offline = asking.listing()
        other = asking.listing(owner=Owner("group", "other"))
        assert len(asking.server.asked) == asked
    assert offline == Listing(good.listed, state="from the cache", age=100)
    assert other.failure is not None
    assert (other.listed, other.failure.code) == ((), "not-in-cache")


@pytest.mark.parametrize("name", FORGES)
def test_the_token_of_a_forge_is_written_nowhere(opened: Opened, name: str, tmp_path: Path) -> None:
    with web(lambda _: Reply(body=[])) as other:
        with opened(name) as asking:
            shown = repr(asking.listing()) + repr(asking.client) + repr(asking.source)
        moved = Reply(302, headers={"Location": f"{other.url}/x"})
        with opened(name, through=lambda _: moved) as asking:
            shown += repr(asking.listing())
        written = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert other.asked
    assert all("authorization" not in each.headers for each in other.asked)
    for secret in (SENTINEL, basic("").split()[1]):
        assert secret not in shown
        assert secret.encode() not in written


@pytest.mark.parametrize(
    ("api", "path"),
    [("", "/api/v4/groups"), ("/", "/api/v4/groups"), ("/git/api/v4", "/git/api/v4/groups")],
)
def test_a_bare_host_is_asked_where_such_forges_answer(opened: Opened, api: str, path: str) -> None:
    with opened("gitlab") as asking:
        asking.listing(api=asking.server.url + api)
        assert asking.server.paths[0].startswith(path)
