from catalog_builder.files import Body, Heading
from catalog_builder.publish.shell import cut, hole

FRAME = f"""
<title>{hole("title")} - Shop</title>
<link rel="canonical" href="https://shop.example/events/%EE%80%80path%EE%80%81.html">
<ul>

  <li class="entry"><a href="#{hole("anchor")}">{hole("heading")}</a></li>
</ul>
<a href="#{hole("anchor")}">Skip</a>
<article>{hole("content")}</article>
"""


def test_a_shell_is_filled_with_what_a_page_says() -> None:
    body = Body("<h1>A</h1>", (Heading("Payload", "payload"), Heading("R & D", "r")))
    page = cut(FRAME).stamp(title="A", description="", path="a", body=body)
    assert page == (
        "\n<title>A - Shop</title>\n"
        '<link rel="canonical" href="https://shop.example/events/a.html">\n'
        '<ul>\n<li class="entry"><a href="#payload">Payload</a></li>\n'
        '<li class="entry"><a href="#r">R &amp; D</a></li>\n</ul>\n'
        '<a href="#payload">Skip</a>\n<article><h1>A</h1></article>\n'
    )


def test_titles_are_plain_text_whatever_they_hold() -> None:
    title = f'<script>"{hole("content")}'
    page = cut("<title>" + hole("title") + "</title>").stamp(
        title=title, description="", path="a", body=Body("never")
    )
    assert page == "<title>&lt;script&gt;&quot;content</title>"
