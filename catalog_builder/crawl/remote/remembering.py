"""Which files of older commits tell what specifications said before."""

from collections.abc import Mapping, Sequence
from itertools import islice

from catalog_builder.crawl.commits import lives_of
from catalog_builder.crawl.found import Stored
from catalog_builder.crawl.objects import Snapshot, opened

_MOST_OF_EACH = 20


def missing_files(stored: Stored, uses: Mapping[str, Sequence[str]], most: int | None) -> list[str]:
    """The ids of files that are not here yet, of the last versions of specifications; sorted.

    Raises:
        RefusedError: git does not tell.
    """
    lives = lives_of(stored, uses)
    with opened(stored) as objects:
        wanted = {
            object_id
            for path, life in lives.items()
            for step in islice(life, _MOST_OF_EACH if most is None else most)
            for each in (step.path, *uses[path])
            if (object_id := Snapshot(objects, stored, step.commit.id).object_id(each))
        }
        return sorted(each for each in wanted if objects.file(each) is None)
