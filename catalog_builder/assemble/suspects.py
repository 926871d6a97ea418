"""Documents whose verbs seem to be the other side's.

Alone knows the signs: turned around, loose ends become matches; or a document is said to receive
what, by the payload's own `source`, it sends.
A group of documents that match one another is turned as a whole or not at all.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalog_builder.assemble.codes import finding
from catalog_builder.assemble.contents import Contents
from catalog_builder.assemble.documents import Described, MessageUse
from catalog_builder.assemble.meetings import Meeting, meeting_of
from catalog_builder.assemble.sets import united
from catalog_builder.assemble.turning import Turn, Turns
from catalog_builder.model import Finding, Viewpoint, slug

# A group is turned around as a whole only if a quarter of its documents bear a sign.
_FEWEST_WITNESSES = 4


@dataclass(frozen=True, slots=True)
class _Sign:
    """Something beside the verbs that tells a direction."""

    agrees: bool
    words: str


_Signed: TypeAlias = tuple[Meeting, _Sign | None]


def _sign(uses: Sequence[MessageUse], contents: Contents, names: Mapping[str, str]) -> _Sign | None:
    """What the payload says of its source, where the source is one of those who meet."""
    if not contents.have_sources:
        return None
    sources = {contents.source(use.message.payload): use for use in reversed(uses)}
    for source in sorted(sources.keys() - {""}):
        service = names.get(slug(source), "")
        its = [each for each in uses if each.by.service == service] if service else []
        if its:
            words = (
                f"the payload in {sources[source].by.place} gives `{source}` as its source, "
                "which is said to receive it"
            )
            return _Sign(any(each.sends for each in its), words)
    return None


def _is_shared(uses: Sequence[MessageUse]) -> bool:
    return len({use.by.service for use in uses if use.sends or use.receives}) > 1


def suspected_viewpoints(
    meetings: Iterable[Sequence[MessageUse]], contents: Contents, names: Mapping[str, str]
) -> Iterator[Finding]:
    """A finding for each document that would fit better the other way round.

    `meetings` are the uses that meet on one channel in one message, whatever they do with it;
    `names` are the services' ids by every name that a payload may call its source.
    """
    shared = [
        (meeting_of(each), _sign(each, contents, names)) for each in meetings if _is_shared(each)
    ]
    better: set[Described] = set()
    for turn in Turns([meeting for meeting, _ in shared]).convincing():
        better.update(turn.documents)
        yield _finding(turn.documents, _matches_words(turn))
    if all(sign is None or sign.agrees for _, sign in shared):
        return
    by_document: defaultdict[Described, list[_Signed]] = defaultdict(list)
    for pair in shared:
        for document in sorted(pair[0].parties, key=lambda each: each.place):
            by_document[document].append(pair)
    matched = (
        [id(each) for each, _ in its if each.matches(one)] for one, its in by_document.items()
    )
    for group in united(by_document, matched):
        yield from _of_signs(group, by_document, better)


def _matches_words(turn: Turn) -> str:
    kind = "documents" if len(turn.documents) == 1 else "repositories"
    rather = f" The same can be said of `{turn.rather}` instead." if turn.rather else ""
    return (
        f"Of {turn.shared} {'message' if turn.shared == 1 else 'messages'} shared with other "
        f"{kind}, {turn.before} {'has' if turn.before == 1 else 'have'} a sender and a receiver; "
        f"with the verbs turned around {turn.after} would.{rather}"
    )


def _of_signs(
    group: Sequence[Described],
    by_document: Mapping[Described, Sequence[_Signed]],
    known: set[Described],
) -> Iterator[Finding]:
    """All documents of a group that match one another, when its signs speak against it."""
    signed = dict.fromkeys(each for one in group for each in by_document[one] if each[1])
    signs = [sign for _, sign in signed if sign]
    against = [sign for sign in signs if not sign.agrees]
    witnesses = {one for meeting, _ in signed for one in meeting.parties} & set(group)
    if 2 * len(against) > len(signs) and _FEWEST_WITNESSES * len(witnesses) >= len(group):
        for document in group:
            if document not in known:
                yield _finding(
                    (document,),
                    f"It matches {len(group) - 1} other documents either way, but "
                    f"{len(signs) - len(against)} of {len(signs)} signs agree with how they are "
                    f"read; with the verbs of all turned around {len(against)} would: "
                    f"{against[0].words}.",
                )


def _finding(documents: Sequence[Described], reason: str) -> Finding:
    first = documents[0]
    other = Viewpoint.CLIENT
    if first.viewpoint is Viewpoint.CLIENT:
        other = Viewpoint.APPLICATION
    name = first.document.repository.name
    if len(documents) == 1:
        whose, place = "The document's verbs", f"path: {_quoted(f'{name}/{first.document.path}')}"
    else:
        whose, place = f"The verbs of all documents of `{name}`", f"repository: {_quoted(name)}"
    return finding(
        "viewpoint-suspect",
        first.location(),
        service=first.service,
        whose=whose,
        reason=reason,
        place=place,
        viewpoint=other,
    )


def _quoted(path: str) -> str:
    """A string of YAML."""
    return json.dumps(path, ensure_ascii=False)
