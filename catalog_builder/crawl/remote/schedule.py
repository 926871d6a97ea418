"""Several at once, and of one host not too many; when it ends early, nothing is left running."""

from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")


def at_once(
    tasks: Sequence[Callable[[], T]],
    hosts: Sequence[str],
    most: int,
    most_per_host: int,
    stop: Callable[[], None],
) -> Generator[tuple[int, T]]:
    """The number of each task and what it gave, as they are done.

    Args:
        tasks: what is to be done, in the order in which it begins.
        hosts: whom each task asks; for tasks of the host `""` only `most` counts.
        most: tasks at the same time.
        most_per_host: of these for one host.
        stop: called before those that run are waited for when something raises.
    """
    waiting = deque(range(len(tasks)))
    running: dict[Future[T], int] = {}
    busy: Counter[str] = Counter()
    with ThreadPoolExecutor(most) as pool:
        try:
            while waiting or running:
                for number in _next(waiting, hosts, busy, most - len(running), most_per_host):
                    busy[hosts[number]] += 1
                    running[pool.submit(tasks[number])] = number
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for each in done:
                    number = running.pop(each)
                    busy[hosts[number]] -= 1
                    yield number, each.result()
        except BaseException:
            stop()
            raise


def _next(
    waiting: deque[int], hosts: Sequence[str], busy: Counter[str], free: int, most_per_host: int
) -> list[int]:
    """Those that may begin now, taken from those that wait."""
    taken: list[int] = []
    passed: list[int] = []
    counts = Counter(busy)
    while waiting and len(taken) < free:
        number = waiting.popleft()
        host = hosts[number]
        if host and counts[host] >= most_per_host:
            passed.append(number)
        else:
            counts[host] += 1
            taken.append(number)
    waiting.extendleft(reversed(passed))
    return taken
