"""What git is told before it goes anywhere: to whom the token belongs, and what never happens.

Everything goes through the environment, which only the same user can see. Git asks nobody, runs no
hook, filter or helper for a transport, follows no redirect and no submodule; what the user's own
configuration says of proxies, certificates and ssh holds.
"""

import os
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from catalog_builder.config import is_on_this_machine
from catalog_builder.crawl.listing import Listed

_ALWAYS = (
    ("core.hooksPath", os.devnull),
    ("core.fsmonitor", ""),
    ("core.askPass", ""),
    # What is half written after a power failure is brought anew.
    ("core.fsync", "none"),
    # Large files pass through instead of standing in memory.
    ("core.bigFileThreshold", "10m"),
    # In one file, whose growth can be watched.
    ("fetch.unpackLimit", "1"),
    ("fetch.recurseSubmodules", "no"),
    ("fetch.writeCommitGraph", "false"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("credential.interactive", "false"),
    # A redirect could carry the token to another host.
    ("http.followRedirects", "false"),
    ("http.lowSpeedLimit", "1"),
    ("http.lowSpeedTime", "60"),
    ("protocol.version", "2"),
)
REMOTE = "catalog"
"""What git calls where it goes; in no configuration but ours."""

_WEB = "https:http:ssh"
_KEPT = frozenset(
    {
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM",
        "GIT_EXEC_PATH",
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_SSH_VARIANT",
        "GIT_SSL_CAINFO",
        "GIT_SSL_CAPATH",
    }
)
"""Variables of git that say how to reach hosts; others could change what is read."""
_USER = "x-access-token"
"""Whom a token is given as; forges other than Bitbucket take any name."""


class NoTokenError(Exception):
    """The environment lacks the token of a source."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where git goes for a repository."""

    url: str
    """As git is given it."""
    host: str
    """Of which not too much is asked at once; empty for this machine."""
    protocols: str
    token_env: str = ""


def address_of(listed: Listed, root: str) -> Address:
    """Where git goes; a path is seen from the folder `root`, and without one never gone to."""
    written = listed.clone_url
    if is_on_this_machine(written):
        if "://" not in written:
            # As a path git would copy it whole, file by file, instead of asking for parts of it.
            written = "file://" + quote(os.path.normpath(os.path.join(root, written)))  # noqa: PTH118  a pure path
        return Address(written, "", "file" if root else "none")
    if "://" not in written:
        host = written.partition(":")[0].rpartition("@")[2]
        return Address(written, host.lower(), _WEB)
    parts = urlsplit(written)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme.lower() in {"http", "https"}:
        # Forges put a user into some addresses, which would be asked for a password.
        written = urlunsplit((parts.scheme.lower(), host, parts.path, "", ""))
    return Address(written, host.lower(), _WEB, listed.token_env)


def environment(
    address: Address, around: Mapping[str, str], more: Sequence[tuple[str, str]] = ()
) -> dict[str, str]:
    """The environment of git when it goes to an address.

    Args:
        address: where it goes.
        around: what `surroundings` gives.
        more: settings of git for this run.

    Raises:
        NoTokenError: the variable with the token is not set.
    """
    settings = [*_ALWAYS, (f"remote.{REMOTE}.url", address.url), *_token(address), *more]
    return {**around, "GIT_ALLOW_PROTOCOL": address.protocols, **_settings(settings)}


def local_environment(around: Mapping[str, str]) -> dict[str, str]:
    """The environment of git when it only reads what was brought."""
    return {**around, "GIT_ALLOW_PROTOCOL": "none", **_settings(_ALWAYS)}


def surroundings(secrets: Collection[str]) -> Mapping[str, str]:
    """What every run of git finds in its environment.

    Args:
        secrets: names of variables with tokens, of which no program gets to know.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in secrets and (not name.startswith("GIT_") or name in _KEPT)
    }
    kept.pop("SSH_ASKPASS", None)
    return kept | {
        "GCM_INTERACTIVE": "never",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
        "SSH_ASKPASS_REQUIRE": "never",
    }


def _settings(settings: Sequence[tuple[str, str]]) -> dict[str, str]:
    numbered = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings):
        numbered |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return numbered


def _token(address: Address) -> list[tuple[str, str]]:
    """Settings that give the token to its own scheme, host and port, and to nobody else."""
    if not address.token_env:
        return []
    token = os.environ.get(address.token_env, "").strip()
    if not token or not token.isascii() or not token.isprintable():
        raise NoTokenError
    parts = urlsplit(address.url)
    header = f"http.{parts.scheme}://{parts.netloc}/.extraHeader"
    return [
        ("credential.helper", ""),
        (header, ""),
        (header, f"Authorization: {_authorization(parts, token)}"),
    ]


def _authorization(parts: SplitResult, token: str) -> str:
    """A token as its host takes it; one of the form `user:token` is a password's."""
    user, _, secret = token.rpartition(":")
    if parts.hostname == "bitbucket.org" and (not user or "@" in user):
        # Its interface knows a user by the mail address, its git by a name.
        user = "x-bitbucket-api-token-auth" if user else "x-token-auth"
    elif "/scm/" in parts.path and not user:
        return f"Bearer {token}"  # Bitbucket Data Center takes a project's token in no other way
    return "Basic " + b64encode(f"{user or _USER}:{secret}".encode()).decode()
