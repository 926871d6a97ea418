"""What can be wrong with what a repository says, as one table; every finding of the room is in it.

Knows each code's severity, meaning, mend and example, which the guide shows.
"""

from catalog_builder.model import Code, Finding, Location, Severity

_LONGEST_VALUE = 160

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: tuple[Code, ...] = (
    Code(
        "alias-limit",
        _E,
        "The alias *{name} is left out: what it stands for would grow beyond all measure",
        "Aliases of aliases can stand for millions of values; such an alias is not followed.",
        "Write the shared part once under `components` and refer to it with `$ref`.",
        "An anchor stands for ten aliases, each of which stands for ten more, eight times over.",
    ),
    Code(
        "alias-unknown",
        _E,
        "The alias *{name} names no anchor that stands before it",
        "An alias repeats what an anchor of the same name marked earlier in the file.",
        "Mark the value with &{name} before its first use, or quote the text if no alias is meant.",
        "channels:\n  orders: &orders {address: orders.placed}\n  invoices: *order",
    ),
    Code(
        "channel-missing",
        _E,
        "The operation {name} names the channel {reference}, which is not there",
        "Without its channel an operation says nothing about who talks to whom.",
        "Point `channel.$ref` to an entry of `channels`.",
        "channels: {}\n"
        "operations:\n"
        "  placeOrder:\n"
        "    action: send\n"
        "    channel: {$ref: '#/channels/orders'}",
    ),
    Code(
        "channel-not-referenced",
        _W,
        "An operation describes or names the channel {name} itself instead of referring to it",
        "An operation's channel must be a reference, so that it is described once.",
        "Set `channel: {$ref: '#/channels/...'}`.",
        "channels:\n"
        "  orders: {address: orders.placed}\n"
        "operations:\n"
        "  placeOrder: {action: send, channel: orders}",
    ),
    Code(
        "channels-missing",
        _W,
        "The document has no channels",
        "A document without channels sends and receives nothing.",
        "Describe at least one channel, or take the document out of the catalogue.",
        "asyncapi: 3.0.0\ninfo: {title: Orders, version: 1.0.0}",
    ),
    Code(
        "control-character",
        _W,
        "The file holds control characters; they are read as \N{REPLACEMENT CHARACTER}",
        "YAML and JSON allow no control characters but tab and line ends.",
        "Remove them, or write them as escapes in a quoted string.",
        "A description was pasted from a terminal, with its colour codes.",
    ),
    Code(
        "document-not-asyncapi",
        _E,
        "No document of this file says `asyncapi:`",
        "The key `asyncapi` with the version is how a document says what it is.",
        "Add `asyncapi: 3.0.0` at the top, or exclude the file in the configuration.",
        "asyncapi:\ninfo: {title: Orders, version: 1.0.0}",
    ),
    Code(
        "document-not-yaml",
        _E,
        "The file is neither YAML nor JSON: {reason}",
        "What is not YAML cannot be read, or only as far as can be guessed.",
        "Mend the syntax at that line.",
        "info:\n  title: Orders: from basket to door",
    ),
    Code(
        "document-too-deep",
        _E,
        "The file nests deeper than {limit} levels",
        "Such nesting is a mistake or an attack; the file is not read.",
        "Name inner parts under `components` and refer to them with `$ref`.",
        "A schema was generated with 200 objects, one inside the other.",
    ),
    Code(
        "document-too-large",
        _E,
        "The file has {size} bytes; {limit} are read at most",
        "Larger files are not specifications that people write; the file is not read.",
        "Split the document, or take embedded data out of it.",
        "An example in the document embeds a video of 12 MB.",
    ),
    Code(
        "document-too-many-values",
        _E,
        "The file holds more than {limit} values",
        "Files with so many values are not specifications; the file is not read.",
        "Split the document, or take embedded data out of it.",
        "An example in the document is a list of a million numbers.",
    ),
    Code(
        "duplicate-key",
        _E,
        "The key {name} stands twice in one mapping; the last one counts",
        "YAML allows a key once; what stands under the earlier one is lost.",
        "Rename or merge the two.",
        "channels:\n  orders: {address: orders.placed}\n  orders: {address: orders.cancelled}",
    ),
    Code(
        "encoding-wrong",
        _W,
        "The file is not valid {encoding}; unreadable bytes are shown as \N{REPLACEMENT CHARACTER}",
        "Specifications are UTF-8, UTF-16 or UTF-32.",
        "Save the file as UTF-8.",
        "The file was saved as Latin-1, and a description says `Zürich`.",
    ),
    Code(
        "example-not-valid",
        _W,
        "The example's {part} does not fit the schema",
        "Examples are what people copy; one that does not fit its schema leads them astray.",
        "Correct the example, or the schema if the example is how it really is.",
        "channels:\n"
        "  orders:\n"
        "    messages:\n"
        "      placed:\n"
        "        payload: {type: object, required: [id]}\n"
        "        examples: [{payload: {number: 7}}]",
    ),
    Code(
        "findings-cut",
        _W,
        "{number} more findings `{name}` of this file are not listed",
        "Of each kind a file shows the first hundred; so many usually have one cause.",
        "Mend the listed ones first.",
        "Every line of a document is indented wrongly, which gives more than 1,000 findings.",
    ),
    Code(
        "key-beside-reference",
        _W,
        "The key {name} stands beside a `$ref` and is ignored",
        "Where a reference stands only what it leads to counts, except in schemas.",
        "Write it where the reference leads to, or a copy of that here.",
        "channels:\n"
        "  orders:\n"
        "    messages:\n"
        "      placed: {$ref: '#/components/messages/Placed', title: Order placed}\n"
        "components:\n"
        "  messages:\n"
        "    Placed: {payload: {type: object}}",
    ),
    Code(
        "key-missing",
        _E,
        "The key {name} is missing; this object must have it in AsyncAPI ({kind})",
        "Without what the standard requires readers and tools cannot use the object.",
        "Add the key.",
        "servers:\n  production: {protocol: kafka}",
    ),
    Code(
        "key-not-scalar",
        _W,
        "A key is a list or a mapping; it is read as the text {name}",
        "JSON knows only text as keys, and so does AsyncAPI.",
        "Use a plain text key.",
        "channels:\n  ? [orders, placed]\n  : {address: orders.placed}",
    ),
    Code(
        "key-unknown",
        _W,
        "The key {name} is not one that this object has in AsyncAPI ({kind})",
        "What stands under keys that the standard does not know is not read.",
        "Correct the spelling or the indentation, or begin the key with `x-`.",
        "info:\n  title: Orders\n  version: 1.0.0\n  owner: checkout",
    ),
    Code(
        "message-not-of-channel",
        _W,
        "The operation {name} points to the message {reference}, which is not one of its channel's",
        "An operation's messages must be references into the `messages` of its own channel.",
        "List the message in the channel and point to `#/channels/.../messages/...`.",
        "channels:\n"
        "  orders: {address: orders.placed}\n"
        "operations:\n"
        "  placeOrder:\n"
        "    action: send\n"
        "    channel: {$ref: '#/channels/orders'}\n"
        "    messages: [{$ref: '#/components/messages/OrderPlaced'}]\n"
        "components:\n"
        "  messages:\n"
        "    OrderPlaced: {payload: {type: object}}",
    ),
    Code(
        "message-unnamed",
        _W,
        "A message of the channel {channel} has no name",
        "Without a name nobody can find the message, and versions of it cannot be matched.",
        "Give it a `name`, or define it under `components.messages` and refer to it.",
        "asyncapi: 2.6.0\n"
        "channels:\n"
        "  orders.placed:\n"
        "    subscribe:\n"
        "      message: {payload: {type: object}}",
    ),
    Code(
        "operation-id-twice",
        _E,
        "The operation id {name} is used twice",
        "An operation's id must be its own: tools and pages name the operation by it.",
        "Give one of them another `operationId`.",
        "asyncapi: 2.6.0\n"
        "channels:\n"
        "  orders.placed:\n"
        "    subscribe: {operationId: order, message: {name: OrderPlaced}}\n"
        "  orders.cancelled:\n"
        "    subscribe: {operationId: order, message: {name: OrderCancelled}}",
    ),
    Code(
        "operation-without-action",
        _E,
        "The operation {name} does not say whether it is `send` or `receive`",
        "Without an action nobody knows who produces and who consumes.",
        "Set `action: send` or `action: receive`.",
        "channels:\n"
        "  orders: {address: orders.placed}\n"
        "operations:\n"
        "  placeOrder:\n"
        "    channel: {$ref: '#/channels/orders'}",
    ),
    Code(
        "operation-without-channel",
        _E,
        "The operation {name} has no channel",
        "Without its channel an operation says nothing about who talks to whom.",
        "Set `channel: {$ref: '#/channels/...'}`.",
        "operations:\n  placeOrder: {action: send}",
    ),
    Code(
        "parameter-missing",
        _W,
        "The channel {channel} does not describe the parameter {name} of its address",
        "Without a description nobody knows what to put in its place.",
        "Describe it under `parameters` of the channel.",
        "channels:\n  orders: {address: 'orders.{region}.placed'}",
    ),
    Code(
        "parameter-unused",
        _W,
        "The channel {channel} describes the parameter {name}, which its address does not have",
        "A parameter that the address does not have is a slip of the pen, or a leftover.",
        "Write {{name}} into the address as it is meant, or take the parameter away.",
        "channels:\n"
        "  orders:\n"
        "    address: orders.placed\n"
        "    parameters: {region: {description: Where the order is delivered.}}",
    ),
    Code(
        "payload-not-schema",
        _W,
        "The payload of the message {name} is no schema",
        "A payload of this format must be a mapping.",
        "Describe the payload by a schema, and state `schemaFormat` if it is not JSON Schema.",
        "channels:\n  orders:\n    messages:\n      OrderPlaced: {payload: [orderId, total]}",
    ),
    Code(
        "reference-cyclic",
        _E,
        "The reference {reference} leads back to itself",
        "A circle of references never reaches anything.",
        "Point one of them to the thing itself.",
        "channels:\n"
        "  orders: {$ref: '#/components/channels/orders'}\n"
        "components:\n"
        "  channels:\n"
        "    orders: {$ref: '#/channels/orders'}",
    ),
    Code(
        "reference-forbidden",
        _E,
        "The reference {reference} is not followed: this kind of address is never opened",
        "Only files of the same repository and http(s) addresses can be referred to.",
        "Use a path relative to the document.",
        "channels:\n  orders: {$ref: 'file:///etc/channels.yaml#/orders'}",
    ),
    Code(
        "reference-in-data",
        _W,
        "The reference {reference} stands in an example or another value that is given as it is",
        "It is read as data, as the standard has it; many tools follow it nevertheless.",
        "Write what is meant in its place, or quote it otherwise, such as in a description.",
        "channels:\n"
        "  orders:\n"
        "    messages:\n"
        "      OrderPlaced:\n"
        "        payload: {type: object}\n"
        "        examples: [{payload: {$ref: 'order.json'}}]",
    ),
    Code(
        "reference-leaves-repository",
        _E,
        "The reference {reference} leaves the repository and is not followed",
        "Files outside of the repository are not part of it and may be anybody's.",
        "Copy the shared file into the repository, or refer to it by its http address.",
        "channels:\n  orders: {$ref: '../../shared/channels.yaml#/orders'}",
    ),
    Code(
        "reference-misplaced",
        _W,
        "The reference {reference} stands where names of properties are expected",
        "Below `properties` each key is a property; a reference there is taken of the schema.",
        "Move the `$ref` one level up, beside or into `allOf`.",
        "channels:\n"
        "  orders:\n"
        "    messages:\n"
        "      OrderPlaced:\n"
        "        payload:\n"
        "          type: object\n"
        "          properties: {$ref: '#/components/schemas/Order'}\n"
        "components:\n"
        "  schemas:\n"
        "    Order: {type: object}",
    ),
    Code(
        "reference-misspelt",
        _W,
        "The reference {reference} leads somewhere only by what its author means",
        "Other tools follow references to the letter and find nothing there.",
        "Begin what follows `#` with `/`, write `/` inside a key as `~1`, and paths relative.",
        "channels:\n"
        "  orders/placed: {address: orders}\n"
        "  returns: {$ref: '#channels/orders/placed'}",
    ),
    Code(
        "reference-remote",
        _W,
        "The reference {reference} leads to another host and is not followed",
        "What stands behind it is not in the catalogue.",
        "Copy the shared file into the repository, or allow its host under `references`.",
        "channels:\n  orders: {$ref: 'https://schemas.example.com/channels.yaml#/orders'}",
    ),
    Code(
        "reference-to-faulty-file",
        _W,
        "The document refers to {file}, in which something is wrong",
        "What is wrong with a file is wrong with every document that refers to it.",
        "Look at the findings of that file; they say what to mend.",
        "`order.yaml`, to which a document refers, refers to a file that does not exist.",
    ),
    Code(
        "reference-unresolved",
        _E,
        "The reference {reference} leads nowhere",
        "The file or the place in it does not exist.",
        "Correct the path; `/` inside a key is written `~1`.",
        "channels:\n  orders: {$ref: '#/components/channels/ordrs'}",
    ),
    Code(
        "reply-without-channel",
        _I,
        "The reply of the operation {name} names no channel",
        "Where replies go is decided at run time, so the catalogue cannot show who reads them.",
        "Describe the reply channel with `address: null` and name it in `reply.channel`.",
        "channels:\n"
        "  quotes: {address: quotes}\n"
        "operations:\n"
        "  quote:\n"
        "    action: receive\n"
        "    channel: {$ref: '#/channels/quotes'}\n"
        "    reply: {address: {location: '$message.header#/replyTo'}}",
    ),
    Code(
        "schema-format-missing",
        _W,
        "The schema is not JSON Schema, and no `schemaFormat` says what it is",
        "A schema without a format counts as JSON Schema; we go by its look.",
        "State the `schemaFormat`, such as `application/vnd.apache.avro;version=1.9.0`.",
        "channels:\n"
        "  orders:\n"
        "    messages:\n"
        "      OrderPlaced:\n"
        "        payload: {type: record, name: Order, fields: []}",
    ),
    Code(
        "schema-format-unknown",
        _W,
        "The schema format {name} is not understood; the schema is shown as written",
        "Fields can be shown only of formats that are understood.",
        "Use JSON Schema, OpenAPI, Avro, Protobuf or RAML, by its registered media type.",
        "channels:\n"
        "  orders:\n"
        "    messages:\n"
        "      OrderPlaced:\n"
        "        payload: {schemaFormat: application/xml, schema: <order/>}",
    ),
    Code(
        "security-unknown",
        _W,
        "The security scheme {name} is not defined",
        "A scheme that is only named says nothing about how to prove who one is.",
        "Define it under `components.securitySchemes`, or correct its name.",
        "asyncapi: 2.6.0\n"
        "servers:\n"
        "  production: {url: kafka.example.com, protocol: kafka, security: [{scram: []}]}\n"
        "channels: {}",
    ),
    Code(
        "server-unknown",
        _W,
        "The channel {name} names the server {reference}, which is not there",
        "A channel's servers must be entries of `servers`.",
        "Define the server, or correct its name.",
        "servers:\n"
        "  production: {host: 'kafka.example.com:9092', protocol: kafka}\n"
        "channels:\n"
        "  orders:\n"
        "    servers: [{$ref: '#/servers/staging'}]",
    ),
    Code(
        "server-variable-missing",
        _W,
        "The server {server} does not describe the variable {name} of its address",
        "Without a description and a default the address cannot be completed.",
        "Describe it under `variables` of the server.",
        "servers:\n  production: {host: 'kafka.{region}.example.com', protocol: kafka}",
    ),
    Code(
        "title-missing",
        _E,
        "The document's `info` has no {name}",
        "Without title and version nobody knows which service this is, and in which state.",
        "Set `info.title` and `info.version`.",
        "info: {title: Orders}",
    ),
    Code(
        "value-missing",
        _W,
        "{name} is left empty; it must be {expected}",
        "An empty value says nothing, and other tools refuse it.",
        "Fill it in, or take the key away.",
        "info:\n  title: Orders\n  version: 1.0.0\n  description:",
    ),
    Code(
        "value-not-allowed",
        _E,
        "{name} must be {expected}, not {actual}",
        "The standard allows only certain values here.",
        "Use one of those, in this spelling.",
        "channels:\n  orders:\n    messages:\n      OrderPlaced:\n        payload: {type: text}",
    ),
    Code(
        "value-of-wrong-kind",
        _E,
        "{name} must be {expected}, not {actual}",
        "Where the standard asks for one kind of value another is not read.",
        "Write it as the standard has it.",
        "channels:\n  orders: orders.placed",
    ),
    Code(
        "version-mixed",
        _W,
        "{name} is not a word of AsyncAPI {version}; it is read nevertheless",
        "The document mixes words of version 2 and version 3.",
        "Use the words of the version that the document says, or change that version.",
        "asyncapi: 3.0.0\n"
        "channels:\n"
        "  orders.placed:\n"
        "    subscribe: {message: {name: OrderPlaced}}",
    ),
    Code(
        "version-old",
        _W,
        "AsyncAPI {version} is older than 2.0.0; the document is read as far as it goes",
        "Versions before 2.0.0 said much in other words, of which the main ones are known here.",
        "Convert the document to 2.6.0 or 3.0.0, for example with the AsyncAPI converter.",
        "asyncapi: 1.2.0",
    ),
    Code(
        "version-unknown",
        _W,
        "AsyncAPI {version} is not a version we know; the document is read as {nearest}",
        "The words of a document depend on its version.",
        "Use one of the published versions, such as 2.6.0, 3.0.0 or 3.1.0.",
        "asyncapi: 2.9.0",
    ),
)

_BY_NAME = {each.code: each for each in CODES}


def finding(code: str, location: Location, **values: object) -> Finding:
    """A finding of the table's row `code`, its words filled with the values of the case."""
    short = {name: _short(str(value)) for name, value in values.items()}
    return _BY_NAME[code].finding(location, **short)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
