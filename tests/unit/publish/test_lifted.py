from catalog_builder.publish.lifted import lifted
from catalog_builder.publish.shell import hole

SCOPE = '<script>__md_scope=new URL("..",location),a=e=>e<<5</script>'
HEADER = f'<header class="md-header x"><div><div>{hole("title")}</div></div></header>'
PATH = '<nav class="md-path"><a href="../index.html">Home</a></nav>'
TOC = (
    '<div class="md-sidebar md-sidebar--secondary" x><ul data-md-component="toc">\n'
    f'<li class="y"><a href="#{hole("anchor")}">{hole("heading")}</a></li>\n</ul></div>'
)
CONFIG = '<script id="__config" type="application/json">{"features": ["toc.follow"]}</script>'


def frame(header: str = HEADER, path: str = PATH, footer: str = "", config: str = CONFIG) -> str:
    return (
        f"<head>{SCOPE}<script>own()</script></head><body>{header}\n{TOC}"
        f'{path}<article>{hole("content")}</article><footer class="md-footer">{footer}</footer>'
        f'<div class="md-dialog" x></div>{config}<script src="bundle.js"></script></body>'
    )


def test_what_all_pages_have_alike_is_said_once_in_a_script() -> None:
    made = lifted(frame(), "../")
    assert made.html == (
        f'<head><script src="../{made.path}"></script><script>own()</script></head><body>'
        f"<cat-part></cat-part>{PATH}<article>{hole('content')}</article>"
        '<cat-part></cat-part><script src="bundle.js"></script></body>'
    )
    script = made.script.decode()
    assert script.startswith(SCOPE.removeprefix("<script>").removesuffix("</script>"))
    for word in ('<header class=\\"md-header x\\">', "\\ue000heading\\ue001", "toc.follow"):
        assert word in script


def test_readers_without_scripts_keep_the_header_where_there_is_no_other_way_home() -> None:
    assert HEADER in lifted(frame(path=""), "../").html


def test_a_footer_that_says_something_stays() -> None:
    said = '<a href="https://shop.example">Shop</a>'
    assert said in lifted(frame(footer=said), "../").html
    assert "<footer" not in lifted(frame(footer="<div> </div>"), "../").html


def test_a_header_that_says_what_only_the_page_knows_stays() -> None:
    header = HEADER.replace("</header>", f"{hole('path')}</header>")
    assert header in lifted(frame(header=header), "../").html


def test_a_frame_that_is_not_known_stays_as_it_is() -> None:
    unknown = frame().replace("__md_scope", "another")
    instant = frame(config=CONFIG.replace("toc.follow", "navigation.instant"))
    assert [lifted(each, "").html for each in (unknown, instant)] == [unknown, instant]
