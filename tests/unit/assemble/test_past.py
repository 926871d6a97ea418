"""What became of events from edition to edition."""

from dataclasses import replace

from catalog_builder.assemble import assemble
from catalog_builder.config import Settings
from catalog_builder.model import (
    Change,
    ChangeKind,
    Commit,
    Deprecation,
    Document,
    DocumentHistory,
    Edition,
    Message,
    Reading,
    Side,
    Verdict,
    Viewpoint,
)
from tests.unit.assemble.made import RECEIVE, SEND, channel, document, message, schema

ID = schema(id="string!")
TOTAL = schema(id="string!", total="number!")


def commit(number: int) -> Commit:
    """A later commit has a higher number."""
    return Commit(f"c{number}", f"2026-03-{number:02}T10:00:00Z", "Ann Ng", f"Change {number}")


def editions(*documents: Document, is_first: bool = True) -> Reading:
    """The reading of a repository whose document was like these, oldest first."""
    found = tuple(
        Edition(each, commit(number), is_first and number == 1)
        for number, each in enumerate(documents, 1)
    )
    now = documents[-1]
    history = DocumentHistory(found[-1].commit, tuple(reversed(found)))
    return Reading(now.repository, (now,), history={now.path: history})


def changes(*readings: Reading, settings: Settings | None = None) -> tuple[Change, ...]:
    return assemble(readings, settings or Settings()).changes


def told(*readings: Reading) -> list[str]:
    """What happened to which event at which commit."""
    return [
        f"{each.commit.id if each.commit else 'now'} {each.kind} {each.name}: "
        + ", ".join(one.kind for one in each.differences)
        for each in changes(*readings)
    ]


def shop(*messages: Message, address: str = "orders", **more: str) -> Document:
    return document("Shop", (SEND, channel(address, *messages)), **more)


def placed(payload: object = ID, name: str = "OrderPlaced", **more: object) -> Message:
    return message(name, payload=payload, **more)


def test_an_event_has_a_change_for_each_edition_that_changed_it() -> None:
    found = changes(editions(shop(placed()), shop(placed(TOTAL)), shop(placed(TOTAL), version="2")))
    assert [(each.kind, each.commit, each.before) for each in found] == [
        (ChangeKind.CHANGED, commit(2), commit(1)),
        (ChangeKind.ADDED, commit(1), None),
    ]
    changed = found[0]
    assert (changed.event, changed.name, changed.address) == (
        "order-placed",
        "OrderPlaced",
        "orders",
    )
    assert (changed.service, changed.action, str(changed.source)) == (
        "shop",
        SEND,
        "Shop/asyncapi.yaml",
    )
    assert [each.name for each in changed.shape.fields] == ["id", "total"]
    assert [each.path for each in changed.differences] == ["total"]


def test_the_oldest_version_read_is_no_change_when_there_were_others_before() -> None:
    assert [each.kind for each in changes(editions(shop(placed()), is_first=False))] == [
        ChangeKind.KNOWN
    ]


def test_an_event_that_joins_a_document_is_added() -> None:
    both = shop(placed(), message("OrderShipped"))
    assert told(editions(shop(placed()), both)) == [
        "c2 added OrderShipped: event-added",
        "c1 added OrderPlaced: event-added",
    ]


def test_an_event_that_left_is_removed_by_the_commit_after_the_last_one_that_had_it() -> None:
    both = shop(placed(), message("OrderShipped", payload=schema(van="string")))
    removed = changes(editions(both, both, shop(placed())))[0]
    assert (removed.kind, removed.name, removed.event) == (ChangeKind.REMOVED, "OrderShipped", "")
    assert (removed.commit, removed.before) == (commit(3), commit(2))
    assert removed.verdict is Verdict.BREAKING


def test_an_event_that_somebody_else_sends_now_is_not_removed() -> None:
    moved = document("Billing", (SEND, channel("orders", placed())))
    reading = editions(shop(placed(), message("X")), shop(message("X")))
    assert not any("removed" in each for each in told(reading, Reading(moved.repository, (moved,))))


def test_an_event_that_is_still_read_but_sent_no_more_is_removed_and_keeps_its_page() -> None:
    reader = document("Billing", (RECEIVE, channel("orders", placed())))
    other = (SEND, channel("vans", message("VanLeft")))
    before = document("Shop", (SEND, channel("orders", placed())), other)
    reading = editions(before, document("Shop", other))
    removed = changes(reading, Reading(reader.repository, (reader,)))[0]
    assert (removed.kind, removed.event) == (ChangeKind.REMOVED, "order-placed")
    assert [each.words for each in removed.differences] == ["is sent no more"]


def test_another_name_at_the_same_address_with_much_the_same_fields_is_a_new_name() -> None:
    before = shop(placed(TOTAL, "OrderCreated"), message("OrderShipped"))
    found = changes(editions(before, shop(placed(TOTAL), message("OrderShipped"))))[0]
    assert (found.kind, found.name, found.event) == (
        ChangeKind.RENAMED,
        "OrderPlaced",
        "order-placed",
    )
    assert [each.words for each in found.differences] == ["was called `OrderCreated`"]
    assert found.verdict is Verdict.COMPATIBLE


def test_another_name_with_other_fields_is_another_event() -> None:
    before = shop(placed(schema(van="string", route="string"), "VanLeft"))
    assert told(editions(before, shop(placed()))) == [
        "c2 added OrderPlaced: event-added",
        "c2 removed VanLeft: event-removed",
    ]


def test_the_same_name_at_another_address_has_moved() -> None:
    found = changes(editions(shop(placed(), address="orders.v1"), shop(placed())))[0]
    assert [(each.kind, each.words) for each in found.differences] == [
        ("address-changed", "passes through `orders`, was `orders.v1`")
    ]
    assert found.is_breaking


def test_a_key_of_the_document_that_changes_is_nothing() -> None:
    before = document("Shop", (SEND, channel("orders", placed(), key="one")))
    after = document("Shop", (SEND, channel("orders", placed(), key="two")))
    assert told(editions(before, after)) == ["c1 added OrderPlaced: event-added"]


def test_what_is_said_of_the_event_as_a_whole_is_compared() -> None:
    before = placed(content_type="application/json")
    after = placed(
        content_type="avro/binary", summary="Words", deprecation=Deprecation(), headers=ID, key=ID
    )
    found = changes(editions(shop(before), shop(after)))[0]
    assert [(each.kind, each.part) for each in found.differences] == [
        ("content-type-changed", "event"),
        ("event-deprecated", "event"),
        ("field-added-required", "headers"),
        ("field-added-required", "key"),
        ("event-described", "event"),
    ]


def test_what_breaks_depends_on_who_must_keep_up() -> None:
    sends = changes(editions(shop(placed(TOTAL)), shop(placed())))[0]
    assert (sends.side, sends.verdict) == (Side.CONSUMERS, Verdict.BREAKING)
    before, after = (
        document("Shop", (RECEIVE, channel("orders", placed(each)))) for each in (TOTAL, ID)
    )
    receives = changes(editions(before, after))[0]
    assert (receives.side, receives.verdict) == (Side.PRODUCERS, Verdict.COMPATIBLE)
    back = changes(editions(after, before))[0]
    assert (back.side, back.verdict) == (Side.PRODUCERS, Verdict.BREAKING)


def test_the_viewpoint_of_the_document_holds_for_its_editions() -> None:
    reading = editions(shop(placed(TOTAL)), shop(placed()))
    found = changes(reading, settings=Settings(viewpoint=Viewpoint.CLIENT))[0]
    assert (found.action, found.side) == (RECEIVE, Side.PRODUCERS)


def test_words_alone_are_no_more_than_that() -> None:
    found = changes(editions(shop(placed()), shop(placed(summary="Words"))))[0]
    assert found.verdict is Verdict.WORDING


def test_what_breaks_stands_first() -> None:
    after = shop(placed(schema(id="string", note="string")))
    found = changes(editions(shop(placed(TOTAL)), after))[0]
    assert [each.kind for each in found.differences] == [
        "field-optional",
        "field-removed",
        "field-added",
    ]


def test_what_is_not_committed_is_the_newest_change() -> None:
    reading = editions(shop(placed()), shop(placed(TOTAL)))
    newest, *older = reading.history["asyncapi.yaml"].editions
    history = DocumentHistory(commit(1), (replace(newest, commit=None), *older))
    found = changes(replace(reading, history={"asyncapi.yaml": history}))
    assert [each.commit for each in found] == [None, commit(1)]


def test_commits_of_one_second_keep_their_order() -> None:
    reading = editions(*(shop(placed(schema(**{name: "string"}))) for name in "cabd"))
    past = reading.history["asyncapi.yaml"]
    at_once = tuple(
        replace(each, commit=each.commit and replace(each.commit, date="2026-03-01T00:00:00Z"))
        for each in past.editions
    )
    same = replace(reading, history={"asyncapi.yaml": replace(past, editions=at_once)})
    ids = [each.commit and each.commit.id for each in changes(same)]
    assert ids == ["c4", "c3", "c2", "c1"]


def test_the_last_change_of_a_document_stands_with_its_service() -> None:
    [service] = assemble([editions(shop(placed()), shop(placed(TOTAL)))], Settings()).services
    assert [each.changed for each in service.documents] == [commit(2)]


def test_without_history_there_is_no_change() -> None:
    now = shop(placed())
    assert changes(Reading(now.repository, (now,))) == ()


def test_changes_of_several_documents_stand_newest_first_whatever_the_order_of_readings() -> None:
    one = editions(shop(placed()), shop(placed(TOTAL)))
    sold = [
        document("Van", (SEND, channel("vans", message("VanLeft", payload=each))))
        for each in (ID, TOTAL, ID)
    ]
    other = editions(*sold)
    assert told(one, other) == [
        "c3 changed VanLeft: field-removed",
        "c2 changed OrderPlaced: field-added-required",
        "c2 changed VanLeft: field-added-required",
        "c1 added OrderPlaced: event-added",
        "c1 added VanLeft: event-added",
    ]
    assert changes(one, other) == changes(other, one)
