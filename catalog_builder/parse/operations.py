"""Operations: who sends and who receives, and which messages; a reply is one of its own.

Alone knows how each version says what an application does with a channel.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from catalog_builder.model import Action, Operation, Target
from catalog_builder.parse.channels import Channels, OpenChannel
from catalog_builder.parse.consistency import check_security, security_schemes_of
from catalog_builder.parse.messages import Messages, with_traits
from catalog_builder.parse.nodes import Node, as_text
from catalog_builder.parse.pieces import bindings_of, external_docs_of, security_of, tags_of
from catalog_builder.parse.references import Library, reference_of
from catalog_builder.parse.words import EVERY_VERB, Words

_ACTIONS = frozenset(each.value for each in Action)


class Operations:
    """Reads the operations of one document; adds what they tell to its channels."""

    def __init__(
        self, library: Library, words: Words, messages: Messages, channels: Channels
    ) -> None:
        self._library = library
        self._words = words
        self._messages = messages
        self._channels = channels
        self._ids: set[str] = set()
        self._times: Counter[str] = Counter()
        self._schemes: Collection[str] = ()
        self._by_origin: dict[Target, OpenChannel] = {}
        self._by_name: dict[str, OpenChannel] = {}

    def read(self, root: Node, opened: dict[str, OpenChannel]) -> tuple[Operation, ...]:
        """The operations in the order written; `opened` has all channels and messages they use."""
        self._schemes = security_schemes_of(self._library, root)
        self._times = Counter(self._ids_said(opened.values()))
        for each in opened.values():
            self._note(each)
        by_verb = [each for channel in [*opened.values()] for each in self._of_channel(channel)]
        return (*by_verb, *self._by_themselves(root, opened))

    def _ids_said(self, channels: Iterable[OpenChannel]) -> Iterator[str]:
        """The operation ids that stand in channels, each as often as it stands there."""
        for opened in channels:
            for verb in EVERY_VERB:
                node = self._library.get(opened.node, verb)
                said = node.string("operationId") if node else ""
                if said:
                    yield said

    def _of_channel(self, opened: OpenChannel) -> Iterator[Operation]:
        for verb, action in EVERY_VERB.items():
            node = self._library.get(opened.node, verb)
            if node is None or not isinstance(node.value, dict):
                continue
            if self._words.verbs is None:
                self._mixed(node, verb)
            found = with_traits(self._library, node, self._words)
            name = found.string("operationId")
            if self._times[name] > 1:
                self._library.report.add("operation-id-twice", node, name=name)
            is_own = name and self._times[name] == 1
            identity = self._unique(name if is_own else f"{opened.key}.{verb}")
            check_security(self._library, found, self._schemes)
            said = opened.node.get(verb) if self._words.verb_is_message else found.get("message")
            messages = self._spoken(said, opened, identity)
            yield self._operation(identity, action, opened, found, messages)

    def _spoken(self, message: Node | None, opened: OpenChannel, operation: str) -> tuple[str, ...]:
        """Ids of the messages that stand in an operation of a channel."""
        found: dict[str, None] = {}
        for each in self._alternatives(message):
            read = self._messages.unkeyed(each)
            if read is not None:
                if not read.id:
                    self._library.report.add("message-unnamed", each, channel=opened.key)
                    read = replace(read, id=f"{operation}.message")
                found[opened.add(read)] = None
        return tuple(found)

    def _alternatives(self, message: Node | None) -> Iterator[Node]:
        """The messages that one stands for, which may be several, each of which may be several."""
        waiting = [message] if message else []
        seen: set[Target] = set()
        while waiting:
            node = waiting.pop()
            settled = self._library.settled(node)
            several = self._library.get(settled, "oneOf") if settled else None
            if settled and several and isinstance(several.value, list):
                if settled.target not in seen:
                    seen.add(settled.target)
                    waiting.extend(reversed([*several.elements()]))
            elif isinstance(node.value, list):
                waiting.extend(reversed([*node.elements()]))
            else:
                yield node

    def _by_themselves(self, root: Node, opened: dict[str, OpenChannel]) -> Iterator[Operation]:
        section = self._library.get(root, "operations")
        if section is None:
            return
        if self._words.verbs is not None:
            self._mixed(section, "operations")
        for name, node in section.items():
            settled = self._library.settled(node)
            if settled is None or not isinstance(settled.value, dict):
                continue
            found = with_traits(self._library, settled, self._words)
            channel = self._channel_of(name, found, opened)
            action = self._action_of(name, found)
            if channel is None or action is None:
                continue
            messages = self._listed(name, found, channel)
            operation = self._operation(self._unique(name), action, channel, found, messages)
            yield operation
            yield from self._reply(operation, found, opened)

    def _mixed(self, node: Node, name: str) -> None:
        version = self._words.version
        self._library.report.add("version-mixed", node, name=name, version=version)

    def _operation(
        self,
        identity: str,
        action: Action,
        channel: OpenChannel,
        node: Node,
        messages: tuple[str, ...],
    ) -> Operation:
        library = self._library
        bindings = bindings_of(library, node)
        channel.note_bindings(bindings)
        return Operation(
            id=identity,
            action=action,
            channel=channel.key,
            messages=messages,
            title=node.string("title"),
            summary=node.string("summary"),
            description=node.string("description"),
            bindings=bindings,
            tags=tags_of(library, node),
            reply_address=self._reply_address(node),
            external_docs=external_docs_of(library, node),
            security=security_of(library, node),
            extensions=node.extensions(),
            line=self._channels.line_of(node) or channel.line,
        )

    def _reply_address(self, node: Node) -> str:
        reply = self._library.get(node, "reply")
        address = self._library.get(reply, "address") if reply else None
        return address.string("location") if address else ""

    def _unique(self, name: str) -> str:
        identity, number = name, 1
        while identity in self._ids:
            number += 1
            identity = f"{name}-{number}"
        self._ids.add(identity)
        return identity

    def _action_of(self, name: str, node: Node) -> Action | None:
        written = node.get("action")
        text = as_text(written.value) if written else ""
        said = text.strip().lower()
        if written is None or said not in _ACTIONS:
            self._library.report.add("operation-without-action", node, name=name)
            return None
        if text != said:
            values = {"expected": "`send` or `receive`", "actual": text}
            self._library.report.add("value-not-allowed", written, name="action", **values)
        return Action(said)

    def _channel_of(
        self, name: str, node: Node, opened: dict[str, OpenChannel]
    ) -> OpenChannel | None:
        channel = node.get("channel")
        if channel is None:
            self._library.report.add("operation-without-channel", node, name=name)
            return None
        found = self._channel_at(channel, opened)
        if found is None:
            said = reference_of(channel.value) or as_text(channel.value) or "of its own"
            self._library.report.add("channel-missing", channel, name=name, reference=said)
        return found

    def _channel_at(self, node: Node, opened: dict[str, OpenChannel]) -> OpenChannel | None:
        if reference_of(node.value) is None:
            return self._channel_in_place(node, opened)
        hop = self._library.step(node)
        if hop.path[:-1] == ("channels",) and self._channels.is_own(hop):
            return opened.get(str(hop.path[-1]))
        settled = self._library.follow(node)
        if settled is None:
            return None
        if settled.target in self._by_origin:
            return self._by_origin[settled.target]
        key = str(settled.path[-1]) if settled.path else node.source.path
        return self._opened_too(key, node, opened) if key not in opened else None

    def _opened_too(
        self, key: str, node: Node, opened: dict[str, OpenChannel]
    ) -> OpenChannel | None:
        found = self._channels.open(key, node)
        if found is not None:
            opened[key] = found
            self._note(found)
        return found

    def _note(self, channel: OpenChannel) -> None:
        """The channel is found by its place, key and address, unless another was there before."""
        self._by_origin.setdefault(channel.origin, channel)
        for name in (channel.key, channel.address):
            if name:
                self._by_name.setdefault(name, channel)

    def _channel_in_place(self, node: Node, opened: dict[str, OpenChannel]) -> OpenChannel | None:
        """The channel whose key, or whose whole description, an operation holds itself."""
        key = as_text(node.value) or node.string("address")
        if not key:
            return None
        self._library.report.add("channel-not-referenced", node, name=key)
        if key in self._by_name:
            return self._by_name[key]
        return self._opened_too(key, node, opened) if isinstance(node.value, dict) else None

    def _listed(self, name: str, node: Node, channel: OpenChannel) -> tuple[str, ...]:
        """Ids of the messages that an operation lists; all of its channel's if it lists none."""
        listed = self._library.get(node, "messages")
        if listed is None or not isinstance(listed.value, list):
            return tuple(channel.messages)
        found: dict[str, None] = {}
        for each in listed.elements():
            identity = self._own_message(each, channel)
            if identity is None:
                identity = self._foreign_message(name, each, channel)
            if identity is not None:
                found[identity] = None
        return tuple(found)

    def _own_message(self, node: Node, channel: OpenChannel) -> str | None:
        """Id of the message if it is one of the channel's; None if it is of another place."""
        hop = self._library.step(node)
        if hop.source is channel.node.source and hop.path[:-1] == (*channel.node.path, "messages"):
            key = str(hop.path[-1])
            return key if key in channel.messages else None
        passed = self._library.follow(hop, quiet=True)
        reference = reference_of(node.value) or ""
        is_meant = passed is not None and "/channels/" in reference and "/messages/" in reference
        return channel.by_origin.get(passed.target) if passed is not None and is_meant else None

    def _foreign_message(self, name: str, node: Node, channel: OpenChannel) -> str | None:
        """Id of a message that is referred to elsewhere than in the channel, or written in place.

        The intent is plain, so it counts as a message of the channel.
        """
        settled = self._library.settled(node)
        if settled is None:
            return None
        said = reference_of(node.value) or "that is written in place"
        self._library.report.add("message-not-of-channel", node, name=name, reference=said)
        if settled.target in channel.by_origin:
            return channel.by_origin[settled.target]
        message = self._messages.unkeyed(node)
        if message is None:
            return None
        return channel.add(replace(message, id=message.id or f"{name}.message"))

    def _reply(
        self, request: Operation, node: Node, opened: dict[str, OpenChannel]
    ) -> Iterator[Operation]:
        """The operation that answers, or awaits the answer of, the request."""
        reply = self._library.get(node, "reply")
        if reply is None or not isinstance(reply.value, dict):
            return
        reference = reply.get("channel")
        if reference is None:
            self._library.report.add("reply-without-channel", reply, name=request.id)
            return
        channel = self._channel_of(request.id, reply, opened)
        if channel is None:
            return
        name = f"{request.id}.reply"
        yield Operation(
            id=self._unique(name),
            action=request.action.opposite,
            channel=channel.key,
            messages=self._listed(name, reply, channel),
            reply_to=request.id,
            line=self._channels.line_of(reply) or request.line,
        )
