from catalog_builder.render.json_text import json_html


def test_every_part_of_json_is_escaped_and_coloured() -> None:
    assert json_html({"a<b": ['x"y', -1.5, True, None]}) == (
        '{\n  <span class="nt">&#34;a&lt;b&#34;</span>: [\n'
        '    <span class="s2">&#34;x\\&#34;y&#34;</span>,\n'
        '    <span class="mi">-1.5</span>,\n'
        '    <span class="kc">true</span>,\n'
        '    <span class="kc">null</span>\n  ]\n}'
    )
