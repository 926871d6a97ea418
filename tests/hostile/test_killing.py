"""A build that is killed costs nothing but itself; `killing` does it as often as one likes."""

from pathlib import Path

from tests.hostile.killing import rounds


def test_a_killed_build_breaks_neither_cache_nor_site(tmp_path: Path) -> None:
    assert len(list(rounds(tmp_path, times=3, seed=11))) == 3
