"""Web addresses of repositories and of their files, made of what git calls a remote."""

import re
from collections.abc import Callable
from urllib.parse import quote

_WITH_SCHEME = re.compile(
    r"(?P<scheme>https?|ssh|git|git\+ssh)://(?:[^/@]*@)*(?P<host>[\w.-]+)(?P<port>:\d+)?/(?P<path>.+)",
    re.ASCII | re.IGNORECASE,
)
_LIKE_SCP = re.compile(
    r"(?:[\w.+-]+@)?(?P<host>[\w-]+(?:\.[\w-]+)+):(?P<path>[^/:].*|/.+)", re.ASCII
)
_KEPT_IN_PATHS = "/~%+@:,"


def web_address(remote: str) -> str:
    """Where people look at the repository of a remote; empty when it is not on the web.

    Never holds a user, password, token, query or fragment.

    >>> web_address("https://me:secret@git.example.com:8443/acme/orders.git")
    'https://git.example.com:8443/acme/orders'
    >>> web_address("git@github.com:acme/orders.git"), web_address("/srv/orders.git")
    ('https://github.com/acme/orders', '')
    """
    found = _WITH_SCHEME.fullmatch(remote.strip()) or _LIKE_SCP.fullmatch(remote.strip())
    if not found:
        return ""
    parts = found.groupdict()
    scheme = str(parts.get("scheme") or "ssh").lower()
    is_web = scheme.startswith("http")
    port = (parts.get("port") or "") if is_web else ""
    host = parts["host"].lower() + port
    path = re.split(r"[?#]", parts["path"])[0].strip("/").removesuffix(".git")
    host, path = _as_browsed(host, path)
    safe_path = quote(path, safe=_KEPT_IN_PATHS)
    return f"{scheme if is_web else 'https'}://{host}/{safe_path}" if path else ""


def _as_browsed(host: str, path: str) -> tuple[str, str]:
    """Host and path for people, on forges where git is given other ones."""
    if host == "ssh.dev.azure.com" and (found := re.fullmatch(r"v3/([^/]+)/([^/]+)/(.+)", path)):
        return "dev.azure.com", f"{found[1]}/{found[2]}/_git/{found[3]}"
    if found := re.fullmatch(r"v3/([^/]+)/([^/]+)/(.+)", path):
        if host == "vs-ssh.visualstudio.com":
            return f"{found[1].lower()}.visualstudio.com", f"{found[2]}/_git/{found[3]}"
    elif found := re.fullmatch(r"(.*/)?scm/([^/]+)/([^/]+)", path):
        return host, f"{found[1] or ''}projects/{found[2]}/repos/{found[3]}"
    return host, path


GITHUB_LINK = "/blob/{commit}/{file}#L{line}"
GITLAB_LINK = "/-/blob/{commit}/{file}#L{line}"
GITEA_LINK = "/src/commit/{commit}/{file}#L{line}"
BITBUCKET_LINK = "/src/{commit}/{file}#lines-{line}"
DATA_CENTER_LINK = "/browse/{file}?at={commit}#{line}"
AZURE_LINK = "?path=/{file}&version=GC{commit}"

_Fits = Callable[[str], bool]
_LINKS: tuple[tuple[_Fits, str], ...] = (
    (lambda url: "/_git/" in url, AZURE_LINK),
    (lambda url: "/projects/" in url and "/repos/" in url, DATA_CENTER_LINK),
    (lambda url: "bitbucket" in _host(url), BITBUCKET_LINK),
    (lambda url: "gitlab" in _host(url), GITLAB_LINK),
    (
        lambda url: any(name in _host(url) for name in ("gitea", "forgejo", "codeberg")),
        GITEA_LINK,
    ),
    (lambda url: _host(url) == "git.sr.ht", "/tree/{commit}/item/{file}#L{line}"),
    (lambda url: "github" in _host(url), GITHUB_LINK),
)


def link_pattern(url: str, prefix: str = "") -> str:
    """Pattern of a link to a file of a folder at `prefix` of the repository that `url` shows.

    Empty where the forge is of no known make.

    >>> link_pattern("https://github.com/acme/estate", "services/orders")
    'https://github.com/acme/estate/blob/{commit}/services/orders/{path}#L{line}'
    """
    return next((link_on(url, link, prefix) for fits, link in _LINKS if fits(url)), "")


def link_on(url: str, link: str, prefix: str = "") -> str:
    """The same on a forge whose make is known: `link` is one of the patterns above."""
    file = f"{quote(prefix)}/{{path}}" if prefix else "{path}"
    return url + link.replace("{file}", file) if url else ""


_COMMITS = {
    DATA_CENTER_LINK: "/commits/{commit}",
    BITBUCKET_LINK: "/commits/{commit}",
    GITLAB_LINK: "/-/commit/{commit}",
}
"""By the pattern of a file; elsewhere it is `/commit/{commit}`."""


def commit_pattern(url: str) -> str:
    """Pattern of a link to a commit of the repository that `url` shows; empty where unknown.

    >>> commit_pattern("https://gitlab.com/acme/estate")
    'https://gitlab.com/acme/estate/-/commit/{commit}'
    """
    return next((commit_on(url, link) for fits, link in _LINKS if fits(url)), "")


def commit_on(url: str, link: str) -> str:
    """The same on a forge whose make is known: `link` is one of the patterns above.

    >>> commit_on("https://git.acme.example/orders", GITHUB_LINK)
    'https://git.acme.example/orders/commit/{commit}'
    """
    return url + _COMMITS.get(link, "/commit/{commit}") if url else ""


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0]
