"""What references lead to on other hosts, as far as the configuration allows to ask them.

Whatever is brought is kept by its address, and stands in for what cannot be reached later. Nobody
is asked in somebody's name: no token, no cookie, no user goes along.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog_builder import __version__
from catalog_builder.config import Settings
from catalog_builder.crawl.address import RedirectError, redirected, shown
from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.hosts import is_allowed, leads_inward
from catalog_builder.crawl.store import FOLDER, Store
from catalog_builder.crawl.wire import Request, Response, Wire, WireError
from catalog_builder.model import Finding, Location

_ROOM = "references"
_LARGEST = 10_000_000
_MOST_FILES = 500
_MOST_BYTES = 200_000_000
_MOST_REDIRECTS = 5
_SECONDS = 120.0
_SECONDS_OF_ONE = 20.0
_REDIRECTS = {301, 302, 303, 307, 308}
_OK = 200
_NOT_MODIFIED = 304
_HEADERS = {
    "user-agent": f"catalog-builder/{__version__}",
    "accept": "application/yaml, application/json, text/plain;q=0.9, */*;q=0.8",
}


class _NotBroughtError(Exception):
    """There is no file; the text says why."""


@dataclass(slots=True)
class Behind:
    """The files behind references, brought as they become known, within bounds for all of them."""

    settings: Settings
    offline: bool = False
    files: dict[str, bytes] = field(default_factory=dict)
    """By address."""
    _findings: list[Finding] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)
    _wire: Wire | None = None
    _until: float = field(default_factory=lambda: time.monotonic() + _SECONDS)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What could not be brought, sorted."""
        return tuple(sorted(self._findings, key=lambda each: each.order))

    def bring(self, wanted: Mapping[str, Sequence[str]]) -> set[str]:
        """What is new in `files` now: of the addresses those that could be brought.

        Args:
            wanted: names of the repositories whose references lead there, by address.

        Raises:
            CacheError: the cache cannot be written.
        """
        hosts = self.settings.references.hosts
        new: set[str] = set()
        for address in sorted(wanted.keys() - self._asked):
            if is_allowed(address, hosts):
                self._asked.add(address)
                new.update(self._bring(address, wanted[address]))
        return new

    def _bring(self, address: str, repositories: Sequence[str]) -> Iterator[str]:
        store = Store(self.settings.root / FOLDER)
        kept = _unpacked(store.get(_ROOM, address))
        try:
            tag, content = self._fetched(address, kept)
            store.put(_ROOM, address, tag.encode() + b"\n" + content)
        except _NotBroughtError as error:
            code = "reference-from-cache" if kept else "reference-not-brought"
            for each in repositories:
                detail = f"{shown(address)}: {error}"
                self._findings.append(finding(code, Location(each), detail))
            if kept is None:
                return
            _, content = kept
        self.files[address] = content
        yield address

    def _fetched(self, address: str, kept: tuple[str, bytes] | None) -> tuple[str, bytes]:
        """The tag and the content that the address has now."""
        self._refuse_too_much()
        headers = {**_HEADERS, "if-none-match": kept[0]} if kept and kept[0] else _HEADERS
        try:
            answer = self._answer(address, headers)
        except WireError as error:
            raise _NotBroughtError(str(error)) from error
        if answer.status == _NOT_MODIFIED and kept:
            return kept
        if answer.status != _OK:
            raise _NotBroughtError(f"its host answers with {answer.status}")
        return answer.headers.get("etag", ""), answer.body

    def _refuse_too_much(self) -> None:
        if self.offline:
            raise _NotBroughtError("nobody is asked offline")
        if len(self.files) >= _MOST_FILES:
            raise _NotBroughtError(f"there are more than {_MOST_FILES} such files")
        if sum(map(len, self.files.values())) > _MOST_BYTES:
            raise _NotBroughtError(f"such files have more than {_MOST_BYTES / 1e6:g} MB together")
        if time.monotonic() > self._until:
            raise _NotBroughtError(f"to bring such files took more than {_SECONDS:g} seconds")

    def _answer(self, address: str, headers: Mapping[str, str]) -> Response:
        """What comes at the end of redirects, all of which are to allowed hosts."""
        place = address
        for _ in range(_MOST_REDIRECTS + 1):
            if not is_allowed(place, self.settings.references.hosts):
                raise _NotBroughtError("it redirects to a host that is not allowed")
            if leads_inward(place):
                raise _NotBroughtError("the name of its host leads to this machine")
            self._wire = self._wire or Wire()
            answer = self._wire.exchange(Request(place, headers), _SECONDS_OF_ONE, _LARGEST)
            if answer.status not in _REDIRECTS:
                return answer
            try:
                place = redirected(place, answer.headers.get("location", ""))
            except RedirectError as error:
                raise _NotBroughtError(str(error)) from error
        raise _NotBroughtError("it redirects without end")


def _unpacked(record: bytes | None) -> tuple[str, bytes] | None:
    if record is None:
        return None
    tag, _, content = record.partition(b"\n")
    return tag.decode("utf-8", "replace"), content
