"""Older versions of real documents: what became of their events is found, and told sensibly."""

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from catalog_builder.assemble import assemble
from catalog_builder.config import Settings
from catalog_builder.model import (
    Catalog,
    Change,
    ChangeKind,
    Checkout,
    Commit,
    Past,
    Repository,
    Revision,
    Verdict,
)
from catalog_builder.parse import read, with_history
from catalog_builder.schema import differences

HISTORY = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "history"
VERSION = re.compile(
    r"(?P<stem>.*)@(?P<day>\d{4}-\d\d-\d\d)-(?P<commit>[0-9a-f]+)(?P<ending>\.\w+)"
)

pytestmark = pytest.mark.skipif(not HISTORY.is_dir(), reason="needs ../shared/corpus/history")


@cache
def catalogues() -> dict[str, Catalog]:
    return {each.name: catalogue(each) for each in sorted(HISTORY.iterdir())}


def catalogue(folder: Path) -> Catalog:
    """A repository's catalogue, its files named by the day and the commit that changed them."""
    commits: defaultdict[tuple[str, str], dict[str, bytes]] = defaultdict(dict)
    for file in folder.rglob("*@*"):
        found = VERSION.fullmatch(file.relative_to(folder).as_posix())
        assert found, file
        commits[found["day"], found["commit"]][found["stem"] + found["ending"]] = file.read_bytes()
    files: dict[str, bytes] = {}
    revisions: defaultdict[str, list[Revision]] = defaultdict(list)
    for (day, commit), changed in sorted(commits.items()):
        files = {**files, **changed}
        for path in changed:
            is_first = path not in revisions
            revision = Revision(Commit(commit, f"{day}T00:00:00Z", "A"), files, path, is_first)
            revisions[path].insert(0, revision)
    said = tuple(sorted(path for path in files if b"asyncapi" in files[path]))
    checkout = Checkout(Repository(folder.name), files, said)
    pasts = {path: Past(each[0].commit, tuple(each)) for path, each in revisions.items()}
    return assemble([with_history(read(checkout), checkout, pasts)], Settings())


def changes() -> list[Change]:
    return [change for each in catalogues().values() for change in each.changes]


def test_every_real_history_has_changes_of_all_kinds() -> None:
    kinds = Counter(each.kind for each in changes())
    assert all(catalog.changes for catalog in catalogues().values())
    assert {*ChangeKind} - {ChangeKind.KNOWN} <= kinds.keys(), kinds
    assert {each.verdict for each in changes()} == {*Verdict}


def test_an_event_that_stays_is_not_told_as_gone_and_new() -> None:
    told: defaultdict[tuple[str, str, str, str], set[ChangeKind]] = defaultdict(set)
    for each in changes():
        if each.commit:
            key = (str(each.source), each.commit.id, each.address, each.name)
            told[key].add(each.kind)
    assert [key for key, kinds in told.items() if len(kinds) > 1] == []


def test_a_shape_differs_from_itself_in_nothing_and_a_change_in_something() -> None:
    for each in changes():
        assert differences(each.shape, each.shape) == ()
        assert bool(each.differences) is (each.kind is not ChangeKind.KNOWN)


SEEN = """
DEFRA__ffc-pay-enrichment 2022-06-09 type-changed invoiceLines[].value: Payment request
DEFRA__ffc-pay-enrichment 2022-11-01 address-changed : Payment request
DEFRA__ffc-pay-processing 2023-03-27 type-narrowed frn: Return
DEFRA__ffc-pay-batch-processor 2024-05-14 limit-changed dueDate: PaymentRequest
ballerina-platform__asyncapi-triggers 2024-03-07 event-renamed : SMSOTPNotificationEvent
Forsakringskassan__rimfrost-process-asyncapi 2026-03-17 event-removed : VahHandlaggningResponseMessage
"""  # noqa: E501  a line a case


@pytest.mark.parametrize("case", SEEN.strip().splitlines())
def test_a_change_that_a_person_sees_in_the_files_is_found(case: str) -> None:
    place, _, event = case.partition(": ")
    repository, day, kind, path = place.split(" ")
    found = [
        (difference.kind, difference.path)
        for each in catalogues()[repository].changes
        if each.commit and (each.commit.day, each.name) == (day, event)
        for difference in each.differences
    ]
    assert (kind, path) in found
