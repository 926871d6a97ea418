from dataclasses import replace

from catalog_builder.graph import Flow
from catalog_builder.model import (
    Action,
    Belonging,
    Catalog,
    Change,
    ChangeKind,
    Commit,
    Deprecation,
    Difference,
    Event,
    Location,
    Service,
    Side,
)
from catalog_builder.render import View
from catalog_builder.render.owing import owed
from tests.catalogues import catalogue

PAY, SHIP = Belonging("pay"), Belonging("ship")
SERVICES = (Service("bill", "Bill", team=PAY), Service("van", "Van", team=SHIP))


def of(made: Catalog, team: str) -> dict[str, list[tuple[str, tuple[str, ...], str]]]:
    view = View(made, Flow(made))
    unit = next(each for each in view.teams if each.name == team)
    return {
        each.title: [(debt.event.id, debt.others, debt.words) for debt in each.debts]
        for each in owed(view, unit)
    }


def test_a_team_whose_events_only_it_reads_owes_nobody() -> None:
    made = catalogue(
        "bill sends paid",
        "bill receives paid",
        services=SERVICES,
        events=[Event("paid", "Paid", team=PAY, deprecation=Deprecation())],
    )
    assert of(made, "pay") == {}


def test_a_deprecated_event_is_owed_by_both_ends() -> None:
    deprecated = Event("paid", "Paid", team=PAY, deprecation=Deprecation(removal="2027-01-01"))
    made = catalogue("bill sends paid", "van receives paid", services=SERVICES, events=[deprecated])
    assert of(made, "pay") == {
        "Deprecated, still read by others": [("paid", ("ship",), "until 2027-01-01")]
    }
    assert of(made, "ship") == {
        "Deprecated by others, still read here": [("paid", ("pay",), "until 2027-01-01")]
    }


def test_an_event_of_a_team_that_nobody_sends_is_waited_for() -> None:
    made = catalogue(
        "van receives paid",
        "other receives paid",
        services=SERVICES,
        events=[Event("paid", "Paid", team=PAY)],
    )
    assert of(made, "pay") == {"Waited for": [("paid", ("ship",), "")]}


def test_a_breaking_last_change_is_owed_to_those_it_breaks() -> None:
    change = Change(
        ChangeKind.CHANGED,
        "Paid",
        "paid",
        "bill",
        Action.SEND,
        Location("bill", "asyncapi.yaml"),
        commit=Commit("c0ffee", "2026-05-01T00:00:00Z", "Ann", "Break it"),
        differences=(
            Difference("field-removed", "was removed", "amount", breaks=(Side.CONSUMERS,)),
        ),
    )
    made = replace(
        catalogue(
            "bill sends paid",
            "van receives paid",
            services=SERVICES,
            events=[Event("paid", "Paid", team=PAY)],
        ),
        changes=(change,),
    )
    assert of(made, "pay") == {"Broken for others": [("paid", ("ship",), "on 2026-05-01")]}
