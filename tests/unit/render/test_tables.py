import orjson

from catalog_builder.render.tables import Column, Table, table_files

COLUMNS = (Column("name", "Thing", "name"), Column("kind", "Kind", "links", facet=True))


def table(count: int, kinds: tuple[str, ...] = ("a", "b")) -> Table:
    rows = tuple(
        ((f"t{each}", f"things/{each}.html", ""), ((kinds[each % len(kinds)], "x.html"),))
        for each in range(count)
    )
    return Table("things", "thing", COLUMNS, rows)


def arguments(content: bytes, function: str) -> list[object]:
    text = content.decode().removeprefix(f"{function}(").removesuffix(");\n")
    found: list[object] = orjson.loads(f"[{text}]")
    return found


def test_few_rows_lie_in_one_file() -> None:
    (file,) = table_files(table(500))
    name, data = arguments(file.content(), "catalogTable")
    assert (file.path, name) == ("data/things.js", "things")
    assert isinstance(data, dict)
    assert (data["count"], data["more"], len(data["rows"])) == (500, [], 500)


def test_many_rows_lie_in_files_of_five_hundred_that_the_first_names() -> None:
    first, second, third = table_files(table(1001))
    data = arguments(first.content(), "catalogTable")[1]
    assert isinstance(data, dict)
    assert data["more"] == [second.path, third.path] == ["data/things-2.js", "data/things-3.js"]
    assert (data["count"], len(data["rows"])) == (1001, 500)
    name, number, rows = arguments(third.content(), "catalogRows")
    assert (name, number, rows) == (
        "things",
        2,
        [[["t1000", "things/1000.html", ""], [["a", "x.html"]]]],
    )


def test_a_table_without_rows_has_its_file_too() -> None:
    (file,) = table_files(table(0))
    assert b'"rows":[]' in file.content()


def test_a_column_in_which_all_rows_are_the_same_narrows_nothing() -> None:
    assert [each.key for each in table(9).facets] == ["kind"]
    assert table(9, kinds=("a",)).facets == ()


def test_the_page_carries_no_more_than_the_first_rows() -> None:
    assert len(table(5000).first_rows) == 100


def test_a_column_that_says_nothing_is_not_shown() -> None:
    columns = (*COLUMNS, Column("team", "Team", "link"), Column("size", "Size", "number"))
    rows = ((("a", "a.html", ""), (), ("", ""), 0), (("b", "b.html", ""), (), ("", ""), 0))
    made = Table("things", "thing", columns, rows)
    assert [column.key for _, column in made.visible] == ["name", "size"]
