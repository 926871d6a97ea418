from catalog_builder.graph import Flow
from catalog_builder.model import Event, Field, Shape, Variant
from catalog_builder.render import View, render
from catalog_builder.render.dictionary import Meaning, dictionary
from catalog_builder.templates import Templates
from tests.catalogues import catalogue


def event(id_: str, *fields: Field, variants: tuple[Variant, ...] = ()) -> Event:
    return Event(id_, id_.title(), shape=Shape(fields=fields, variants=variants))


def test_events_that_agree_give_a_name_one_meaning() -> None:
    sku = Field("sku", "string", required=True)
    (word,) = dictionary([event("b", sku), event("a", sku)])
    assert word.meanings == (Meaning("string", "", 2, (("a", "sku"), ("b", "sku"))),)
    assert (word.events, word.required, word.differs_in) == (2, 2, "")


def test_events_that_disagree_are_told_the_most_common_first() -> None:
    (word,) = dictionary(
        [
            event("a", Field("total", "number")),
            event("b", Field("total", "string")),
            event("c", Field("total", "string")),
        ]
    )
    assert [(each.type, each.events) for each in word.meanings] == [("string", 2), ("number", 1)]
    assert word.differs_in == "types"


def test_a_format_of_its_own_is_a_smaller_difference_than_a_type() -> None:
    (word,) = dictionary(
        [event("a", Field("at", "string", format="date")), event("b", Field("at", "string"))]
    )
    assert word.differs_in == "formats"


def test_a_field_of_any_type_contradicts_nobody() -> None:
    (word,) = dictionary([event("a", Field("x", "any")), event("b", Field("x", "string"))])
    assert word.differs_in == ""


def test_one_event_with_a_name_in_two_places_counts_once() -> None:
    inner = Field("id", "string")
    made = event("a", inner, Field("customer", "object", fields=(inner,)))
    word = next(each for each in dictionary([made]) if each.name == "id")
    assert (word.events, word.meanings) == (1, (Meaning("string", "", 1, (("a", "id"),)),))


def test_a_field_in_a_variant_leads_to_all_fields() -> None:
    made = event("a", variants=(Variant("Card", fields=(Field("pan", "string"),)),))
    (word,) = dictionary([made])
    assert word.meanings[0].first == (("a", ""),)


def test_no_more_examples_are_kept_than_are_shown() -> None:
    (word,) = dictionary(event(f"e{each:03}", Field("x", "string")) for each in range(100))
    assert (word.events, len(word.meanings[0].first)) == (100, 3)


def test_the_page_leads_to_the_events_and_to_the_table_of_them() -> None:
    made = catalogue(
        events=[event("a", Field("a b", "number")), event("b", Field("a b", "string"))]
    )
    view = View(made, Flow(made))
    files = render(view, Templates(), directory_urls=False, pictures={}, contents={})
    html = next(each for each in files.pages if each.path == "fields/index.md").body().html
    assert 'href="../events/index.html?fields=a+b"' in html
    assert 'href="../events/a.html#payload.a-b"' in html
