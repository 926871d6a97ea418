"""Forges on the loopback that answer as the documentation of each has it.

Each lists the same repositories in its own words, two a page, to whoever has the token; what is not
asked for as it must be is answered as that forge answers it.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlencode

import orjson

from tests.web import SENTINEL, Answering, Asked, Reply


@dataclass(frozen=True)
class Kept:
    """A repository that a forge keeps."""

    name: str
    group: str = ""
    """The path between owner and repository."""
    branch: str = "main"
    head: str = ""
    topics: tuple[str, ...] = ()
    archived: bool = False
    fork: bool = False
    private: bool = False
    empty: bool = False
    clone_url: str = ""
    """Empty: as that forge makes it."""


@dataclass
class Estate:
    """What a forge keeps of one owner, and who may see it."""

    repositories: list[Kept]
    owner: str = "acme"
    page: int = 2
    authorizations: Sequence[str] = field(
        default_factory=lambda: (f"Bearer {SENTINEL}", f"token {SENTINEL}")
    )
    is_open: bool = False

    def shown_to(self, asked: Asked) -> bool:
        return self.is_open or asked.headers.get("authorization") in self.authorizations

    def cut(self, number: int) -> list[Kept]:
        return self.repositories[(number - 1) * self.page : number * self.page]

    def links(self, asked: Asked, number: int) -> dict[str, str]:
        if number * self.page >= len(self.repositories):
            return {}
        query = urlencode({**asked.query, "page": str(number + 1)})
        last = urlencode({**asked.query, "page": "99"})
        # A forge behind a proxy often misjudges its own address.
        here = f"https://elsewhere.example{asked.path}"
        return {"Link": f'<{here}?{query}>; rel="next", <{here}?{last}>; rel="last"'}


def basic(user: str, token: str = SENTINEL) -> str:
    return "Basic " + base64.b64encode(f"{user}:{token}".encode()).decode()


def _number(asked: Asked) -> int:
    return int(asked.query.get("page", "1"))


def github(estate: Estate) -> Answering:
    def repository(each: Kept, host: str) -> dict[str, object]:
        full = f"{estate.owner}/{each.name}"
        return {
            "id": 1296269,
            "name": each.name,
            "full_name": full,
            "owner": {"login": estate.owner, "type": "Organization"},
            "private": each.private,
            "visibility": "private" if each.private else "public",
            "html_url": f"https://ghe.example.com/{full}",
            "clone_url": each.clone_url or f"{host}/{full}.git",
            "default_branch": each.branch,
            "fork": each.fork,
            "archived": each.archived,
            "disabled": False,
            "topics": list(each.topics),
            "size": 0,
        }

    def graphql(asked: Asked) -> Reply:
        variables = orjson.loads(asked.body)["variables"]
        number = int(variables["after"] or 1)
        nodes = [
            {
                "name": each.name,
                "isEmpty": each.empty,
                "defaultBranchRef": None
                if each.empty
                else {"name": each.branch, "target": {"oid": each.head}},
            }
            for each in estate.cut(number)
        ]
        more = number * estate.page < len(estate.repositories)
        page = {"hasNextPage": more, "endCursor": str(number + 1)}
        held = {"repositories": {"pageInfo": page, "nodes": nodes}}
        return Reply(body={"data": {"repositoryOwner": held}})

    def answer(asked: Asked) -> Reply:
        seen = estate.shown_to(asked)
        lists = {
            f"/api/v3/orgs/{estate.owner}/repos": {"type": "all"},
            f"/api/v3/users/{estate.owner}/repos": {"type": "owner"},
            "/api/v3/user/repos": {"affiliation": "owner"},
        }
        if asked.path == "/api/graphql" and asked.method == "POST":
            return graphql(asked) if seen else Reply(401, {"message": "Bad credentials"})
        if asked.path == "/api/v3/user":
            return Reply(body={"login": estate.owner.upper()}) if seen else Reply(401)
        if asked.path not in lists or not seen:
            return Reply(404, {"message": "Not Found"})
        assert asked.query["per_page"] == "100"
        assert lists[asked.path].items() <= asked.query.items()
        number = _number(asked)
        body = [repository(each, asked.host) for each in estate.cut(number)]
        return Reply(body=body, headers={**estate.links(asked, number), "ETag": f'"{number}"'})

    return answer


def gitlab(estate: Estate) -> Answering:
    def project(each: Kept, host: str) -> dict[str, object]:
        full = "/".join(step for step in (estate.owner, each.group, each.name) if step)
        return {
            "id": 4,
            "name": each.name.title(),
            "path": each.name,
            "path_with_namespace": full,
            "http_url_to_repo": each.clone_url or f"{host}/{full}.git",
            "web_url": f"https://git.example.com/{full}",
            "default_branch": None if each.empty else each.branch,
            "archived": each.archived,
            "visibility": "private" if each.private else "internal",
            "topics": list(each.topics),
            "empty_repo": each.empty,
            **({"forked_from_project": {"id": 9}} if each.fork else {}),
        }

    def answer(asked: Asked) -> Reply:
        known = f"/api/v4/groups/{quote(estate.owner, safe='')}/projects"
        users = f"/api/v4/users/{quote(estate.owner, safe='')}/projects"
        if asked.path not in {known, users} or not estate.shown_to(asked):
            return Reply(404, {"message": "404 Group Not Found"})
        if asked.path == known:
            assert asked.query["include_subgroups"] == "true"
            assert asked.query["with_shared"] == "false"
        number = _number(asked)
        body = [
            project(each, asked.host)
            for each in estate.cut(number)
            if not (each.archived and asked.query.get("archived") == "false")
        ]
        return Reply(body=body, headers=estate.links(asked, number))

    return answer


def gitea(estate: Estate) -> Answering:
    def repository(each: Kept, host: str) -> dict[str, object]:
        full = f"{estate.owner}/{each.name}"
        return {
            "id": 12,
            "name": each.name,
            "full_name": full,
            "private": each.private,
            "internal": False,
            "fork": each.fork,
            "empty": each.empty,
            "archived": each.archived,
            "default_branch": each.branch,
            "html_url": f"https://git.example.com/{full}",
            "clone_url": each.clone_url or f"{host}/{full}.git",
        }

    def answer(asked: Asked) -> Reply:
        if not estate.shown_to(asked):
            return Reply(404, {"message": "GetOrgByName"})
        for each in estate.repositories:
            if asked.path == f"/api/v1/repos/{estate.owner}/{each.name}/topics":
                return Reply(body={"topics": list(each.topics)})
        if asked.path not in {f"/api/v1/{of}/{estate.owner}/repos" for of in ("orgs", "users")}:
            return Reply(404, {"message": "GetOrgByName"})
        assert int(asked.query["limit"]) <= 50
        number = _number(asked)
        headers = {**estate.links(asked, number), "X-Total-Count": str(len(estate.repositories))}
        return Reply(body=[repository(e, asked.host) for e in estate.cut(number)], headers=headers)

    return answer


def bitbucket_cloud(estate: Estate) -> Answering:
    def repository(each: Kept, host: str) -> dict[str, object]:
        full = f"{estate.owner}/{each.name}"
        https = each.clone_url or f"{host}/{full}.git"
        return {
            "type": "repository",
            "name": each.name.title(),
            "slug": each.name,
            "full_name": full,
            "is_private": each.private,
            "project": {"key": "PAY", "name": "Payments"},
            "mainbranch": None if each.empty else {"type": "branch", "name": each.branch},
            "parent": {"full_name": "other/x"} if each.fork else None,
            "links": {
                "html": {"href": f"https://bitbucket.org/{full}"},
                "clone": [
                    {"name": "https", "href": https.replace("://", "://jane@")},
                    {"name": "ssh", "href": f"git@bitbucket.org:{full}.git"},
                ],
            },
        }

    def answer(asked: Asked) -> Reply:
        if not estate.shown_to(asked):
            return Reply(401, {"type": "error", "error": {"message": "Token is invalid"}})
        if asked.path != f"/2.0/repositories/{estate.owner}":
            return Reply(404, {"type": "error", "error": {"message": "No workspace"}})
        assert int(asked.query["pagelen"]) <= 100
        number = _number(asked)
        body: dict[str, object] = {
            "pagelen": 2,
            "page": number,
            "values": [repository(each, asked.host) for each in estate.cut(number)],
        }
        if number * estate.page < len(estate.repositories):
            query = urlencode({**asked.query, "page": str(number + 1)})
            body["next"] = f"https://elsewhere.example{asked.path}?{query}"
        return Reply(body=body)

    return answer


def bitbucket_data_center(estate: Estate) -> Answering:
    def repository(each: Kept, host: str) -> dict[str, object]:
        web = f"https://git.example.com/projects/{estate.owner}/repos/{each.name}"
        found: dict[str, object] = {
            "slug": each.name,
            "name": each.name.title(),
            "scmId": "git",
            "state": "AVAILABLE",
            "public": not each.private,
            "archived": each.archived,
            "project": {"key": estate.owner},
            "links": {
                "clone": [
                    {"href": "ssh://git@git.example.com:7999/x.git", "name": "ssh"},
                    {
                        "href": each.clone_url or f"{host}/scm/{estate.owner}/{each.name}.git",
                        "name": "http",
                    },
                ],
                "self": [{"href": f"{web}/browse"}],
            },
        }
        return found | ({"origin": {"slug": "x"}} if each.fork else {})

    def answer(asked: Asked) -> Reply:
        if not estate.shown_to(asked):
            return Reply(401, {"errors": [{"message": "Authentication required"}]})
        if asked.path != f"/rest/api/latest/projects/{estate.owner}/repos":
            return Reply(404, {"errors": [{"message": "Project does not exist"}]})
        start = int(asked.query.get("start", "0"))
        values = [repository(e, asked.host) for e in estate.repositories[start : start + 2]]
        is_last = start + 2 >= len(estate.repositories)
        end = None if is_last else start + 2
        body = {"size": len(values), "limit": 2, "start": start, "values": values}
        return Reply(body=body | {"isLastPage": is_last, "nextPageStart": end})

    return answer


def azure(estate: Estate) -> Answering:
    def repository(each: Kept, host: str) -> dict[str, object]:
        project, _, _ = each.group.partition("/")
        full = f"{estate.owner}/{quote(project)}/_git/{each.name}"
        found: dict[str, object] = {
            "id": "5febef5a-833d-4e14-b9c0-14cb638f91e6",
            "name": each.name,
            "project": {"name": project, "visibility": "private" if each.private else "public"},
            "remoteUrl": (each.clone_url or f"{host}/{full}").replace("://", "://acme@"),
            "webUrl": f"https://dev.azure.com/{full}",
            "size": 728,
            "isDisabled": each.archived,
        }
        if not each.empty:
            found["defaultBranch"] = f"refs/heads/{each.branch}"
        return found | ({"isFork": True} if each.fork else {})

    def answer(asked: Asked) -> Reply:
        if not estate.shown_to(asked):
            return Reply(203, b"\r\n<!DOCTYPE html><html><title>Sign In</title></html>")
        assert asked.query["api-version"] in {"6.0", "7.1"}
        steps = [unquote(step) for step in asked.path.split("/")[1:]]
        if steps[-3:] != ["_apis", "git", "repositories"] or steps[0] != estate.owner:
            return Reply(404, {"message": "TF200016: The following project does not exist"})
        named = steps[1:-3]
        found = [each for each in estate.repositories if named in ([], [each.group])]
        start = int(asked.query.get("continuationToken", "0"))
        more = {"X-MS-ContinuationToken": str(start + 2)} if start + 2 < len(found) else {}
        values = [repository(each, asked.host) for each in found[start : start + 2]]
        return Reply(body={"count": len(values), "value": values}, headers=more)

    return answer


FORGES: dict[str, Callable[[Estate], Answering]] = {
    "github": github,
    "gitlab": gitlab,
    "gitea": gitea,
    "bitbucket-cloud": bitbucket_cloud,
    "bitbucket-data-center": bitbucket_data_center,
    "azure": azure,
}
