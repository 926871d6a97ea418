"""What is wrong somewhere, said so that its owner can mend it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from catalog_builder.model.place import Location


class Severity(StrEnum):
    """How much a finding matters, most first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for what matters most."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
_VALUE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure: what (`code`, `message`), where (`location`), how to mend it (`hint`)."""

    code: str
    """Reads like `message-without-owner`; one meaning for ever."""
    severity: Severity
    message: str
    hint: str
    location: Location
    service: str = ""
    """Id of the service it concerns, where there is one."""
    event: str = ""
    """Id of the event it concerns, where there is one."""

    @property
    def order(self) -> tuple[int, Location, str, str]:
        """Sorts findings: severity, place, code, message."""
        return (self.severity.rank, self.location, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Code:
    """What all findings of one code have in common; `{name}` in a text is a value of the case."""

    code: str
    """Reads like `message-without-owner`; one meaning for ever."""
    severity: Severity
    message: str
    """What is so, in one case."""
    meaning: str
    """What it says of a catalogue, or why it matters."""
    mend: str
    """What its owner does about it."""
    example: str = ""
    """What gives it: some lines of a document, or a sentence, which ends with a full stop."""

    def finding(
        self, location: Location, *, service: str = "", event: str = "", **values: str
    ) -> Finding:
        """The finding of one case; names in braces that have no value stay as they are.

        >>> code = Code("a-b", Severity.INFO, "`{name}` is no {x}.", "", "Rename {name}.")
        >>> found = code.finding(Location("orders"), name="{x}")
        >>> found.message, found.hint
        ('`{x}` is no {x}.', 'Rename {x}.')
        """
        message, hint = (
            _VALUE.sub(lambda match: values.get(match[1], match[0]), text)
            for text in (self.message, self.mend)
        )
        return Finding(self.code, self.severity, message, hint, location, service, event)
