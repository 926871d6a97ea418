"""What several kinds of test share: the demo estate, and its site built once."""

import io
import os
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from catalog_builder.build import build_site, read_catalog
from catalog_builder.config import read_settings
from catalog_builder.model import Catalog
from catalog_builder.progress import progress_for

ROOT = Path(__file__).resolve().parents[1]

# A run in the background may ignore Ctrl-C, and what tests start would do so as well.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no reason to fail: what a law costs is measured elsewhere.
settings.register_profile(
    "steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write expected files anew")


@pytest.fixture(scope="session")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo estate outside version control: no commit changes what is made of it."""
    folder = tmp_path_factory.mktemp("estate") / "specs"
    shutil.copytree(ROOT / "specs", folder)
    return folder


@pytest.fixture(scope="session")
def catalog(estate: Path) -> Catalog:
    """The catalogue of the demo estate."""
    progress = progress_for(io.StringIO(), quiet=True, verbose=False)
    return read_catalog(read_settings(estate / "catalog.yml"), progress)


@pytest.fixture(scope="session")
def site(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo site with its hand-written guide, as `make site` builds it."""
    folder = tmp_path_factory.mktemp("site") / "site"
    progress = progress_for(io.StringIO(), quiet=True, verbose=False)
    settings = read_settings(estate / "catalog.yml")
    return build_site(settings, progress, mkdocs_yml=ROOT / "mkdocs.yml", site_dir=folder).site


def chromium() -> str | None:
    """The path of the system's browser."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
