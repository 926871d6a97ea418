"""The theme's templates are listed without what MkDocs leaves out."""

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from catalog_builder.publish.theming import list_less
from catalog_builder.templates import shipped


def copied(theme: Theme, docs: Path) -> list[str]:
    """What MkDocs copies of a theme."""
    config = load_config(str(shipped() / "site.yml"), docs_dir=str(docs))
    config.theme = theme
    files = Files([])
    files.add_files_from_theme(theme.get_env(), config)
    return [each.src_uri for each in files]


def test_the_same_files_of_the_theme_are_copied(tmp_path: Path) -> None:
    lean = Theme("material")
    list_less(lean)
    assert copied(lean, tmp_path) == copied(Theme("material"), tmp_path) != []


def test_hidden_templates_are_found_and_not_listed(tmp_path: Path) -> None:
    (tmp_path / ".icons").mkdir()
    (tmp_path / ".icons/star.svg").write_text("<svg/>")
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials/star.html").write_text("star")
    theme = Theme(custom_dir=str(tmp_path))
    list_less(theme)
    env = theme.get_env()
    assert env.get_template(".icons/star.svg").render() == "<svg/>"
    listed = env.list_templates()
    assert "partials/star.html" in listed
    assert not [each for each in listed if each.startswith(".")]
