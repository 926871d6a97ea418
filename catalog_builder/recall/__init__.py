"""Remembers what was asked while a thing was made, to tell later whether it would be the same.

A page is made of answers: which service has this id, who sends this event. Whoever answers notes
question and answer with what is being made just now. As long as the same questions have the same
answers, the same program makes the same thing, so the one from before will do.
"""

from catalog_builder.recall.former import Former, Made
from catalog_builder.recall.memory import Memory
from catalog_builder.recall.noting import Asked, Question, digest, key_of, note, noting, parts_of

__all__ = [
    "Asked",
    "Former",
    "Made",
    "Memory",
    "Question",
    "digest",
    "key_of",
    "note",
    "noting",
    "parts_of",
]
