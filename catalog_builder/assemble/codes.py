"""The findings that come out of joining, as one table: what they mean and how to mend them."""

from catalog_builder.model import Code, Finding, Location, Severity

CODES: tuple[Code, ...] = (
    Code(
        "broker-ambiguous",
        Severity.INFO,
        "`{address}` is an address on several brokers ({brokers}); the document does not say "
        "which one it means, so its messages are joined with none of them.",
        "The document names no server, and its address is in use on several brokers.",
        "Name the server in the document, so that its messages can be joined to the right ones.",
        "One team sends to `orders` on Kafka and another to `orders` on RabbitMQ; a third "
        "document reads from `orders` and has no `servers`.",
    ),
    Code(
        "consumer-reads-other-type",
        Severity.WARNING,
        "`{name}` is not read as {sender} sends it: {differences}.",
        "A consumer reads a field as another type than its producer sends.",
        "Describe what the producer sends in the consumer's document, or agree on one type.",
        "Invoicing reads `total` of `OrderPlaced` as a string; the order service sends a number.",
    ),
    Code(
        "consumer-reads-unsent-field",
        Severity.WARNING,
        "`{name}` is not read as {sender} sends it: {differences}.",
        "A consumer reads a field that its producer does not send.",
        "Describe what the producer sends in the consumer's document, or ask the producer for it.",
        "Invoicing reads `vatNumber` of `OrderPlaced`, and the schema of the order service has "
        "no such field.",
    ),
    Code(
        "consumer-requires-optional-field",
        Severity.WARNING,
        "`{name}` is not read as {sender} sends it: {differences}.",
        "A consumer requires a field that its producer may leave out.",
        "Let the consumer do without the field, or ask the producer to make it required.",
        "Loyalty requires `customerId` of `OrderPlaced`; orders of guests have none, and the "
        "schema of the order service does not require it.",
    ),
    Code(
        "deprecated-successor-unknown",
        Severity.WARNING,
        "`{name}` is to be replaced by `{successor}`, which nobody describes.",
        "A deprecated message names a successor that nobody describes.",
        "Name a message of the catalogue as its successor.",
        "`OrderPlaced` has `x-deprecated: {successor: OrderPlacedV3}`, and no document has a "
        "message of that name.",
    ),
    Code(
        "producers-disagree",
        Severity.WARNING,
        "`{name}` is sent otherwise than {sender} says: {differences}.",
        "Several services send an event, and describe its payload differently.",
        "Let the documents refer to one schema, or give the messages names of their own.",
        "Web shop and call centre both send `OrderPlaced`; in one document `total` is a number, "
        "in the other a string.",
    ),
    Code(
        "registered-schema-differs",
        Severity.WARNING,
        "`{name}` is registered otherwise, as `{subject}` in version {version}: "
        "{differences}{behind}.",
        "A document describes an event otherwise than the schema registry does.",
        "Register what the document says, or describe in the document what is registered; best, "
        "let the document refer to the file that is registered.",
        "The document of the order service has `total` as a string; in `orders-value` it is a "
        "number.",
    ),
    Code(
        "registered-schema-unused",
        Severity.INFO,
        "No document has an event of the registered schema `{subject}`.",
        "A schema registry has a schema, and no specification has an event that it could be of.",
        "Describe the event in the document of the service that sends it.",
        "The registry has `returns-value`, and no document has a channel `returns`.",
    ),
    Code(
        "service-without-owner",
        Severity.WARNING,
        "Nothing says which team `{name}` belongs to.",
        "Nothing says which team a service belongs to.",
        "Say it in `x-owner` of the document's `info`, in CODEOWNERS, in `catalog-info.yaml`, or "
        "under `owners` in the configuration.",
        "A repository holds an AsyncAPI document and nothing else.",
    ),
    Code(
        "viewpoint-suspect",
        Severity.WARNING,
        "{whose} look like the other side's. {reason}",
        "A document's verbs seem to be written from the other side's point of view.",
        "If they are, put this line under `viewpoints:` in the configuration: "
        "`- {{place}, viewpoint: {viewpoint}}`",
        "The driver app's document of version 2 has `publish` for what the app sends; every other "
        "document takes it for what the app receives.",
    ),
)

_BY_NAME = {each.code: each for each in CODES}


def finding(
    code: str, location: Location, *, service: str = "", event: str = "", **values: str
) -> Finding:
    """A finding of the table's row `code`, its words filled with the values of the case."""
    return _BY_NAME[code].finding(location, service=service, event=event, **values)
