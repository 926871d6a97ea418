from collections.abc import Callable, Mapping
from pathlib import Path

from catalog_builder.config import Surroundings, draft, read_settings
from catalog_builder.crawl import crawl, look_around

Written = Callable[[Mapping[str, str | bytes]], Path]
SPEC = "asyncapi: 3.0.0\n"


def test_documents_remotes_and_mkdocs_around_are_seen(
    written: Written, git: Callable[..., str]
) -> None:
    root = written(
        {
            "orders/x.yaml": SPEC,
            "stock/api/y.json": '{"asyncapi": "2.6.0"}',
            "stock/other.yaml": "a: b",
            "mkdocs.yml": "site_name: a",
        }
    )
    for name in ("orders", "stock"):
        git(root / name, "init")
        git(root / name, "remote", "add", "origin", f"https://t0ken@github.com/acme/{name}.git")
        git(root / name, "add", ".")
        git(root / name, "commit", "-m", "first")
    assert look_around(root) == Surroundings(
        title="Estate",
        specifications=("orders/x.yaml", "stock/api/y.json"),
        repository=False,
        remotes=("https://github.com/acme/orders", "https://github.com/acme/stock"),
        mkdocs=True,
    )


def test_an_empty_folder_is_no_trouble(written: Written) -> None:
    assert look_around(written({})) == Surroundings(title="Estate")


def test_a_draft_of_what_lies_around_brings_all_of_it(written: Written) -> None:
    root = written({"specs/a b/x.yaml": SPEC, "specs/ü/d/y.yaml": SPEC, 'specs/# "c"/z.yaml': SPEC})
    path = root / "catalog.yml"
    path.write_text(draft(look_around(root)), encoding="utf-8")
    found = crawl(read_settings(path))
    assert [each.repository.name for each in found.checkouts] == ['# "c"', "a b", "ü"]
    assert [state.documents for state in found.report] == [3]
