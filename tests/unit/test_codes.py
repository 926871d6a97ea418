"""Laws of the codes of findings, whichever room they come from."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import catalog_builder
from catalog_builder.build import ALL_CODES

PACKAGE = Path(catalog_builder.__file__).parent
MODULES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}


def calls_of(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                yield path, node


def code_in(call: ast.Call) -> object:
    named = [each.value for each in call.keywords if each.arg == "code"]
    first = (*named, *call.args)[0]
    return first.value if isinstance(first, ast.Constant) else None


def test_a_code_means_one_thing_in_all_rooms() -> None:
    codes = [each.code for each in ALL_CODES]
    assert codes == sorted(set(codes))


def test_a_code_reads_like_words_joined_with_hyphens() -> None:
    assert [
        each.code for each in ALL_CODES if not re.fullmatch(r"[a-z]+(-[a-z]+)+", each.code)
    ] == []


def test_a_code_says_everything_that_its_owner_needs() -> None:
    for each in ALL_CODES:
        assert all((each.message, each.meaning, each.mend, each.example)), each.code
        assert each.meaning.endswith("."), each.code


def test_every_finding_is_made_of_a_code() -> None:
    assert {path.relative_to(PACKAGE).as_posix() for path, _ in calls_of("Finding")} == {
        "model/finding.py"
    }


def test_every_code_stands_in_the_table_of_all() -> None:
    assert {code_in(call) for _, call in calls_of("Code")} == {each.code for each in ALL_CODES}


def test_every_code_of_a_table_is_used_in_its_room() -> None:
    for path, call in calls_of("Code"):
        if path.parent.name != "checks":  # there the table is the use
            others = (each for each in path.parent.rglob("*.py") if each != path)
            room = "".join(each.read_text(encoding="utf-8") for each in others)
            assert f'"{code_in(call)}"' in room
