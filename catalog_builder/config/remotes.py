"""What the configuration may say of a remote repository: its address, its ref, its token's name.

What is taken here cannot become an option or a helper of git, and holds nothing secret: messages,
reports and the cache show it as it is written.
"""

import re
from urllib.parse import SplitResult, urlsplit

from catalog_builder.config.expect import Checked, Part, text

_LIKE_SCP = re.compile(r"(?:[\w.+-]+@)?[\w][\w.-]*:(?!:)(?!//)[^\s]+", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SCHEMES = ("https", "http", "ssh", "file")
_MOST_LETTERS = 2000
_NOT_IN_A_REF = re.compile(
    r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|$)|^[-/.]|[/.]$|^@$"
)
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,63}", re.ASCII)
_HERE = ("localhost", "127.0.0.1", "::1")

_ADDRESSES = "Write for example `https://git.example.com/acme/orders.git`"


def remote(part: Part) -> Checked:
    """The address of a repository: https, ssh, `user@host:path`, or a path on this machine."""
    checked = text(part)
    if checked.mistakes:
        return checked
    address = checked.value
    if address.startswith("-") or len(address) > _MOST_LETTERS or _CONTROL.search(address):
        return part.refused("is not the address of a repository", _ADDRESSES)
    if re.match(r"[\w+-]*::", address):
        return part.refused("names a helper of git, which is not run", _ADDRESSES)
    if "://" in address:
        return _url(part, address)
    return checked


def _url(part: Part, address: str) -> Checked:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  raises where it is no number
    except ValueError:
        return part.refused("is not the address of a repository", _ADDRESSES)
    if parts.scheme.lower() not in _SCHEMES:
        return part.refused("begins with what is not brought", f"Known are {', '.join(_SCHEMES)}")
    if _holds_credentials(parts):
        hint = "Leave out what stands before the `@`; a token belongs into the environment variable"
        return part.refused("holds a user or a password", f"{hint} that `token_env` names")
    if parts.query or parts.fragment or not _has_sound_host(parts):
        return part.refused("is not the address of a repository", _ADDRESSES)
    return Checked(address)


def web(part: Part) -> Checked:
    """An http address of an interface or a file; a query is part of it."""
    checked = text(part)
    if checked.mistakes:
        return checked
    hint = "Write for example `https://git.example.com/api`"
    try:
        parts = urlsplit(checked.value)
        sound = parts.scheme.lower() in {"https", "http"} and bool(parts.hostname)
        sound = sound and (parts.port or 1) > 0 and not _CONTROL.search(checked.value)
    except ValueError:
        sound = False
    if not sound or not _has_sound_host(parts) or len(checked.value) > _MOST_LETTERS:
        return part.refused("is not an address", hint)
    if _holds_credentials(parts):
        hint = "Leave out what stands before the `@`; a token belongs into the environment variable"
        return part.refused("holds a user or a password", f"{hint} that `token_env` names")
    return checked


def _has_sound_host(parts: SplitResult) -> bool:
    if parts.scheme.lower() == "file":
        return parts.netloc in {"", "localhost"}
    is_option = parts.netloc.startswith("-") or (parts.hostname or "-").startswith("-")
    return not is_option and " " not in parts.geturl()


def _holds_credentials(parts: SplitResult) -> bool:
    """Whether something secret stands in it; ssh has a user, who is none."""
    is_ssh = parts.scheme.lower() == "ssh"
    return bool(parts.password is not None or (parts.username and not is_ssh))


def ref(part: Part) -> Checked:
    """A branch, a tag or a commit."""
    checked = text(part)
    if not checked.mistakes and (
        len(checked.value) > _MOST_LETTERS or _NOT_IN_A_REF.search(checked.value)
    ):
        return part.refused(
            "is not the name of a branch, a tag or a commit", "Write for example `main`"
        )
    return checked


def variable(part: Part) -> Checked:
    """The name of an environment variable; nothing that looks like the token itself."""
    checked = text(part)
    if not checked.mistakes and not _VARIABLE.fullmatch(checked.value):
        return part.refused(
            "is not the name of an environment variable",
            "Write for example `GIT_TOKEN`, and give the token to that variable",
        )
    return checked


def sends_tokens_safely(address: str) -> bool:
    """Whether a token may go to an address: nobody on the way can read it.

    >>> sends_tokens_safely("https://git.example.com/a"), sends_tokens_safely("http://a.example/b")
    (True, False)
    """
    if "://" not in address:
        return False
    parts = urlsplit(address)
    return parts.scheme.lower() == "https" or (
        parts.scheme.lower() == "http" and parts.hostname in _HERE
    )


def is_on_this_machine(address: str) -> bool:
    """Whether an address is a path, with or without `file://` before it.

    >>> is_on_this_machine("../orders.git"), is_on_this_machine("git@git.example.com:acme/orders")
    (True, False)
    """
    if "://" in address:
        return address.lower().startswith("file://")
    return address.startswith(("/", ".")) or not _LIKE_SCP.fullmatch(address)
