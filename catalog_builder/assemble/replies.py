"""Answers to one request: they often have no address, but the request has.

Alone knows how an answer is traced to its request.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from catalog_builder.assemble.candidates import in_documents
from catalog_builder.assemble.documents import MessageUse
from catalog_builder.assemble.joining import Candidate, Joining
from catalog_builder.assemble.rules import Rule


def by_reply(uses: Sequence[MessageUse], joining: Joining) -> Iterator[Candidate]:
    """Answers of one name to requests that are one event, if any is on no address of its own."""
    answers = [use for use in uses if use.name and any(each.reply_to for each in use.operations)]
    if not answers:
        return
    documents = {id(use.by) for use in answers}
    requests: defaultdict[tuple[int, str], list[MessageUse]] = defaultdict(list)
    for use in uses:
        if id(use.by) in documents:
            for operation in use.operations:
                requests[id(use.by), operation.id].append(use)
    groups: defaultdict[tuple[int, str], dict[MessageUse, MessageUse]] = defaultdict(dict)
    for use in answers:
        for operation in use.operations:
            for request in requests.get((id(use.by), operation.reply_to), ()):
                groups[joining.root(request), use.name].setdefault(use, request)
    for group in groups.values():
        if in_documents(list(group)) and not all(use.on.address for use in group):
            request = next(iter(group.values()))
            yield Candidate(Rule.REPLY, request.message.name or request.message.id, list(group))
