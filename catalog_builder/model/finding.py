"""What is wrong somewhere, said so that its owner can mend it."""

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
