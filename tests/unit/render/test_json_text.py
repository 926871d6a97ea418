from catalog_builder.render.json_text import json_html, json_text


def test_every_part_of_json_is_escaped_and_coloured() -> None:
    assert json_html({"a<b": ['x"y', -1.5, True, None]}) == (
        '{\n  <span class="nt">"a&lt;b"</span>: [\n'
        '    <span class="s2">"x\\"y"</span>,\n'
        '    <span class="mi">-1.5</span>,\n'
        '    <span class="kc">true</span>,\n'
        '    <span class="kc">null</span>\n  ]\n}'
    )


def test_json_is_indented_whatever_stands_in_it() -> None:
    value = {"big": 2**70, "lone": "\ud800", "none": [], "text": 'a: "b", 1'}
    assert json_text(value) == (
        '{\n  "big": 1180591620717411303424,\n  "lone": "\ud800",\n  "none": [],\n'
        '  "text": "a: \\"b\\", 1"\n}'
    )
    assert json_html({"text": 'a: "b", 1'}) == (
        '{\n  <span class="nt">"text"</span>: <span class="s2">"a: \\"b\\", 1"</span>\n}'
    )
