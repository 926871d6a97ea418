"""Reads repositories, each in a process of its own, and says what that took and what was found.

Run as `python reading.py FOLDER...`; one line of JSON for each folder. Opening a file outside of
the folder, or any connection, ends the process.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog_builder.config import LocalSource, Settings
from catalog_builder.crawl import crawl
from catalog_builder.parse import read

SECONDS = 20
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")


def main(folders: list[str]) -> None:
    for folder in folders:
        child = os.fork()
        if not child:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            say(reading(Path(folder)))
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            say({"folder": folder, "died": True})


def say(outcome: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(outcome) + "\n")
    sys.stdout.flush()


def reading(folder: Path) -> dict[str, Any]:
    sys.addaudithook(lambda event, arguments: watch(folder, event, arguments))
    started = time.process_time()
    crawled = crawl(Settings(root=folder.parent, sources=(LocalSource(path=str(folder)),)))
    readings = [read(checkout) for checkout in crawled.checkouts]
    seconds = time.process_time() - started
    findings = (*crawled.findings, *(each for one in readings for each in one.findings))
    return {
        "folder": str(folder),
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "codes": sorted({each.code for each in findings}),
        "texts": list(texts(readings)),
    }


def texts(readings: list[Any]) -> Iterator[str]:
    """What was read as names, to compare with what was written."""
    for document in (each for one in readings for each in one.documents):
        for channel in document.channels:
            yield from (channel.key, channel.title)


def watch(folder: Path, event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        os._exit(1)
    if event == "open" and isinstance(arguments[0], str):
        path = os.path.realpath(arguments[0])
        if path.startswith(("/etc/", "/proc/")) and not path.startswith(str(folder)):
            os._exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
