"""How long it takes until a change to one specification of the demo estate is in the browser."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright
from pytest_benchmark.fixture import BenchmarkFixture

from tests.conftest import ROOT, chromium

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHANGES = 7
MOST_SECONDS = 1.0
SUMMARY = "Kept up to date"


@dataclass
class Served:
    """A page of the site of an estate that is served."""

    page: Page
    specification: Path
    number: int = 0

    def change(self) -> float:
        """Seconds from a change to the specification until the page shows it."""
        self.number += 1
        text = self.specification.read_text(encoding="utf-8")
        told = f"{SUMMARY} {self.number}"
        changed = re.sub(r"(?m)^(  description: \|\n    ).*$", rf"\g<1>{told}.", text, count=1)
        assert changed != text
        began = time.perf_counter()
        self.specification.write_text(changed, encoding="utf-8")
        self.page.get_by_text(told).wait_for()
        return time.perf_counter() - began


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: install it, or name it in CHROMIUM")
    estate = tmp_path / "specs"
    shutil.copytree(ROOT / "specs", estate, ignore=shutil.ignore_patterns(".catalog"))
    command = [sys.executable, "-m", "catalog_builder", "serve", "--port", "0"]
    with (
        subprocess.Popen(  # noqa: S603  our own program
            [*command, "--config", str(estate / "catalog.yml")], stderr=subprocess.PIPE, text=True
        ) as server,
        sync_playwright() as playwright,
    ):
        try:
            assert server.stderr
            found = next(filter(None, (re.search(r"http://\S+/", line) for line in server.stderr)))
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            page = browser.new_page()
            page.goto(f"{found[0]}services/order-service.html")
            yield Served(page, estate / "order-service/asyncapi.yaml")
        finally:
            server.terminate()


def test_a_change_is_in_the_browser(benchmark: BenchmarkFixture, served: Served) -> None:
    served.change()  # what is loaded when it is first needed is loaded
    seconds = [served.change() for _ in range(CHANGES)]
    benchmark.extra_info["seconds"] = sorted(round(each, 2) for each in seconds)
    benchmark(served.change)
    assert min(seconds) < MOST_SECONDS
