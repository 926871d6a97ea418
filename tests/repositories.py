"""Real git repositories for tests, with commits of chosen days."""

import os
import shutil
import subprocess
from pathlib import Path

GIT = shutil.which("git") or "git"


def git(folder: Path, *arguments: str, **variables: str) -> str:
    """What git prints in a folder, whatever this machine's configuration says."""
    done = subprocess.run(  # noqa: S603  commands of these tests
        [GIT, "-C", str(folder), "-c", "init.defaultBranch=main", *arguments],
        check=True,
        capture_output=True,
        env={
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": "/nowhere",
            **variables,
        },
    )
    return done.stdout.decode().strip()


def commit(
    folder: Path, day: str, message: str = "Change", author: str = "Ann Ng", *merge: str
) -> str:
    """The id of a commit of all that is in a folder, at noon of a day, UTC+2."""
    if not (folder / ".git").exists():
        git(folder, "init")
    date = f"{day}T12:00:00+02:00"
    git(folder, "add", "-A")
    git(
        folder,
        *(merge or ("commit", "--allow-empty")),
        "-m",
        message,
        GIT_AUTHOR_NAME=author,
        GIT_AUTHOR_EMAIL="somebody@example.com",
        GIT_AUTHOR_DATE=date,
        GIT_COMMITTER_NAME=author,
        GIT_COMMITTER_EMAIL="somebody@example.com",
        GIT_COMMITTER_DATE=date,
    )
    return git(folder, "rev-parse", "HEAD")
