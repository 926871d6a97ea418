"""A schema registry on the loopback that answers as Confluent's documents its interface."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import unquote

import orjson

from tests.web import Asked, Reply, Web, web

_GONE = {40401: "Subject not found.", 40402: "Version not found."}
_TYPE = {"content-type": "application/vnd.schemaregistry.v1+json"}


@dataclass
class Registry:
    """Subjects with their versions, oldest first; a version is the body of its answer."""

    subjects: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    deleted: set[tuple[str, int]] = field(default_factory=set)
    authorization: str = ""
    """What the header must be; empty: nothing."""
    not_modified: int = 0
    answers: dict[str, Reply] = field(default_factory=dict)
    """Instead of what is registered, by path."""

    def register(
        self,
        subject: str,
        schema: object,
        kind: str = "",
        references: Mapping[str, tuple[str, int]] | None = None,
    ) -> None:
        versions = self.subjects.setdefault(subject, [])
        text = schema if isinstance(schema, str) else orjson.dumps(schema).decode()
        value: dict[str, object] = {
            "subject": subject,
            "version": len(versions) + 1,
            "id": 100 + sum(map(len, self.subjects.values())),
            "schema": text,
        }
        if kind:
            value["schemaType"] = kind
        if references:
            value["references"] = [
                {"name": name, "subject": other, "version": version}
                for name, (other, version) in references.items()
            ]
        versions.append(value)

    def answer(self, asked: Asked) -> Reply:
        if self.authorization and asked.headers.get("authorization") != self.authorization:
            return _error(401, 401, "Unauthorized")
        if asked.path in self.answers:
            return self.answers[asked.path]
        reply = self._of(asked)
        tag = f'"{sha256(orjson.dumps(reply.body)).hexdigest()}"'
        if reply.status == 200 and asked.headers.get("if-none-match") == tag:
            self.not_modified += 1
            return Reply(304)
        return Reply(reply.status, reply.body, {**reply.headers, "etag": tag})

    def _of(self, asked: Asked) -> Reply:
        with_deleted = asked.query.get("deleted") == "true"
        match [unquote(each) for each in asked.path.split("/")[1:]]:
            case ["subjects"]:
                names = [each for each in self.subjects if self._left(each, with_deleted)]
                return Reply(200, names, _TYPE)
            case ["subjects", subject, "versions"]:
                left = self._left(subject, with_deleted)
                return Reply(200, [each["version"] for each in left], _TYPE)
            case ["subjects", subject, "versions", wanted]:
                left = self._left(subject, with_deleted)
                if not left:
                    return _error(404, 40401)
                number = left[-1]["version"] if wanted == "latest" else int(wanted)
                found = [each for each in left if each["version"] == number]
                return Reply(200, found[0], _TYPE) if found else _error(404, 40402)
        return _error(404, 404, "HTTP 404 Not Found")

    def _left(self, subject: str, with_deleted: bool) -> list[dict[str, object]]:  # noqa: FBT001
        return [
            each
            for each in self.subjects.get(subject, [])
            if with_deleted or (subject, each["version"]) not in self.deleted
        ]


def _error(status: int, code: int, message: str = "") -> Reply:
    return Reply(status, {"error_code": code, "message": message or _GONE[code]}, _TYPE)


@contextmanager
def running(registry: Registry) -> Iterator[Web]:
    """The registry at an address."""
    with web(registry.answer) as server:
        yield server
