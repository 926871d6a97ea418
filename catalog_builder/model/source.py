"""What became of the sources that a catalogue is made of."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceState:
    """What became of a source, or of one repository of it."""

    source: str
    """As written, or the repository's address."""
    repositories: tuple[str, ...]
    """Names, sorted."""
    documents: int
    state: str
    """In words, such as `read`, `read in part`, `no document found`, `missing`, `stale: gone`."""
    age: int | None = None
    """How many days ago it was as it is shown; None: it is shown as it is."""
    seconds: float = field(default=0.0, compare=False)
    """What it took."""
    parts: tuple["SourceState", ...] = ()
    """Repositories of it that could not be brought."""

    @property
    def is_in_order(self) -> bool:
        """Whether all of it was read as it is."""
        return self.state == "read" and not self.parts
