"""Who reads which repository, in which process, and what is known of it from before.

A reading is kept with everything that was asked while it was made: which files there are, what is
in them, which repositories lie where. As long as the same program gets the same answers to these
questions, it would read the same, so it need not.
"""

from catalog_builder.reading.as_read import ChangedMeanwhileError
from catalog_builder.reading.editions import Editions, Records
from catalog_builder.reading.kept import Kept, Record
from catalog_builder.reading.reading import Readings
from catalog_builder.reading.shapes import Shapes

__all__ = ["ChangedMeanwhileError", "Editions", "Kept", "Readings", "Record", "Records", "Shapes"]
