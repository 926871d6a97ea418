"""What the configuration may say of forges, archives and documents on the web."""

from collections.abc import Mapping, Sequence
from typing import Any

from yaml import SequenceNode

from catalog_builder.config.elsewhere import Forge, Meant, Owner, Visibility
from catalog_builder.config.expect import Checked, Expectation, Part, flag, glob, one_of, text
from catalog_builder.config.failure import listed
from catalog_builder.config.remotes import sends_tokens_safely, variable, web
from catalog_builder.config.structure import record, several


def one_or_several(expectation: Expectation) -> Expectation:
    """One of such, or a list of them."""

    def check(part: Part) -> Checked:
        if isinstance(part.node, SequenceNode):
            return several(expectation, at_least=1)(part)
        checked = expectation(part)
        return checked if checked.mistakes else Checked((checked.value,))

    return check


def step(part: Part) -> Checked:
    """A name that is one step of an address."""
    return _steps(part, "/")


def steps(part: Part) -> Checked:
    """A name that is one or several steps of an address."""
    return _steps(part, "")


def _steps(part: Part, forbidden: str) -> Checked:
    checked = text(part)
    if checked.mistakes:
        return checked
    wrong = any(
        letter in "?#\\" + forbidden or not letter.isprintable() for letter in checked.value
    )
    if wrong or {"", ".", ".."} & set(checked.value.split("/")):
        return part.refused(f"cannot be `{checked.value}`", "Write the name as its address has it")
    return checked


def archive(part: Part) -> Checked:
    """A path, or the http address of a file."""
    checked = text(part)
    if not checked.mistakes and "://" in checked.value:
        return web(part)
    if not checked.mistakes and "\0" in checked.value:
        return part.refused("is not a path")
    return checked


_OF_MEANT: dict[str, Expectation] = {
    "repositories": one_or_several(glob),
    "leave_out": one_or_several(glob),
    "archived": flag,
    "forks": flag,
    "empty": flag,
}
_TOPICS: dict[str, Expectation] = {"topics": one_or_several(text)}
_VISIBILITY: dict[str, Expectation] = {"visibility": one_or_several(one_of(Visibility))}
_ACCESS: dict[str, Expectation] = {"api": web, "token_env": variable}

_FORGES: Mapping[Forge, tuple[Sequence[str], Mapping[str, Expectation]]] = {
    Forge.GITHUB: (("org", "user"), {"org": step, "user": step, **_TOPICS, **_VISIBILITY}),
    Forge.GITLAB: (("group", "user"), {"group": steps, "user": step, **_TOPICS, **_VISIBILITY}),
    Forge.GITEA: (("org", "user"), {"org": step, "user": step, **_TOPICS, **_VISIBILITY}),
    Forge.BITBUCKET: (
        ("workspace", "project"),
        {"workspace": step, "project": step, **_VISIBILITY},
    ),
    Forge.AZURE: (("org",), {"org": step, "project": step, **_VISIBILITY}),
}
"""Who owns repositories there (the first that is given counts), and what can be said besides."""


def forge(make: Forge) -> Expectation:
    """What a source of this forge asks it for, as parts of a `ForgeSource`."""
    owners, keys = _FORGES[make]

    def values_of(_: Part, given: dict[str, Any]) -> dict[str, Any]:
        kind = next((each for each in owners if each in given), "")
        name = given.pop(kind, "")
        for each in owners[1:]:
            if each != "project":
                given.pop(each, None)
        project = given.pop("project", "")
        meant = {key: given.pop(key) for key in Meant.__slots__ if key in given}
        return {"owner": Owner(kind, name, project), "meant": Meant(**meant), **given}

    expectation = record(values_of, {**keys, **_ACCESS, **_OF_MEANT})

    def check(part: Part) -> Checked:
        checked = expectation(part)
        return checked if checked.mistakes else _sound(part, make, checked)

    return check


def _sound(part: Part, make: Forge, checked: Checked) -> Checked:
    """The same, if it says whose repositories are meant, and where a forge of that make is."""
    owners = _FORGES[make][0]
    given = [key.value for key, _ in part.node.value if key.value in owners]
    owner: Owner = checked.value["owner"]
    if not owner.kind:
        return part.refused(f"lacks {listed(owners, 'or')}", "Say whose repositories are meant")
    if "user" in given and len(given) > 1:
        return part.refused(f"has both {listed(given)}", "Make two sources of it")
    api = checked.value.get("api", "")
    at_home = make is Forge.GITEA or owner.kind == "project"
    if at_home and not api:
        hint = "Say where it is: `api: https://git.example.com`"
        return part.refused("lacks `api`", hint)
    if checked.value.get("token_env") and api and not sends_tokens_safely(api):
        hint = "Write the `https://` address as `api`, or leave out `token_env`"
        return part.refused("would show its token to others on the way", hint)
    return checked
