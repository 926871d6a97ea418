"""What a schema registry answers, within bounds; alone knows its interface."""

from collections.abc import Iterator
from contextlib import suppress
from threading import Lock
from typing import NamedTuple
from urllib.parse import quote

import orjson

from catalog_builder.crawl.credential import Credential
from catalog_builder.crawl.http import HttpError, Trouble, Visit
from catalog_builder.model import Json

_ACCEPT = "application/vnd.schemaregistry.v1+json, application/json"
_MOST_BYTES = 4_000_000
_MOST_BYTES_OF_ALL = 256_000_000
_MOST_TEXTS = 200
_LONGEST_NAME = 1000
_OF_KEYS = "-key"
_TOO_LARGE = 2**53
_REPEATS = "it repeats the token"
_IN_JSON = ("AVRO", "JSON")
_KINDS = (*_IN_JSON, "PROTOBUF")


class SubjectError(Exception):
    """A subject cannot be read, and others can; the text says why."""


class _Version(NamedTuple):
    subject: str
    version: int
    id: int
    type: str
    text: str
    references: tuple[tuple[str, str, int], ...]
    """Name in the text, subject, version."""


class Subjects:
    """The subjects of a registry; what was asked for is kept."""

    def __init__(self, url: str, visit: Visit, who: Credential) -> None:
        self._url = url
        self._visit = visit
        self._who = who
        self._versions: dict[tuple[str, str], _Version | SubjectError | None] = {}
        self._bytes = 0
        self._lock = Lock()

    def names(self) -> list[str]:
        """Names of all subjects of values that are not deleted, sorted.

        Raises:
            HttpError: the registry does not say.
        """
        got = self._visit.get(f"{self._url}/subjects", _ACCEPT)
        if self._who.stands_in(got.body):
            raise HttpError(Trouble.BROKEN, _REPEATS)
        answer = got.json()
        if not isinstance(answer, list) or not all(isinstance(each, str) for each in answer):
            raise HttpError(Trouble.BROKEN, "its list of subjects is none")
        fit = {each for each in answer if 0 < len(each) <= _LONGEST_NAME}
        return sorted(each for each in fit if not each.endswith(_OF_KEYS))

    def record(self, name: str, before: Json, most: int) -> Json:
        """The last versions of a subject, with what they refer to; None: it was deleted.

        Versions never change, so that of a subject without a new one no older one is asked for.

        Args:
            name: of the subject.
            before: what this gave the last time; None: nothing.
            most: how many versions at the most.

        Raises:
            SubjectError: its newest version cannot be read.
            HttpError: the registry answers no more.
        """
        own = self._version(name, "latest")
        if own is None:
            return None
        record = self._with_references(own)
        is_known = before and (before["version"], before["id"]) == (own.version, own.id)
        record["older"] = before["older"] if is_known else list(self._older(own, most))
        return record

    def _older(self, newest: _Version, most: int) -> Iterator[Json]:
        """Those of the versions before that can be read, the newest of them first."""
        if most == 1 or newest.version == 1:
            return
        before = {each for each in self._numbers(newest.subject) if each < newest.version}
        for number in sorted(before, reverse=True)[: most - 1]:
            with suppress(SubjectError):
                version = self._version(newest.subject, str(number))
                if version:
                    yield self._with_references(version)

    def _numbers(self, subject: str) -> set[int]:
        """Of the versions that a subject has; none where the registry does not say it."""
        try:
            answer = self._visit.get(self._address(subject), _ACCEPT).json()
        except HttpError as error:
            if error.trouble not in {Trouble.GONE, Trouble.BROKEN}:
                raise
            return set()
        listed = answer if isinstance(answer, list) else []
        return {each for each in listed if isinstance(each, int) and 0 < each < _TOO_LARGE}

    def _with_references(self, own: _Version) -> dict[str, Json]:
        """A version, with what it refers to.

        Raises:
            SubjectError: that cannot be read.
            HttpError: the registry answers no more.
        """
        found = [own]
        places = {(own.subject, own.version): 0}
        texts: list[Json] = []
        for version in found:  # grows while it is walked
            means: dict[str, int] = {}
            for said, subject, number in version.references:
                if (subject, number) not in places:
                    if len(found) >= _MOST_TEXTS:
                        raise SubjectError(f"it refers to more than {_MOST_TEXTS} others")
                    other = self._version(subject, str(number))
                    if other is None:
                        raise SubjectError(
                            f"it refers to version {number} of `{subject}`, which is not there"
                        )
                    places[subject, number] = len(found)
                    found.append(other)
                means[said] = places[subject, number]
            texts.append({"text": version.text, "means": means})
        return {
            "subject": own.subject,
            "version": own.version,
            "id": own.id,
            "type": own.type,
            "texts": texts,
            "uses": sorted({each.subject for each in found} - {own.subject}),
        }

    def _address(self, subject: str) -> str:
        return f"{self._url}/subjects/{quote(subject, safe='')}/versions"

    def _version(self, subject: str, number: str) -> _Version | None:
        key = (subject, number)
        if key not in self._versions:
            try:
                self._versions[key] = self._asked(subject, number)
            except SubjectError as error:
                self._versions[key] = error
        found = self._versions[key]
        if isinstance(found, SubjectError):
            raise found
        return found

    def _asked(self, subject: str, number: str) -> _Version | None:
        # What others refer to may be deleted for those who list it, and is there all the same.
        query = "" if number == "latest" else "?deleted=true"
        try:
            answer = self._visit.get(
                f"{self._address(subject)}/{number}{query}", _ACCEPT, _MOST_BYTES
            )
            value = answer.json()
        except HttpError as error:
            if error.trouble is Trouble.GONE:
                return None
            if error.trouble is Trouble.BROKEN:
                raise SubjectError(error.detail) from error
            raise
        if self._who.stands_in(answer.body):
            raise SubjectError(_REPEATS)
        with self._lock:
            self._bytes += len(answer.body)
            if self._bytes > _MOST_BYTES_OF_ALL:
                raise HttpError(Trouble.BROKEN, "it has more than 256 MB of schemas")
        return _version_of(subject, value)


def _version_of(subject: str, value: Json) -> _Version:
    """What an answer says.

    Raises:
        SubjectError: it is not what such registries answer.
    """
    written = value.get("references") if isinstance(value, dict) else None
    references = written if isinstance(written, list) else []
    kind, text = _text(value, "schemaType", "AVRO"), _text(value, "schema")
    if kind not in _KINDS:
        raise SubjectError(f"its language is none of {', '.join(_KINDS)}")
    if kind in _IN_JSON and not _is_json(text):
        raise SubjectError("its schema is not JSON")
    return _Version(
        subject,
        _number(value, "version"),
        _number(value, "id"),
        kind,
        text,
        tuple(
            (_text(each, "name"), _text(each, "subject"), _number(each, "version"))
            for each in references
        ),
    )


def _is_json(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _number(value: Json, key: str) -> int:
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < _TOO_LARGE:
        return found
    raise SubjectError(f"its answer has no `{key}`")


def _text(value: Json, key: str, default: str | None = None) -> str:
    found = value.get(key, default) if isinstance(value, dict) else None
    if isinstance(found, str):
        return found
    raise SubjectError(f"its answer has no `{key}`")
