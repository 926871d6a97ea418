"""The rules of joining, strongest first, and how each of them is told."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from catalog_builder.model import Confidence, Join


class Rule(StrEnum):
    """Why two uses of a message are believed to be of one event."""

    CONFIGURED = "configured-alias"
    BRIDGE = "configured-bridge"
    REFERENCE = "same-reference"
    EVENT_TYPE = "same-cloudevents-type"
    SCHEMA_NAME = "same-schema-name"
    ADDRESS_AND_SERVER = "same-address-and-server"
    ADDRESS = "same-address"
    SIMILAR_NAME = "same-address-similar-name"
    TEMPLATE = "fits-template"
    ENVIRONMENT = "same-address-other-environment"
    VARIANT = "same-address-variant"
    REPLY = "same-request"
    DIFFERENT_NAME = "same-address-different-name"
    ONLY_HERE = "only-here"


@dataclass(frozen=True, slots=True)
class Telling:
    """How sure a rule is, and its words: `{what}` is what they share, `{other}` the other side."""

    confidence: Confidence
    words: str


TELLINGS = {
    Rule.CONFIGURED: Telling(
        Confidence.CERTAIN, "The configuration says that {what} are one, and {other} has it too."
    ),
    Rule.BRIDGE: Telling(
        Confidence.CERTAIN, "The configuration says that {what}, and {other} has it too."
    ),
    Rule.REFERENCE: Telling(Confidence.CERTAIN, "Refers to the same message as {other}: {what}."),
    Rule.EVENT_TYPE: Telling(Confidence.CERTAIN, "Has the same event type as {other}: {what}."),
    Rule.SCHEMA_NAME: Telling(Confidence.CERTAIN, "Has the same schema as {other}: {what}."),
    Rule.ADDRESS_AND_SERVER: Telling(
        Confidence.CERTAIN, "Same message name, address and server as in {other}: {what}."
    ),
    Rule.ADDRESS: Telling(
        Confidence.LIKELY,
        "Same message name and address as in {other}: {what}. "
        "That both mean the same broker is not said, nor contradicted.",
    ),
    Rule.SIMILAR_NAME: Telling(
        Confidence.LIKELY,
        "On the same address as in {other}, by a name that differs only in its ending: {what}.",
    ),
    Rule.TEMPLATE: Telling(
        Confidence.LIKELY,
        "Same message name as in {other}, and one address fits the other: {what}.",
    ),
    Rule.ENVIRONMENT: Telling(
        Confidence.LIKELY,
        "Same message name as in {other}, and the same address in another environment: {what}.",
    ),
    Rule.VARIANT: Telling(
        Confidence.LIKELY,
        "The same message on a region's, retry or dead-letter address of {other}: {what}.",
    ),
    Rule.REPLY: Telling(
        Confidence.LIKELY,
        "Same message name as in {other}, and an answer to the same request: {what}.",
    ),
    Rule.DIFFERENT_NAME: Telling(
        Confidence.GUESS,
        "The only message on this address, as the one of {other}, by another name: {what}.",
    ),
    Rule.ONLY_HERE: Telling(Confidence.CERTAIN, "No other service has this message."),
}


@lru_cache(maxsize=65536)
def told(rule: Rule, what: str = "", other: str = "", confidence: Confidence | None = None) -> Join:
    """A rule applied, in words; as sure as the rule where nothing else is said."""
    telling = TELLINGS[rule]
    words = telling.words.format(what=what, other=other)
    return Join(rule, words, confidence or telling.confidence)
