"""An owner's `mkdocs.yml` brands the site as it brands any Material site."""

from pathlib import Path

import pytest

from tests.unit.test_mkdocs_plugin import ROOT, SPECIFICATION, ran

MKDOCS = """
INHERIT: {shipped}
site_name: Acme events
site_url: https://events.acme.example/catalogue/
site_description: What Acme sends
docs_dir: docs
repo_url: https://git.acme.example/docs
edit_uri_template: "https://git.acme.example/docs/edit/main/{{path}}"
copyright: © Acme, <a href="https://acme.example/legal">legal</a>
theme:
  name: material
  logo: assets/logo.svg
  favicon: assets/icon.svg
  custom_dir: overrides
  features: [content.action.edit]
  palette: {{scheme: default, primary: teal, accent: pink}}
extra_css: [stylesheets/acme.css]
extra:
  social: [{{icon: material/chat, link: "https://chat.acme.example", name: Chat}}]
plugins:
  - catalog:
      config: catalog.yml
"""
FILES = {
    "docs/hand.md": "# Hand",
    "docs/assets/logo.svg": "<svg/>",
    "docs/assets/icon.svg": "<svg/>",
    "docs/stylesheets/acme.css": "@font-face { font-family: Inter; src: url(inter.woff2) }",
    "overrides/main.html": '{% extends "base.html" %}{% block announce %}Frozen{% endblock %}',
    "overrides/partials/source.html": "<b>Our forge</b>",
    "templates/teams.html": "<h1>Ask in #events</h1>",
    "templates/assets/event.css": "/* ours */",
    "specs/orders/asyncapi.yaml": SPECIFICATION,
    "catalog.yml": "sources: [{path: specs/*}]\ntemplates: templates",
    "mkdocs.yml": MKDOCS.format(shipped=ROOT / "docs_templates" / "site.yml"),
}


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("acme")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    done = ran(folder, "catalog_builder", "build")
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.mark.parametrize("name", ["events/order-placed.html", "events/index.html", "hand.html"])
def test_every_page_wears_the_owners_colours(acme: Path, name: str) -> None:
    html = (acme / name).read_text()
    up = "../" * name.count("/")
    assert "Acme events</title>" in html
    assert f'<img src="{up}assets/logo.svg" alt="logo">' in html
    assert f'<link rel="icon" href="{up}assets/icon.svg">' in html
    assert 'data-md-color-primary="teal" data-md-color-accent="pink"' in html
    assert f'<link rel="stylesheet" href="{up}stylesheets/acme.css">' in html
    assert '© Acme, <a href="https://acme.example/legal">legal</a>' in html
    assert "https://chat.acme.example" in html
    assert "Frozen" in html
    assert "<b>Our forge</b>" in html
    assert "fonts.g" not in html
    assert f'<link rel="canonical" href="https://events.acme.example/catalogue/{name}">' in html
    assert '<meta property="og:site_name" content="Acme events">' in html


def test_only_what_the_owner_wrote_is_edited_in_the_owners_repository(acme: Path) -> None:
    edited = "https://git.acme.example/docs/edit/main/"
    assert f"{edited}hand.md" in (acme / "hand.html").read_text()
    assert edited not in (acme / "events/order-placed.html").read_text()
    assert edited not in (acme / "events/index.html").read_text()


def test_one_template_is_replaced_and_the_others_stay(acme: Path) -> None:
    assert "<h1>Ask in #events</h1>" in (acme / "teams/index.html").read_text()
    assert '<p class="cat-kind">Event</p>' in (acme / "events/order-placed.html").read_text()
    styles = [path.read_text() for path in acme.glob("assets/catalog/catalog.*.css")]
    assert [("/* ours */" in each, ".cat-chips" in each) for each in styles] == [(True, True)]
