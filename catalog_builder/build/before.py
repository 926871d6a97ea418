"""What need not be made when everything is: it stands from before, or was made ahead."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from catalog_builder.draw import Album
from catalog_builder.files import Files, RawFile, Written
from catalog_builder.processes import Ahead, Crew
from catalog_builder.recall import Former, Memory, Question
from catalog_builder.render import View, Wishes, early_files
from catalog_builder.unchanged import Standing

_SPARE_PICTURES = 2
_WORTH_A_PROCESS = 50
"""So many events make work for a process of its own."""


@dataclass(slots=True)
class Before:
    """What builds before this one made, as far as it may be the same now."""

    making: str
    album: Album
    former: Former | None
    folder: int | None
    pages: int = 0
    """Of the site that is made now."""
    pictures: int = 0
    """Likewise."""
    ahead: Ahead = field(default_factory=Ahead)
    """What is made while that which needs it is still prepared."""
    _early: frozenset[str] = frozenset()
    """Paths of what is made so."""
    _memory: Memory | None = None

    @classmethod
    def of(cls, former: Former | None, making: str, stands: Standing, album: Album) -> "Before":
        """Files are as they were when the same made them, and nobody changed the folder since."""
        if former and (former.making, former.site) != (making, stands.digest):
            former = None
        return cls(making, album, former, stands.folder)

    def memory(self, answers: Callable[[Question], bytes]) -> Memory:
        """What remembers these, and whatever is made now."""
        self._memory = Memory(answers, self.former, self.folder)
        return self._memory

    def begin(self, view: View, wishes: Wishes, crew: Crew) -> None:
        """What can be made of a view before it is settled is begun."""
        if len(view.catalog.events) >= _WORTH_A_PROCESS:
            early = early_files(view, wishes)
            self._early = frozenset(each.path for each in early)
            self.ahead.begin(lambda: ((each.path, each.content()) for each in early), crew)

    def helped(self, files: Files, *, pictures: int) -> Files:
        """The same files, of which those need not be made that are made ahead."""
        self.pages, self.pictures = len(files.pages), pictures
        of_written = files.of_written

        def search(written: tuple[Written, ...]) -> tuple[RawFile, ...]:
            made = of_written(written) if of_written else ()
            return made if written else tuple(map(self._perhaps_made, made))

        return replace(files, raw=tuple(map(self._perhaps_made, files.raw)), of_written=search)

    def _perhaps_made(self, raw: RawFile) -> RawFile:
        if raw.path not in self._early:
            return raw
        return replace(raw, content=partial(_found, self.ahead, raw), is_late=True)

    def left(self, site: str) -> Former:
        """What the next build can know of this one."""
        self.album.keep_all(_SPARE_PICTURES * self.pictures)
        return self._memory.left(self.making, site) if self._memory else Former(self.making, site)


def _found(ahead: Ahead, raw: RawFile) -> bytes:
    made = ahead.get(raw.path)
    return raw.content() if made is None else made
