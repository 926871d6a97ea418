"""What counts how much; the browser is sent these numbers, so they stand here alone."""

from collections.abc import Mapping

from catalog_builder.search.index import Zone

OF_ZONE: Mapping[Zone, int] = {Zone.NAME: 100, Zone.ALSO: 50, Zone.LINE: 30, Zone.TEXT: 15}
"""Of a word by where it stands; times how well it fits."""
OF_RELATION: Mapping[str, int] = {
    "channel": 40,
    "field": 35,
    "domain": 30,
    "team": 30,
    "producer": 25,
}
"""Of what an entry names that a word fits, in percent of what the word counts there."""
WHOLE_NAME = 3000
"""For a name in which every word was asked for; a part of it for a part of the words."""
EVENT_BY_NAME = 8000
"""For an event whose name has every word: what people look for first."""
TOGETHER = 8000
"""For naming one thing whose name has every word, rather than several that have one each."""
READER = 20
"""For each that reads an event."""
DEPRECATED_PERCENT = 60
"""What a deprecated event keeps."""
