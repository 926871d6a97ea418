from catalog_builder.render.json_text import json_html, json_text


def test_json_in_pages_is_escaped_and_in_one_line() -> None:
    assert json_html({"a<b": ['x"y', "  &", 2**70]}) == (
        '{"a&lt;b":["x\\"y","  &amp;",1180591620717411303424]}'
    )


def test_json_is_indented_whatever_stands_in_it() -> None:
    value = {"big": 2**70, "lone": "\ud800", "none": [], "text": 'a: "b", 1'}
    assert json_text(value) == (
        '{\n  "big": 1180591620717411303424,\n  "lone": "\ud800",\n  "none": [],\n'
        '  "text": "a: \\"b\\", 1"\n}'
    )
