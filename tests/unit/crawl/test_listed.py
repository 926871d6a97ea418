"""Repositories that somebody else's list names."""

from pathlib import Path

import pytest

from catalog_builder.config import Settings
from catalog_builder.crawl.found import Problem
from catalog_builder.crawl.listing import Listed
from catalog_builder.crawl.remote import bring_listed
from catalog_builder.crawl.run import Run
from catalog_builder.progress import Silent
from tests.remotes import SPEC, remote, served


def run(tmp_path: Path) -> Run:
    return Run(Settings(root=tmp_path / "catalogue"), Silent())


@pytest.mark.parametrize("form", ["file://{}", "{}", "../orders.git"])
def test_a_list_cannot_lead_to_this_machines_disk(tmp_path: Path, form: str) -> None:
    orders = remote(tmp_path, "orders", {"asyncapi.yaml": SPEC})
    [delivery] = bring_listed([Listed("orders", form.format(orders.bare))], run(tmp_path))
    assert delivery.found is None
    assert isinstance(delivery.failure, Problem)
    assert delivery.failure.code == "repository-refused"


@pytest.mark.parametrize(
    "address",
    [
        "-oProxyCommand=touch hurt:x",
        "ext::sh -c 'touch hurt'",
        "ssh://-oProxyCommand=touch%20hurt/x",
        "git://127.0.0.1/x",
    ],
)
def test_a_list_cannot_make_git_run_anything(tmp_path: Path, address: str) -> None:
    [delivery] = bring_listed([Listed("orders", address)], run(tmp_path))
    assert delivery.found is None
    assert not list(tmp_path.rglob("hurt"))
    assert not Path("hurt").exists()


def test_what_a_list_tells_is_kept_and_the_head_is_not_asked_for(tmp_path: Path) -> None:
    (tmp_path / "repositories").mkdir()
    orders = remote(tmp_path / "repositories", "orders", {"asyncapi.yaml": SPEC})
    with served(tmp_path / "repositories") as forge:
        listed = Listed(
            "orders",
            f"{forge.url}/orders.git",
            url="https://forge.example/acme/orders/",
            parents=("acme",),
            branch="main",
            head=orders.commit,
            archived=True,
        )
        [first] = bring_listed([listed], run(tmp_path))
        asked = len(forge.asked)
        second, third = bring_listed([listed, listed], run(tmp_path))
        assert len(forge.asked) == asked
    assert first.found is not None
    assert first.found.repository.url == "https://forge.example/acme/orders"
    assert (first.found.repository.archived, first.found.parents) == (True, ("acme",))
    assert first.found == second.found == third.found
    assert (first.is_fresh, second.is_fresh) == (True, False)


def test_a_user_in_a_listed_address_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "repositories").mkdir()
    remote(tmp_path / "repositories", "orders", {"asyncapi.yaml": SPEC})
    with served(tmp_path / "repositories") as forge:
        address = forge.url.replace("://", "://acme@") + "/orders.git"
        [delivery] = bring_listed([Listed("orders", address)], run(tmp_path))
        assert delivery.found is not None
        assert {authorization for _, authorization in forge.asked} == {""}
