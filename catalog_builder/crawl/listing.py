"""Repositories as a forge lists them, before git has brought anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """A repository that a forge, or the configuration itself, names."""

    name: str
    clone_url: str
    """What git is given; never holds a user, password or token."""
    url: str = ""
    """Where people look at it."""
    link: str = ""
    """Pattern of a link to a file, as `Repository.link` has it; empty: made from `url`."""
    commit_link: str = ""
    """Pattern of a link to a commit; empty: made from `url`, unless `link` is given."""
    edit: str = ""
    """Pattern of the address that edits a file, as `Repository.edit` has it; empty: from `link`."""
    parents: tuple[str, ...] = ()
    """What may be put before the name to tell it from others, nearest first."""
    branch: str = ""
    """The branch or ref to read; empty: the remote's HEAD."""
    head: str = ""
    """The commit `branch` is at, where the listing tells; empty: git is asked."""
    archived: bool = False
    token_env: str = ""
    """Name of the environment variable with the token for this host; empty: none."""
