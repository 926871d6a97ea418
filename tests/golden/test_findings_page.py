"""The guide's page of findings is what the tables of codes give; `make golden` writes it anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_builder.build import ALL_CODES
from catalog_builder.model import Code

PAGE = Path(__file__).parents[2] / "docs_templates/guide/guide/findings.md"
HEAD = """\
<!-- Made from the tables of codes by `make golden`; a change here is lost. -->

# Findings

What is wrong or missing is a finding: where, what, and how to mend it. The Health page of a
catalogue lists them all, the pages of services and events list their own, and `catalog.json` has
them as data. No finding keeps the rest out of the catalogue.

| severity | meaning |
|---|---|
| error | It breaks the standard, or something of it is lost here: `build --strict` fails. |
| warning | It is read, but perhaps not as meant, or somebody may be misled. |
| info | Worth knowing; nothing is wrong. |

A code has one meaning for ever. Names in braces stand for what is special in a case. The examples
are parts of AsyncAPI documents; those that begin with `sources:` are parts of `catalog.yml`.
"""


def page() -> str:
    return HEAD + "".join(line for code in ALL_CODES for line in entry(code))


def entry(code: Code) -> Iterator[str]:
    badge = f'<span class="cat-badge cat-badge--{code.severity}">{code.severity}</span>'
    yield f"\n## {code.code}\n\n{badge} {escaped(code.message).removesuffix('.')}.\n"
    if code.meaning != code.message:
        yield f"\n{code.meaning}\n"
    if code.example.endswith("."):
        yield f"\n**Example:** {code.example}\n"
    else:
        yield f"\n```yaml\n{code.example}\n```\n"
    yield f"\n**Mend:** {code.mend}\n"


def escaped(message: str) -> str:
    return message.replace("*", r"\*")


def test_the_page_of_findings_is_what_the_codes_give(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--write-golden"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()
