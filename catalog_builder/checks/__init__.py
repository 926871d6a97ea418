"""Judges a catalogue: what is missing, loose or out of date, for whom, and how to mend it."""

from catalog_builder.checks.delivery import BRIDGE_SUSPECT
from catalog_builder.checks.descriptions import (
    EVENT_WITHOUT_DESCRIPTION,
    EVENT_WITHOUT_SCHEMA,
    SERVICE_WITHOUT_DESCRIPTION,
)
from catalog_builder.checks.exchange import EVENT_WITHOUT_CONSUMER, EVENT_WITHOUT_PRODUCER
from catalog_builder.checks.lifecycle import DEPRECATED_EVENT_STILL_READ
from catalog_builder.checks.ownership import EVENT_WITHOUT_OWNER
from catalog_builder.checks.rule import Rule
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Finding

__all__ = ["RULES", "Rule", "check"]

RULES: tuple[Rule, ...] = (
    EVENT_WITHOUT_PRODUCER,
    EVENT_WITHOUT_CONSUMER,
    BRIDGE_SUSPECT,
    EVENT_WITHOUT_OWNER,
    DEPRECATED_EVENT_STILL_READ,
    EVENT_WITHOUT_SCHEMA,
    EVENT_WITHOUT_DESCRIPTION,
    SERVICE_WITHOUT_DESCRIPTION,
)
"""Every rule there is."""


def check(catalog: Catalog, flow: Flow) -> tuple[Finding, ...]:
    """What the rules find, in the order of findings; not what reading and joining found before."""
    findings = (finding for rule in RULES for finding in rule.findings(catalog, flow))
    return tuple(sorted(findings, key=lambda each: each.order))
