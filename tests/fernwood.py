"""The demo estate with a past: git repositories whose older commits were invented for tests.

    python -m tests.fernwood FOLDER

makes it in a new folder, to look at: `catalog-builder build --config FOLDER/catalog.yml`.
"""

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.repositories import commit

SPECS = Path(__file__).resolve().parents[1] / "specs"
FIRST_DAY = "2025-02-03"


@dataclass(frozen=True)
class Step:
    """A commit: what stands in files after it, and what stood there before it."""

    day: str
    author: str
    subject: str
    edits: Mapping[str, Sequence[tuple[str, str]]]


_SPLIT_CHANNEL = """\
  orderSplit:
    address: orders.split
    servers:
      - $ref: '#/servers/production'
    messages:
      OrderSplit:
        name: OrderSplit
        summary: An order is picked in two warehouses.
        payload:
          type: object
          required: [orderId]
          properties:
            orderId: {type: string}
            warehouseCodes: {type: array, items: {type: string}}
"""
_SPLIT_OPERATION = """\
  publishOrderSplit:
    action: send
    channel:
      $ref: '#/channels/orderSplit'
"""
_DEPRECATION = """\
      x-lifecycle: deprecated
      x-deprecated:
        since: "2026-03-01"
        removal: "2026-12-31"
        successor: OrderPlacedV2
"""
_CUT_OFF = """\
          cutOffAt:
            type: string
            format: date-time
            description: Until when the customer may amend the order.
"""
_REASONS = """\
            type: [string, 'null']
            enum: [changed-mind, slot-unsuitable, duplicate, van-breakdown, severe-weather, null]
"""
_FEWER_REASONS = """\
            type: string
            enum: [changed-mind, slot-unsuitable, duplicate, van-breakdown]
"""
_BOUNDED = """\
                  minimum: 1
                  maximum: 99
                  description: Number of pieces.
"""
_UNBOUNDED = """\
                  description: Number of pieces.
"""
_ICE_PACKS = """\
  icePacks:
    type: integer
    minimum: 0
    default: 0
    description: Cooling packs inside.
"""
_COMPLETED = "  orderCompleted:\n    address"
_COMPLETING = "  publishOrderCompleted:\n"


def _orders(day: str, author: str, subject: str, *edits: tuple[str, str]) -> Step:
    return Step(day, author, subject, {"asyncapi.yaml": edits})


PAST: Mapping[str, Sequence[Step]] = {
    "order-service": (
        _orders(
            "2026-09-21",
            "Priya Shah",
            "Say until when an order may be amended",
            ("  version: 4.2.0\n", "  version: 4.1.0\n"),
            ("slotId, confirmedAt, cutOffAt, lines]", "slotId, confirmedAt, lines]"),
            (_CUT_OFF, ""),
        ),
        _orders(
            "2026-07-06",
            "Tom Okafor",
            "Customers need not say why they cancel",
            ("  version: 4.1.0\n", "  version: 4.0.0\n"),
            (_REASONS, _FEWER_REASONS),
        ),
        _orders(
            "2026-06-15",
            "Priya Shah",
            "Stop splitting orders over warehouses",
            (_COMPLETED, _SPLIT_CHANNEL + _COMPLETED),
            (_COMPLETING, _SPLIT_OPERATION + _COMPLETING),
        ),
        _orders(
            "2026-03-02",
            "Priya Shah",
            "Deprecate the first version of OrderPlaced",
            (_DEPRECATION, ""),
            ("        deprecated: true\n", ""),
        ),
        _orders(
            "2025-11-10",
            "Lena Fischer",
            "At most 99 pieces of a product in a basket",
            (_BOUNDED, _UNBOUNDED),
        ),
        _orders(
            "2025-06-23",
            "Lena Fischer",
            "Call rejections what the shop calls them",
            ("OrderRejected", "OrderRefused"),
        ),
    ),
    "stock-service": (
        Step(
            "2026-08-17",
            "Mei Tanaka",
            "Avonmouth opens",
            {"avro/stock_reserved.avsc": [('["WAK", "ERI", "AVN"]', '["WAK", "ERI"]')]},
        ),
    ),
    "warehouse-platform": (
        Step(
            "2026-05-11",
            "Joe Whitlock",
            "Say how many ice packs lie in a tote",
            {"common/schemas/tote.yaml": [(_ICE_PACKS, "")]},
        ),
    ),
}
"""The commits of some repositories, newest first."""


def with_history(folder: Path) -> Path:
    """The folder, which is new, with the demo estate in it, each repository with its past."""
    shutil.copytree(SPECS, folder)
    for repository in sorted(each for each in folder.iterdir() if each.is_dir()):
        steps = PAST.get(repository.name, ())
        texts: dict[str, list[str]] = {}
        for number, step in enumerate(steps):
            for path, edits in step.edits.items():
                states = texts.setdefault(path, [(repository / path).read_text(encoding="utf-8")])
                states += [states[-1]] * (number + 1 - len(states))
                states.append(_before(states[-1], edits))
        for number in range(len(steps), -1, -1):
            for path, states in texts.items():
                text = states[min(number, len(states) - 1)]
                (repository / path).write_text(text, encoding="utf-8")
            if number == len(steps):
                commit(repository, FIRST_DAY, "Describe what we send and read", "Ada Brandt")
            else:
                commit(repository, steps[number].day, steps[number].subject, steps[number].author)
    return folder


def _before(text: str, edits: Sequence[tuple[str, str]]) -> str:
    for after, before in edits:
        assert after in text, after
        text = text.replace(after, before)
    return text


if __name__ == "__main__":
    with_history(Path(sys.argv[1]))
