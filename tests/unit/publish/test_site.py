import io
from dataclasses import replace
from pathlib import Path

import pytest

from catalog_builder.files import Body, Files, Heading, Neighbour, Page, RawFile
from catalog_builder.progress import Progress, progress_for
from catalog_builder.publish import Frame, publish
from catalog_builder.publish.site import SiteError

SITE = """
INHERIT: {shipped}
site_name: Shop
site_url: https://shop.example/catalogue/
docs_dir: docs
"""


def page(path: str, title: str, *, section: str = "Events", is_index: bool = False) -> Page:
    body = Body(f"<h1>{title}</h1><h2 id='x'>X</h2>", (Heading("X", "x"),))
    return Page(path, title, lambda: body, f"About {title}", section, is_index)


FILES = Files(
    pages=(
        page("index.md", "Home", section="", is_index=True),
        page("events/index.md", "Events", is_index=True),
        page("events/a.md", "Alpha"),
        page("events/b.md", "Beta & <Co>"),
    ),
    raw=(RawFile("data/x.js", lambda: b"x"), RawFile("assets/s.css", lambda: b"s")),
    styles=("assets/s.css",),
)


def quiet() -> Progress:
    return progress_for(io.StringIO(), quiet=True, verbose=False)


def build(folder: Path, files: Files = FILES, mkdocs_yml: Path | None = None) -> Path:
    return publish(lambda _: files, Frame("Shop", folder / "site", mkdocs_yml), quiet())


def owned(folder: Path, text: str) -> Path:
    shipped = Path(__file__).resolve().parents[3] / "docs_templates" / "site.yml"
    (folder / "docs").mkdir()
    (folder / "docs" / "hand.md").write_text(text)
    mkdocs_yml = folder / "mkdocs.yml"
    mkdocs_yml.write_text(SITE.format(shipped=shipped))
    return mkdocs_yml


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_pages_are_framed_with_their_own_words(tmp_path: Path) -> None:
    html = (build(tmp_path) / "events" / "b.html").read_text()
    assert "<title>Beta &amp; &lt;Co&gt; - Shop</title>" in html
    said = 'name="description" property="og:description" content="About Beta &amp; &lt;Co&gt;"'
    assert f"<meta {said}>" in html
    assert html.count("<h1") == 1
    assert html.count('href="#x"') == 1  # to skip to it; the table of contents is made of headings
    assert '<link rel="stylesheet" href="../assets/s.css">' in html
    assert "\ue000" not in html
    assert "%EE%80%80" not in html


def test_a_page_is_little_more_than_what_it_says(tmp_path: Path) -> None:
    html = (build(tmp_path) / "events" / "b.html").read_text()
    body = html[html.index("<article") : html.index("</article>")]
    assert len(html) - len(body) < 3000


def test_every_page_and_file_is_there_and_no_frame(tmp_path: Path) -> None:
    files = contents(build(tmp_path))
    own = {path for path in files if path.endswith(".html") or path.startswith("data/")}
    assert own == {
        "404.html",
        "data/x.js",
        "events/a.html",
        "events/b.html",
        "events/index.html",
        "index.html",
    }


def test_heads_name_what_says_the_same_to_machines(tmp_path: Path) -> None:
    feed = Neighbour(RawFile("new.xml", lambda: b"<feed/>"), "application/atom+xml", "New")
    json = Neighbour(RawFile("events/a.json", lambda: b"{}"), "application/json", "JSON")
    known = page("events/a.md", "Alpha")
    files = Files(
        pages=(*FILES.pages[:2], replace(known, neighbours=(json,)), FILES.pages[3]),
        raw=(feed.file,),
        neighbours=(feed,),
    )
    site = build(tmp_path, files, owned(tmp_path, "# Hand\n\nText"))
    heads = {
        name: (site / name).read_text().partition("</head>")[0]
        for name in ("events/a.html", "events/b.html", "hand.html", "index.html")
    }
    link = '<link rel="alternate " type="application/json" title="JSON" href="../events/a.json">'
    assert [name for name, head in heads.items() if link in head] == ["events/a.html"]
    assert (site / "events" / "a.json").read_bytes() == b"{}"
    for name, head in heads.items():
        assert f'href="{"../" * name.count("/")}new.xml"' in head
        assert '<meta property="og:site_name" content="Shop">' in head
        assert f'content="https://shop.example/catalogue/{name}"' in head
    assert '<meta property="og:title" content="Beta &amp; &lt;Co&gt;">' in heads["events/b.html"]
    assert '<meta property="og:title" content="Hand">' in heads["hand.html"]


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    mkdocs_yml = owned(tmp_path, "# Hand")
    first = contents(build(tmp_path, mkdocs_yml=mkdocs_yml))
    assert contents(build(tmp_path, mkdocs_yml=mkdocs_yml)) == first


def test_a_hand_written_page_can_link_to_a_stamped_one(tmp_path: Path) -> None:
    mkdocs_yml = owned(tmp_path, "# Hand\n\nSee [alpha](events/a.md#x).")
    site = build(tmp_path, mkdocs_yml=mkdocs_yml)
    assert '<a href="events/a.html#x">alpha</a>' in (site / "hand.html").read_text()


def test_a_wrong_link_fails_a_strict_build_and_leaves_the_old_site(tmp_path: Path) -> None:
    mkdocs_yml = owned(tmp_path, "# Hand\n\nSee [alpha](events/z.md).")
    mkdocs_yml.write_text(mkdocs_yml.read_text() + "strict: true\n")
    (tmp_path / "site").mkdir()
    old = {"catalog.json": b"old", "index.html": b"old"}
    for name, content in old.items():
        (tmp_path / "site" / name).write_bytes(content)
    with pytest.raises(SiteError):
        build(tmp_path, mkdocs_yml=mkdocs_yml)
    assert contents(tmp_path / "site") == old


def test_the_site_map_names_every_page_and_no_frame(tmp_path: Path) -> None:
    site = build(tmp_path, mkdocs_yml=owned(tmp_path, "# Hand"))
    text = (site / "sitemap.xml").read_text()
    pages = ["index", "events/index", "events/a", "events/b", "hand"]
    assert all(f"<loc>https://shop.example/catalogue/{each}.html</loc>" in text for each in pages)
    assert text.count("<loc>") == len(pages)


def test_the_owner_may_have_a_home_page_of_their_own(tmp_path: Path) -> None:
    mkdocs_yml = owned(tmp_path, "# Hand")
    (tmp_path / "docs" / "index.md").write_text("# Welcome")
    site = build(tmp_path, mkdocs_yml=mkdocs_yml)
    assert "Welcome</h1>" in (site / "index.html").read_text().replace("\n", "")[:99999].replace(
        '<a class="headerlink" href="#welcome" title="Permanent link">&para;</a>', ""
    )
    assert "<h1>Home</h1>" in (site / "overview.html").read_text()
