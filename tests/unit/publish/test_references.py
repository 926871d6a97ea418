import re

import markdown as library
import pytest

from catalog_builder.files import Named
from catalog_builder.publish.references import References


def parts() -> dict[str, str]:
    return {"total": "payload.total", "lines[].sku": "payload.lines[].sku"}


NAMED = (
    Named("event", "OrderPlaced", "events/order-placed.md", ("OrderPlaced", "order-placed"), parts),
    Named("event", "Paid", "events/paid.md", ("Paid", "paid")),
    Named("event", "Paid", "events/paid-2.md", ("Paid", "paid-2")),
    Named("service", "Order service", "services/orders.md", ("Order service", "orders")),
    Named("channel", "Paid", "channels/paid.md", ("Paid", "paid")),
)
GONE = "leads to no page of the catalogue."
PATHS = [each.path for each in NAMED] + ["index.md", "events/mine.md"]


def rendered(text: str, page: str = "notes/hand.md") -> tuple[str, list[str]]:
    """The HTML, and the mistakes."""
    references = References()
    references.knows(lambda: NAMED, ["events", "services", "channels", ""], PATHS)
    references.reads(page, text)
    html = library.markdown(text, extensions=[references, "tables", "fenced_code"])
    return html, list(map(str, references.mistakes))


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[[OrderPlaced]]", '<a href="../events/order-placed.md">OrderPlaced</a>'),
        ("[[order-placed]]", '<a href="../events/order-placed.md">OrderPlaced</a>'),
        (
            "[[OrderPlaced|*the* order]]",
            '<a href="../events/order-placed.md"><em>the</em> order</a>',
        ),
        (
            "[[OrderPlaced#total]]",
            '<a href="../events/order-placed.md#payload.total">OrderPlaced.total</a>',
        ),
        (
            "[[OrderPlaced#lines[].sku|its SKU]]",
            '<a href="../events/order-placed.md#payload.lines%5B%5D.sku">its SKU</a>',
        ),
        ("[[Order service]]", '<a href="../services/orders.md">Order service</a>'),
        ("[[paid-2]]", '<a href="../events/paid-2.md">Paid</a>'),
        ("[[channel:Paid]]", '<a href="../channels/paid.md">Paid</a>'),
    ],
)
def test_what_is_there_is_linked(text: str, link: str) -> None:
    assert rendered(f"See {text}.") == (f"<p>See {link}.</p>", [])


@pytest.mark.parametrize(
    "text", ["`[[Nobody]]`", "\\[[Nobody]]", "```\n[[Nobody]]\n```", "[[ -f x ]]", "[]", "a[[0]"]
)
def test_what_is_code_or_no_reference_stays(text: str) -> None:
    html, mistakes = rendered(text)
    assert "<a " not in html
    assert mistakes == []


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            "[[OrderPlacd]]",
            "nothing in the catalogue is called `OrderPlacd`. Did you mean `[[OrderPlaced]]`?",
        ),
        ("[[zzzzzz]]", "nothing in the catalogue is called `zzzzzz`."),
        (
            "[[OrderPlaced#totl]]",
            "the event `OrderPlaced` has no `totl`. Did you mean `total`?",
        ),
        ("[[Paid]]", "`Paid` is the name of several: write `[[paid]]` or `[[paid-2]]`."),
        (
            "[x](../events/order-plced.md)",
            f"the link `../events/order-plced.md` {GONE} Did you mean `events/order-placed.md`?",
        ),
    ],
)
def test_what_is_not_there_is_told_with_its_place(text: str, mistake: str) -> None:
    assert rendered(f"# Hand\n\n{text}")[1] == [f"notes/hand.md:3: {mistake}"]


def test_links_elsewhere_are_none_of_our_business() -> None:
    text = "[a](other.md) [m](../events/mine.md) [b](https://x.example/events/gone.md)"
    text += " [c](../events/x.png) [d](#e)"
    assert rendered(text)[1] == []
    assert len(re.findall("<a ", rendered(text)[0])) == 5
