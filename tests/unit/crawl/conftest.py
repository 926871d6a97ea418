import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

Written = Callable[[Mapping[str, str | bytes]], Path]
GIT = shutil.which("git") or "git"
_NOBODY = 65534


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Files of these contents under a folder `estate`."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "estate"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        root.mkdir(exist_ok=True)
        return root

    return write


@pytest.fixture
def git() -> Callable[..., str]:
    """Git in a folder, as somebody, whatever this machine's configuration says."""

    def run(folder: Path, *arguments: str) -> str:
        identity = (
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "-c",
            "init.defaultBranch=main",
        )
        environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "HOME": "/nowhere"}
        done = subprocess.run(  # noqa: S603  commands of these tests
            [GIT, "-C", str(folder), *identity, *arguments],
            check=True,
            capture_output=True,
            env=environment,
        )
        return done.stdout.decode().strip()

    return run


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder in which permissions bind us, because we are not root while it is used."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    was = os.geteuid()
    if was == 0:
        os.seteuid(_NOBODY)
    try:
        yield folder
    finally:
        if was == 0:
            os.seteuid(was)
        shutil.rmtree(folder)
