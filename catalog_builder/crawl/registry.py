"""Schema registries with the interface of Confluent's: the last versions of each subject."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from urllib.parse import quote

import orjson

from catalog_builder.config import USUAL_HISTORY, RegistrySource, matcher
from catalog_builder.crawl.credential import TokenError, somebody, token_from
from catalog_builder.crawl.download import bring_each, seconds_of
from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.found import Brought, Problem
from catalog_builder.crawl.http import Client, HttpError, Trouble
from catalog_builder.crawl.lasting import Fetched, Lasting, instead, keep, kept
from catalog_builder.crawl.registry_answers import SubjectError, Subjects
from catalog_builder.crawl.run import Run
from catalog_builder.crawl.walk import readable
from catalog_builder.model import Json, Location, Registered, RegisteredText, SchemaFormat, Subject

_MOST_SUBJECTS = 20_000
_MOST_NAMED = 20
_FORMAT_OF_RECORDS = 2
_FORMATS = {
    "AVRO": SchemaFormat.AVRO,
    "JSON": SchemaFormat.JSON_SCHEMA,
    "PROTOBUF": SchemaFormat.PROTOBUF,
}


def bring_registries(sources: Sequence[RegistrySource], run: Run) -> tuple[Brought, ...]:
    """What each of these sources brings, in their order.

    Findings: `registry-failed`, `registry-lists-nothing`, `registry-schema-unreadable`,
    `token-missing`, `not-in-cache`.
    """
    return bring_each(sources, run, _brought)


def _brought(source: RegistrySource, client: Client, run: Run) -> Brought:
    where = source.place or Location("", source.written)
    got, broken = _fetched(source, client, run)
    problems = [got.failure] if got.failure else []
    problems += [Problem("registry-schema-unreadable", detail=readable(each)) for each in broken]
    registered = tuple(_registered(source, got.content)) if got.content else ()
    if got.content is not None and not registered and not broken:
        problems.append(Problem("registry-lists-nothing", detail=source.written))
    return Brought(
        findings=tuple(finding(each.code, where, each.detail) for each in problems),
        state=got.state or ("read in part" if broken else ""),
        age=got.age,
        registered=registered,
    )


def _fetched(source: RegistrySource, client: Client, run: Run) -> tuple[Fetched, list[str]]:
    """All that is meant, as it is now or was; and what of it cannot be read."""
    most = USUAL_HISTORY if run.settings.history is None else max(1, run.settings.history)
    said = orjson.dumps([source.subjects, most, _FORMAT_OF_RECORDS]).decode()
    key = f"{source.url} {said}"
    lasting = Lasting("registries", key, source.url)
    if run.offline:
        return kept(lasting, run), []
    try:
        who = somebody(source.url, token_from(source.token_env))
        subjects = Subjects(source.url, client.visit(seconds_of(run), who), who)
        before = kept(lasting, run).content
        known = {each["subject"]: each for each in orjson.loads(before)} if before else {}
        read = partial(_record, subjects, known, most)
        records, broken = _read(source, subjects.names(), read, run)
    except (TokenError, HttpError) as error:
        return instead(lasting, "registry-failed", error, run), []
    return keep(lasting, orjson.dumps(records), run), broken


def _record(subjects: Subjects, known: Mapping[str, Json], most: int, name: str) -> Json:
    """A subject's record, or why it cannot be read; None: it was deleted."""
    try:
        return subjects.record(name, known.get(name), most)
    except SubjectError as error:
        return f"`{name}`: {error}"


def _read(
    source: RegistrySource, offered: Sequence[str], read: Callable[[str], Json], run: Run
) -> tuple[list[Json], list[str]]:
    fits = matcher(source.subjects)
    names = [each for each in offered if fits(each) or fits(_without_context(each))]
    if len(names) > _MOST_SUBJECTS:
        raise HttpError(Trouble.BROKEN, f"it has more than {_MOST_SUBJECTS:,} subjects")
    records: list[Json] = []
    broken: list[str] = []
    with ThreadPoolExecutor(run.settings.crawl.at_once_per_host) as pool:
        try:
            for each in pool.map(read, names):
                if isinstance(each, str):
                    broken.append(each)
                elif each is not None:
                    records.append(each)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return records, broken[:_MOST_NAMED]


def _without_context(name: str) -> str:
    return name.split(":", 2)[-1] if name.startswith(":.") else name


def _registered(source: RegistrySource, content: bytes) -> Iterator[Registered]:
    for record in orjson.loads(content):
        older = tuple(_of_record(source, each) for each in record["older"])
        yield replace(_of_record(source, record), older=older)


def _of_record(source: RegistrySource, record: Json) -> Registered:
    subject = Subject(
        registry=readable(source.url),
        name=readable(record["subject"]),
        version=record["version"],
        id=record["id"],
        format=_FORMATS[record["type"]],
    )
    texts = tuple(RegisteredText(each["text"], each["means"]) for each in record["texts"])
    uses = tuple(map(readable, record["uses"]))
    return Registered(replace(subject, link=_link(source.link, subject)), texts, uses)


def _link(pattern: str, subject: Subject) -> str:
    values = {"subject": subject.name, "version": str(subject.version), "id": str(subject.id)}
    for name, value in values.items():
        pattern = pattern.replace("{" + name + "}", quote(value, safe=""))
    return pattern
