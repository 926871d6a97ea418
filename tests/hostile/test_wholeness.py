"""A site is the old one or the new one; `wholeness` shows it as often as one likes."""

import pytest

from tests.hostile.wholeness import Bench, closed_output, full_disk, kills, two_at_once


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("whole"), services=8, events=30)


def test_a_killed_build_leaves_the_old_site_or_the_new_one(bench: Bench) -> None:
    assert len(list(kills(bench, times=4, seed=11))) == 5


def test_a_full_disk_leaves_the_old_site(bench: Bench) -> None:
    shown = full_disk(bench)
    if "NOT SHOWN" in shown:
        pytest.skip(shown)
    assert "No space left on device" in shown


def test_a_folder_that_may_not_be_written_keeps_its_site(bench: Bench) -> None:
    shown = closed_output(bench)
    if "NOT SHOWN" in shown:
        pytest.skip(shown)
    assert "Read-only file system" in shown


def test_two_builds_at_once_leave_one_whole_site(bench: Bench) -> None:
    assert len(list(two_at_once(bench, times=1))) == 1
