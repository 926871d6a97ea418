"""What is said when a catalogue is built: what is in it, what is wrong with it, where to look."""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from catalog_builder.build import Outcome
from catalog_builder.model import Finding, Severity

HEALTH = "health/index.html"

_FIRST_FEW = 5


def account_of(outcome: Outcome, health: str, *, whole: bool) -> str:
    """What is in a catalogue and what is wrong with it.

    Args:
        outcome: the finished build.
        health: where the Health page is, in words.
        whole: whether every finding is listed, rather than the first few errors.
    """
    account = outcome.account
    contents = (
        counted(account.services, "service"),
        counted(account.events, "event"),
        counted(account.channels, "channel"),
        counted(account.relations, "relation"),
        counted(account.documents, "document"),
    )
    findings = _findings(account.findings, health, whole=whole or not account.documents)
    return "\n".join((f"{', '.join(contents)}.", *findings))


def errors_told(findings: Sequence[Finding]) -> str:
    """The first few errors and the number of the rest."""
    return "\n".join(_first_errors(findings))


def findings_told(findings: Sequence[Finding]) -> str:
    """Every finding with its severity, most severe first."""
    ordered = sorted(findings, key=lambda each: each.order)
    return "\n".join(line for each in ordered for line in _told(each, f"{each.severity:<8} "))


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "event"), counted(12_000, "event")
    ('1 event', '12,000 events')
    """
    return f"{number:,} {thing}" + "s" * (number != 1)


def aged(days: int | None) -> str:
    """An age; nothing of what is shown as it is.

    >>> aged(1), aged(0), aged(None)
    ('1 day', 'today', '')
    """
    if days is None:
        return ""
    return counted(days, "day") if days else "today"


def _findings(findings: Sequence[Finding], health: str, *, whole: bool) -> list[str]:
    if not findings:
        return ["No findings."]
    counts = Counter(each.severity for each in findings)
    numbers = ", ".join(_counted_findings(counts[each], each) for each in Severity if counts[each])
    if whole:
        return [f"{numbers}:", findings_told(findings)]
    where = f"all of them are on the Health page, {health}"
    return [f"{numbers}; {where}.", *_first_errors(findings)]


def _counted_findings(number: int, severity: Severity) -> str:
    return f"{number:,} info" if severity is Severity.INFO else counted(number, severity)


def _first_errors(findings: Sequence[Finding]) -> list[str]:
    errors = [each for each in findings if each.severity is Severity.ERROR]
    lines = [line for each in errors[:_FIRST_FEW] for line in _told(each)]
    rest = len(errors) - _FIRST_FEW
    return lines + ([f"  and {counted(rest, 'more error')}."] if rest > 0 else [])


def _told(finding: Finding, severity: str = "") -> list[str]:
    place = str(finding.location) or "(catalogue)"
    hint = [f"      {_one_line(finding.hint)}"] if finding.hint else []
    return [f"  {severity}{place}  {finding.code}  {_one_line(finding.message)}", *hint]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def shown(path: Path) -> Path:
    """As one would type it here."""
    here = Path(os.path.realpath(Path.cwd()))
    real = Path(os.path.realpath(path))
    return real.relative_to(here) if real.is_relative_to(here) else path
