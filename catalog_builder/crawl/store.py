"""The cache folder: what crawls brought before, safe with two builds at once and a killed one.

A record is written beside its place and moved there whole, and carries its own digest: it is as it
was put, or it is not there. Names of files are digests of the keys, so that no key leads anywhere
and none can be read from the folder. Nothing secret is to be put here.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from catalog_builder.model import CatalogError

FOLDER = ".catalog"
"""Name of the cache folder, which lies beside the configuration."""

_DIGEST_BYTES = hashlib.sha256().digest_size
_WAIT_SECONDS = 0.05
_FORGOTTEN_SECONDS = 3600
"""A file half written so long ago has nobody who still writes it."""


class CacheError(CatalogError):
    """The cache folder cannot be used."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder, reason)
        self.folder = folder
        self.reason = reason

    def __str__(self) -> str:
        """Which folder, why, and what to do."""
        return (
            f"the cache {self.folder} cannot be written: {self.reason}. "
            "Give the right to write it, or move the configuration to where there is one."
        )


@dataclass(frozen=True, slots=True)
class Store:
    """Records and folders of several rooms, found again by their keys."""

    folder: Path

    def get(self, room: str, key: str) -> bytes | None:
        """What was put last under the key; None when there is nothing, or nothing whole."""
        try:
            record = self._record(room, key).read_bytes()
        except OSError:
            return None
        digest, content = record[:_DIGEST_BYTES], record[_DIGEST_BYTES:]
        return content if hashlib.sha256(content).digest() == digest else None

    def put(self, room: str, key: str, content: bytes) -> None:
        """The content is what `get` gives, now and in later runs; a killed run leaves the old one.

        Raises:
            CacheError: the folder cannot be written.
        """
        place = self._record(room, key)
        with self._writable():
            self._make(place.parent)
            descriptor, half = tempfile.mkstemp(dir=place.parent, prefix="half-")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(hashlib.sha256(content).digest())
                    file.write(content)
                Path(half).replace(place)
            except BaseException:
                Path(half).unlink(missing_ok=True)
                raise

    def forget(self, room: str, key: str) -> None:
        """There is no record under the key."""
        with self._writable():
            self._record(room, key).unlink(missing_ok=True)

    def place(self, room: str, key: str) -> Path:
        """A path for files of the caller's own; its parent is there, it itself perhaps not.

        Whoever writes there holds `locked` of the same room and key.
        """
        place = self._named(room, key, "d")
        with self._writable():
            self._make(place.parent)
        return place

    @contextmanager
    def locked(
        self, room: str, key: str, wait: Callable[[float], object] = time.sleep
    ) -> Iterator[int]:
        """Nobody else, in whichever process, holds the lock of this key while the block runs.

        Gives the lock's file descriptor: a child process that inherits it holds the lock as well,
        until it ends. A lock ends with those who hold it, however they end.

        Args:
            room: as of the record.
            key: as of the record.
            wait: called with the seconds to wait while another holds the lock; what it raises
                ends the waiting.

        Raises:
            CacheError: the folder cannot be written.
        """
        place = self._named(room, key, "lock")
        with self._writable():
            self._make(place.parent)
        while (descriptor := self._try_lock(place)) is None:
            wait(_WAIT_SECONDS)
        try:
            yield descriptor
        finally:
            # Removed while still held, so nobody can be holding the file that goes away.
            place.unlink(missing_ok=True)
            os.close(descriptor)

    def sweep(self) -> None:
        """What killed runs left half written is gone."""
        horizon = time.time() - _FORGOTTEN_SECONDS
        for half in self.folder.glob("*/*/half-*"):
            with suppress(OSError):
                if half.stat().st_mtime < horizon:
                    half.unlink()

    def drop(self, room: str, key: str) -> None:
        """What lay at `place` of the key is gone, as far as it can be removed."""
        shutil.rmtree(self._named(room, key, "d"), ignore_errors=True)

    def _try_lock(self, place: Path) -> int | None:
        with self._writable():
            descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Whoever held it before may have removed the file between our opening and locking.
            if os.fstat(descriptor).st_ino == place.stat().st_ino:
                return descriptor
        except (BlockingIOError, FileNotFoundError):
            pass
        os.close(descriptor)
        return None

    def _record(self, room: str, key: str) -> Path:
        return self._named(room, key, "")

    def _named(self, room: str, key: str, ending: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / room / name[:2] / (f"{name[2:]}.{ending}" if ending else name[2:])

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True)
        # What git or a backup would make of it: nothing.
        for name, content in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _CACHE_DIRECTORY)):
            if not (note := self.folder / name).exists():
                note.write_text(content, encoding="utf-8")

    @contextmanager
    def _writable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CacheError(self.folder, error.strerror or "unknown error") from error


_CACHE_DIRECTORY = "Signature: 8a477f597d28d172789f06886806bc55\n# https://bford.info/cachedir/\n"
