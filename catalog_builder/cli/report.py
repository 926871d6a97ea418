"""What a build took, for people and for machines."""

import os
import resource
import sys
from collections import Counter
from collections.abc import Sequence

import orjson

from catalog_builder.build import Outcome
from catalog_builder.model import Severity
from catalog_builder.progress import Stage

_KILO = 1 if sys.platform == "darwin" else 1024
"""Units in which the system counts memory."""


def profile_of(outcome: Outcome, stages: Sequence[Stage]) -> str:
    """Where the time went, a line for each stage, and what all of it took."""
    rest = outcome.seconds - sum(each.seconds for each in stages)
    rows = [*stages, Stage("Everything else", max(rest, 0.0)), Stage("All", outcome.seconds)]
    width = max(len(each.name) for each in rows)
    lines = [_line(each, width, outcome.seconds) for each in rows]
    return "\n".join([*lines, f"{_cpu_seconds():.1f} s of processors, {_memory()} at most."])


def json_report(outcome: Outcome, stages: Sequence[Stage]) -> bytes:
    """The same as JSON, with what was built."""
    account = outcome.account
    findings = Counter(each.severity for each in account.findings)
    report = {
        "site": str(outcome.site),
        "is_new": outcome.is_new,
        "seconds": round(outcome.seconds, 3),
        "cpu_seconds": round(_cpu_seconds(), 3),
        "peak_memory_bytes": _memory_bytes(),
        "pages": account.pages,
        "services": account.services,
        "events": account.events,
        "channels": account.channels,
        "relations": account.relations,
        "documents": account.documents,
        "findings": {each.value: findings[each] for each in Severity},
        "stages": [
            {
                "name": each.name,
                "seconds": round(each.seconds, 3),
                "count": each.count,
                "rate": each.rate and round(each.rate, 1),
            }
            for each in stages
        ],
    }
    return orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _line(stage: Stage, width: int, whole: float) -> str:
    share = f"{stage.seconds / whole:5.0%}" if whole else ""
    count = f"{stage.count:>9,}" if stage.count is not None else " " * 9
    rate = f"{stage.rate:>9,.0f}/s" if stage.rate else ""
    return f"{stage.name:<{width}} {stage.seconds:8.2f} s {share} {count} {rate}".rstrip()


def _cpu_seconds() -> float:
    """Of this process and of those that it started and that are done."""
    return sum(os.times()[:4])


def _memory() -> str:
    return f"{_memory_bytes() / 1e6:,.0f} MB in one process"


def _memory_bytes() -> int:
    """The most that one process held."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(each).ru_maxrss for each in kinds) * _KILO
