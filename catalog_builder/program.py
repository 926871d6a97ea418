"""What this program is: whatever is kept from one run for another is kept for the same program."""

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_DECIDE = (
    *("avro", "jinja2", "markdown-it-py", "markupsafe", "mkdocs", "mkdocs-material", "msgspec"),
    *("networkx", "orjson", "proto-schema-parser", "pyyaml", "rapidyaml"),
)
"""Libraries whose release may decide what comes out."""


@cache
def program_digest() -> str:
    """Changes with every line of this package's code, with Python, and with those libraries."""
    package = Path(__file__).resolve().parent
    digest = hashlib.sha256(sys.version.encode())
    for name in _DECIDE:
        digest.update(f"{name} {_release(name)}\n".encode())
    for file in sorted(package.rglob("*.py")):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(package)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _release(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
