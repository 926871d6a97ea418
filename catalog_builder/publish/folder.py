"""Swaps a finished folder for the one that stood there, so that nobody sees half a site."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from catalog_builder.model import CatalogError
from catalog_builder.publish.exchange import exchanged


@dataclass
class UnwritableFolderError(CatalogError):
    """The output folder cannot be made or replaced."""

    folder: Path
    reason: str

    def __str__(self) -> str:
        """What cannot be written, why, and what to do."""
        return (
            f"cannot write the site to {self.folder}: {self.reason}. "
            "Empty that folder or make it writable, or name another with --site-dir."
        )


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder` that takes its place when the block ends well.

    When the block fails, or the process dies, `folder` stays as it was.

    Raises:
        UnwritableFolderError: the folder beside cannot be made, or the swap is refused.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _refuse_what_is_no_site(folder)
        clear_leftovers(folder)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.{os.getpid()}.", dir=folder.parent))
    except OSError as error:
        raise UnwritableFolderError(folder, error.strerror or str(error)) from error
    try:
        yield fresh
        _swap(fresh, folder)
    except OSError as error:
        raise UnwritableFolderError(folder, error.strerror or str(error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


_SITES = ({"index.html", "catalog.json"}, {"index.html", "404.html", "sitemap.xml"})
"""What a site of ours, or of plain MkDocs, holds."""


def _refuse_what_is_no_site(folder: Path) -> None:
    """What is not a site is never replaced: it may be somebody's work."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UnwritableFolderError(folder, "a file stands in its place")
    names = {each.name for each in folder.iterdir()}
    if names and not any(site <= names for site in _SITES):
        raise UnwritableFolderError(folder, "it holds something else than a site")


def _swap(fresh: Path, folder: Path) -> None:
    """The fresh folder stands in the other's place, which has gone or is to go."""
    fresh.chmod(0o755)
    if not folder.exists():
        try:
            fresh.rename(folder)
        except OSError:
            if not folder.exists():
                raise
        else:
            return
    # Either it was there before, or another build has made it meanwhile.
    if exchanged(fresh, folder):
        return
    old = fresh.with_name(f"{fresh.name}.old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def clear_leftovers(folder: Path) -> None:
    """What builds that died left beside the folder is removed, and an old site put back."""
    for left in sorted(folder.parent.glob(f".{folder.name}.*")):
        process = left.name.removeprefix(f".{folder.name}.").split(".")[0]
        if not process.isdigit() or _runs(int(process)):
            continue
        if left.name.endswith(".old") and not folder.exists():
            with suppress(OSError):
                left.rename(folder)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
