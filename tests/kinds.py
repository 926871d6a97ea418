"""One page of each kind of the demo site, for whatever judges pages."""

from pathlib import Path

KINDS = (
    "index.html",
    "events/index.html",
    "events/order-placed.html",
    "services/index.html",
    "services/order-service.html",
    "channels/index.html",
    "channels/orders.confirmed.html",
    "fields/index.html",
    "domains/index.html",
    "domains/ordering.html",
    "teams/index.html",
    "teams/checkout.html",
    "map/index.html",
    "similar/index.html",
    "changes/index.html",
    "health/index.html",
    "guide/index.html",
    "guide/configuration.html",
)


def kinds_of(site: Path) -> set[tuple[str, bool]]:
    """Folders of pages, and whether it is their index, as far as pages lie in them."""
    return {_kind(path.relative_to(site).as_posix()) for path in site.rglob("*.html")} - {
        ("404.html", False)
    }


def kinds_listed() -> set[tuple[str, bool]]:
    """The same of the pages above."""
    return {_kind(each) for each in KINDS}


def _kind(path: str) -> tuple[str, bool]:
    folder, _, name = path.rpartition("/")
    return (folder or (name if name == "404.html" else ""), name == "index.html")
