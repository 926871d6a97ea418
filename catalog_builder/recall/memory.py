"""What was made before and would be the same now, and what is made now, in several processes."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from catalog_builder.recall.former import Former, Made, numbered, without_waste
from catalog_builder.recall.noting import Notes, Question, note, noting

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one process made and found the same since it was asked last."""

    process: int
    questions: tuple[tuple[Question, bytes], ...]
    """That were new to it; in its own order, which numbers them."""
    made: Mapping[str, Made]
    """With that process' numbers of questions."""
    same: tuple[str, ...]


@dataclass(slots=True)
class Memory:
    """Tells what need not be made again, and notes what is made."""

    answer: Callable[[Question], bytes]
    """The digest of today's."""
    former: Former | None = None
    """None: nothing is known of before."""
    folder: int | None = None
    """Descriptor of the folder with the files from before."""
    _holding: set[int] = field(default_factory=set)
    """Numbers of the questions of before that have the answers of before."""
    _other: set[int] = field(default_factory=set)
    """Of those that have others; the rest was not looked at."""
    _notes: Notes = field(default_factory=dict)
    _open: dict[str, dict[Question, None]] = field(default_factory=dict)
    _numbers: dict[Question, int] = field(default_factory=dict)
    _made: dict[str, Made] = field(default_factory=dict)
    _same: list[str] = field(default_factory=list)
    _fresh: list[Question] = field(default_factory=list)
    """Those numbered since the last harvest."""
    _all: dict[Question, int] = field(default_factory=dict)
    """Numbers of the questions of all processes, those of before first."""
    _digests: list[bytes] = field(default_factory=list)
    _gathered: dict[str, Made] = field(default_factory=dict)
    _places: dict[int, list[int]] = field(default_factory=dict)
    """By process, its numbers as those of all."""

    def __post_init__(self) -> None:
        for question, known in self.former.questions if self.former else ():
            self._number(question, known)

    def is_same(self, key: str, given: bytes) -> bool:
        """Whether it was made before, and would be the same now."""
        made = self.former.made.get(key) if self.former and self.folder is not None else None
        if made is None or made.given != given:
            return False
        numbers = made.numbers
        if self._holding.issuperset(numbers):
            return True
        return self._other.isdisjoint(numbers) and all(map(self._holds, numbers))

    def kept(self, key: str) -> None:
        """What was made before was taken."""
        self._same.append(key)

    @contextmanager
    def making(self, key: str, of: Question = ()) -> Iterator[None]:
        """Questions asked from here on, in this thread, concern this; so does `of`."""
        asked = self._open.setdefault(key, {})
        with noting(self._notes, asked):
            if of:
                note(of, of, lambda _: self.answer(of))
            yield

    def made(self, key: str, given: bytes) -> None:
        """It was made, and is not asked about any more."""
        asked, numbers = self._open.pop(key, {}), self._numbers
        for question in asked:
            if question not in numbers:
                numbers[question] = len(numbers)
                self._fresh.append(question)
        self._made[key] = Made(given, numbered(map(numbers.__getitem__, asked)))

    def harvest(self) -> Harvest:
        """What this process made since it was asked last."""
        questions = tuple((each, self._notes[each]) for each in self._fresh)
        harvest = Harvest(os.getpid(), questions, dict(self._made), tuple(self._same))
        self._fresh.clear()
        self._made.clear()
        self._same.clear()
        return harvest

    def gather(self, harvest: Harvest) -> None:
        """What any process made is known here."""
        places = self._places.setdefault(harvest.process, [])
        places += (self._number(*each) for each in harvest.questions)
        for key, made in harvest.made.items():
            numbers = numbered(places[number] for number in made.numbers)
            self._gathered[key] = Made(made.given, numbers)
        if self.former:
            self._gathered.update((key, self.former.made[key]) for key in harvest.same)

    def noting(self, key: str, make: Callable[[], T]) -> Callable[[], T]:
        """Makes the same, and what is asked meanwhile concerns the thing of this key."""

        def made() -> T:
            with self.making(key):
                return make()

        return made

    def left(self, making: str, site: str) -> Former:
        """What the next build can know of this one; the same whoever made what."""
        pairs = tuple(zip(self._all, self._digests, strict=True))
        return without_waste(Former(making, site, pairs, self._gathered))

    def _holds(self, number: int) -> bool:
        if number in self._holding:
            return True
        assert self.former is not None  # noqa: S101  numbers are of its questions
        question, was = self.former.questions[number]
        if question not in self._notes:
            self._notes[question] = self.answer(question)
        holds = self._notes[question] == was
        (self._holding if holds else self._other).add(number)
        return holds

    def _number(self, question: Question, known: bytes) -> int:
        number = self._all.setdefault(question, len(self._all))
        if number == len(self._digests):
            self._digests.append(known)
        else:
            self._digests[number] = known
        return number
