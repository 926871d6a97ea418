from catalog_builder.graph import Flow
from catalog_builder.render import View
from tests.unit.assemble.made import RECEIVE, SEND, catalogue, channel, document, message, schema

CODES = {
    "consumer-reads-other-type",
    "consumer-reads-unsent-field",
    "consumer-requires-optional-field",
}


def test_what_a_consumer_reads_wrongly_stands_at_the_event_and_at_the_consumer() -> None:
    sent = message("Placed", payload=schema(id="string", total="number"))
    read = message("Placed", payload=schema(id="integer", total="number!", note="string"))
    catalog = catalogue(
        document("orders", (SEND, channel("orders", sent))),
        document("billing", (RECEIVE, channel("orders", read))),
    )
    view = View(catalog, Flow(catalog))
    assert {each.code for each in view.findings_of_event["placed"]} >= CODES
    assert {each.code for each in view.findings_of_service["billing"]} >= CODES
    assert not CODES & {each.code for each in view.findings_of_service["orders"]}
