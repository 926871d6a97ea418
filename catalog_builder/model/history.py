"""What was before: commits, the documents as they were at them, and what changed for whom."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from catalog_builder.model.document import Action, Document
from catalog_builder.model.place import Location
from catalog_builder.model.schema import Shape


@dataclass(frozen=True, slots=True)
class Commit:
    """A change as version control keeps it."""

    id: str
    """Full hash."""
    date: str
    """When it was committed, in UTC: `2026-03-01T09:30:00Z`."""
    author: str = ""
    """Name of whoever wrote it, without an address."""
    subject: str = ""
    """First line of its message."""

    @property
    def day(self) -> str:
        """The date without the time."""
        return self.date[:10]


@dataclass(frozen=True, slots=True)
class Revision:
    """A specification's repository at a commit that changed the specification, or what it uses."""

    commit: Commit
    files: Mapping[str, bytes]
    """All files of the repository at that commit, read when asked for."""
    path: str
    """Where the specification lay then."""
    is_first: bool = False
    """Whether this commit brought the specification into being."""


@dataclass(frozen=True, slots=True)
class Past:
    """What version control tells of one specification."""

    changed: Commit | None = None
    """The last commit that changed the file itself; None: nothing tells."""
    revisions: tuple[Revision, ...] = ()
    """The last ones, newest first."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A document as it was from a commit on."""

    document: Document
    commit: Commit | None = None
    """None: it is not committed yet."""
    is_first: bool = False
    """Whether there was no such document before."""


@dataclass(frozen=True, slots=True)
class DocumentHistory:
    """A document's last editions, newest first; what it says now is the first of them."""

    changed: Commit | None = None
    """The last commit that changed the file itself; None: nothing tells."""
    editions: tuple[Edition, ...] = ()


class Side(StrEnum):
    """Those whom a change of an event may break."""

    CONSUMERS = "consumers"
    PRODUCERS = "producers"


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a newer description of an event departs from an older one."""

    kind: str
    """Reads like `field-removed`; one meaning for ever."""
    words: str
    """What is so now, and what was: `is optional, was required`."""
    path: str = ""
    """Of the field, as `PlacedField` has it; empty: the whole."""
    variant: str = ""
    """Names of the variants that the field stands in; empty: none, or all of them alike."""
    part: str = "payload"
    """Of the event: `payload`, `headers`, `key`, or `event` for what is said of it as a whole."""
    breaks: tuple[Side, ...] = ()
    """Whom it breaks of those that keep to the older description."""
    is_wording: bool = False
    """Whether people alone see it."""


@dataclass(frozen=True, slots=True)
class DifferenceKind:
    """What all differences of one kind have in common."""

    kind: str
    """Reads like `field-removed`; one meaning for ever."""
    meaning: str
    """What is so, in general."""
    breaks: tuple[Side, ...] = ()
    is_wording: bool = False

    def difference(self, words: str, path: str = "", part: str = "payload") -> Difference:
        """The difference of one case."""
        return Difference(
            self.kind, words, path, part=part, breaks=self.breaks, is_wording=self.is_wording
        )


class Verdict(StrEnum):
    """How much a change matters, most first."""

    BREAKING = "breaking"
    COMPATIBLE = "compatible"
    WORDING = "wording"
    """People alone see it."""


class ChangeKind(StrEnum):
    """What happened to an event."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    REMOVED = "removed"
    KNOWN = "known"
    """Nothing: this is the oldest version that was read."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit did to one event, in the document that describes it."""

    kind: ChangeKind
    name: str
    """The event's, after it; before it, where it was removed."""
    event: str
    """Id of the event; empty when the catalogue has it no more."""
    service: str
    """Id of the service that the document describes."""
    action: Action | None
    """What that service does with the event; None: neither."""
    source: Location
    """The document."""
    address: str = ""
    """Where the event passes through, after it; before it, where it was removed."""
    commit: Commit | None = None
    """None: it is not committed yet."""
    before: Commit | None = None
    """The commit of the version before, so the last one that had an event which was removed."""
    age: int = 0
    """How many editions of the document, of those that were read, are newer than this one."""
    version: str = ""
    """What the document calls its own version after it."""
    differences: tuple[Difference, ...] = ()
    """Those that break somebody first."""
    shape: Shape = field(default_factory=Shape)
    """The fields after it."""

    @property
    def side(self) -> Side:
        """Those who must keep up with the document: who reads what it sends, or the reverse."""
        return Side.PRODUCERS if self.action is Action.RECEIVE else Side.CONSUMERS

    @property
    def is_breaking(self) -> bool:
        """Whether it breaks those who must keep up with the document."""
        return self.verdict is Verdict.BREAKING

    @property
    def verdict(self) -> Verdict:
        """How much it matters."""
        return verdict_of(self.differences, self.side)


def verdict_of(differences: Collection[Difference], side: Side) -> Verdict:
    """How much differences matter to one side."""
    if any(side in each.breaks for each in differences):
        return Verdict.BREAKING
    is_wording = bool(differences) and all(each.is_wording for each in differences)
    return Verdict.WORDING if is_wording else Verdict.COMPATIBLE


def newest_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes by time, what is not committed first; of one time by document, age and name."""
    return tuple(sorted(sorted(changes, key=_place), key=_time, reverse=True))


def _place(change: Change) -> tuple[str, int, str, str, str]:
    # Commits of one second, as rebasing makes them, keep their order by their editions' age.
    source = change.source
    return (source.repository, change.age, source.path, change.name, change.address)


def _time(change: Change) -> tuple[bool, str]:
    return (False, change.commit.date) if change.commit else (True, "")
