"""Finding people, companies, places, addresses and numbers."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.identities import Kind, Why, find
from stories.names import NamesOf

NOBODY = NamesOf(full_name="")


def found(text: str, known: NamesOf = NOBODY) -> list[tuple[str, str]]:
    return [(one.kind.value, one.text) for one in find(text, known=known)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I asked Oluwadamilola Eze to look at it.", "Oluwadamilola Eze"),
        ("My colleague Zsófia ran it again.", "Zsófia"),
        ("Mr van der Berg never answered.", "van der Berg"),
        ("Then Grace said it would never work.", "Grace"),
        ("**Grace:** It was refused again.", "Grace"),
        ("Thank you so much, Mark.", "Mark"),
        ("Connor McAllister signed it.", "Connor McAllister"),
        ("It was Jean-Luc Moreau who found it.", "Jean-Luc Moreau"),
    ],
)
def test_people_are_found_however_their_names_look(text: str, name: str) -> None:
    assert ("person", name) in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I'm an engineer at Brixelby.", "Brixelby"),
        ("At Brixelby we do it by hand.", "Brixelby"),
        ("We buy it from Harrow Foods Ltd every week.", "Harrow Foods Ltd"),
        ("Somebody from Brixelby called.", "Brixelby"),
        ("She works for Trellis Housing Group.", "Trellis Housing Group"),
    ],
)
def test_companies_are_found_where_somebody_works_or_by_their_form(text: str, name: str) -> None:
    assert ("company", name) in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Our office in Wolverhampton closes at four.", "Wolverhampton"),
        ("I live in Mytholmroyd with my family.", "Mytholmroyd"),
        ("They moved to Salt Lake City.", "Salt Lake City"),
        ("The Cork branch has no scanner.", "Cork"),
    ],
)
def test_towns_are_found_listed_or_not(text: str, name: str) -> None:
    assert ("place", name) in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We moved to Leeds in spring.", "Leeds"),
        ("She runs a bakery in Leeds.", "Leeds"),
        ("Leeds is far away for us.", "Leeds"),
        ("Bakery, Leeds", "Leeds"),
        ("In Berlin nobody asks for that.", "Berlin"),
        ("We went from Reading, and the till in Bath was down.", "Bath"),
        ("The address ends in London NW1.", "London"),
        ("Her shop in Hebden Bridge has two tills.", "Hebden Bridge"),
        ("Hebden Bridge is too far to drive.", "Hebden Bridge"),
        ("Reading is too far to drive every week.", "Reading"),
        ("We gave up. Bath was an hour away, and the van is old.", "Bath"),
        ("It stopped near Sowerby Bridge station.", "Sowerby Bridge"),
        ("Our flour comes from Todmorden.", "Todmorden"),
        ("We sell it in Ottery Quellbridge.", "Ottery Quellbridge"),
        ("Two of us drive to Quellau Springs.", "Quellau Springs"),
        ("The parcels come from Wrocław.", "Wrocław"),
    ],
)
def test_towns_are_found_where_people_speak_of_them_in_passing(text: str, name: str) -> None:
    assert ("place", name) in found(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sie wohnt in Bad Tölz.", ["Bad Tölz"]),
        ("Wir sind nach Leeds gezogen.", ["Leeds"]),
        ("Er arbeitet in München und fährt oft nach Köln.", ["München", "Köln"]),
        ("Das Essen in Essen war gut, und der Zug kam spät.", ["Essen"]),
        ("Ihr Laden in Halle ist klein, die Halle dahinter groß.", ["Halle"]),
        ("Bei Regen steht das Lager unter Wasser, das war in Ordnung.", []),
    ],
)
def test_towns_are_found_in_german_and_nouns_that_are_called_alike_are_not(
    text: str, names: list[str]
) -> None:
    assert [name for kind, name in found(text) if kind == "place"] == names


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("They are at 12 Mill Lane.", "12 Mill Lane"),
        ("They are at 12 mill lane now.", "12 mill lane"),
        ("Send it to Flat 2, 221B Baker Street, please.", "Flat 2, 221B Baker Street"),
        ("We met at 350 5th Avenue.", "350 5th Avenue"),
        ("It is 10 Downing St and no other.", "10 Downing St"),
        ("Our shop on Station Road is small.", "Station Road"),
        ("The postcode is HX7 8AA.", "HX7 8AA"),
        ("Unser Laden am Marktplatz 3 ist klein.", "Marktplatz 3"),
        ("Er arbeitet in der Hauptstraße 14a.", "Hauptstraße 14a"),
        ("Es ist die Berliner Str. 5, hinten links.", "Berliner Str. 5"),
        ("Sie wohnt in 83646 Bad Tölz.", "83646 Bad Tölz"),
    ],
)
def test_streets_are_found_by_their_form(text: str, address: str) -> None:
    assert ("address", address) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "It has 3 Google Drive folders, a 4 lane road and 2 Square readers.",
        "We came by road, all 14 people, in 2024 and by the same lane.",
        "Der Arbeitsweg dauert 20 Minuten, der Parkplatz 12 kam auf Platz 3.",
        "Auf dem Marktplatz 20 Minuten warten, im Jahr 2024.",
    ],
)
def test_numbers_beside_other_words_are_no_address(text: str) -> None:
    assert [name for kind, name in found(text) if kind == "address"] == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Write to ana.sousa@example.org.", "email", "ana.sousa@example.org"),
        ("You can reach me on +44 7700 900142.", "phone", "+44 7700 900142"),
        (
            "The money went to GB29 NWBK 6016 1331 9268 19 by mistake.",
            "account",
            "GB29 NWBK 6016 1331 9268 19",
        ),
        ("I paid with 4111 1111 1111 1111.", "account", "4111 1111 1111 1111"),
        ("My customer number is 8841207.", "account", "8841207"),
        ("It says policy number HX-448120.", "account", "HX-448120"),
    ],
)
def test_addresses_and_numbers_are_found_by_their_form(text: str, kind: str, value: str) -> None:
    assert (kind, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "We moved it all to Kubernetes and Excel in May.",
        "How Will It Scale on Monday? The Quick Report Says.",
        "I'm American, and in Germany nobody does that.",
        "It took 4111 1111 1111 1112 steps, or 2,500 of them, since 2019-2020.",
        "The account was closed. The number is large. Order by Friday.",
        "GB29 NWBK 6016 1331 9268 18 has a digit wrong.",
        "OpenTelemetry, DevOps and the API have been a pain for us.",
    ],
)
def test_tools_days_countries_and_plain_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "I asked Zsófia Balogh. Later Balogh was gone, and so was what Zsófia built."
    assert found(text) == [
        ("person", "Zsófia Balogh"),
        ("person", "Balogh"),
        ("person", "Zsófia"),
    ]


def test_a_name_is_one_kind_throughout() -> None:
    kinds = {kind for kind, name in found("I work at Brixelby. Brixelby told us so.") if name == "Brixelby"}
    assert kinds == {"company"}


def test_the_customers_own_names_are_known_in_every_form() -> None:
    known = NamesOf(full_name="Marta Ortega", company="Brixelby Ltd")
    text = "M. Ortega of brixelby wrote: marta.ortega@example.com. Her mother Zsófia Ortega agreed."
    whys = {one.text: one.why for one in find(text, known=known)}
    assert whys["M. Ortega"] is Why.KNOWN
    assert whys["brixelby"] is Why.KNOWN
    assert "Zsófia" in whys, "what does not belong to the customer is found beside it"


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_findings_are_slices_in_order_without_overlaps_whatever_is_written(text: str) -> None:
    last = 0
    for one in find(text, known=NamesOf(full_name="Jo Li", company="Acme")):
        assert text[one.start : one.end] == one.text
        assert last <= one.start < one.end
        last = one.end


@given(
    st.sampled_from(["Priya Raman", "Oskar Lehto", "Ximena Ibarra", "Kwame Boateng"]),
    st.text(st.sampled_from("abc ,.!?\n"), max_size=60),
)
@settings(max_examples=60, deadline=None)
def test_a_full_name_is_found_whatever_stands_around_it(name: str, around: str) -> None:
    text = f"{around} I asked {name} again. {around}"
    assert any(name in one.text and one.kind is Kind.PERSON for one in find(text, known=NOBODY))


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "a@",
        "a.b.",
        "A-",
        "Ab & ",
        "Aa Bb Cc ",
        "1 ",
        "GB29 1234 ",
        "Van der ",
        "12 Aa Bb ",
        "Hauptstraße",
        "I asked Zsófia Balogh. ",
    ],
)
def test_hostile_lengths_take_no_longer_than_a_person_waits(piece: str) -> None:
    text = piece * (14_000 // len(piece))
    begin = time.process_time()
    find(text, known=NamesOf(full_name="Jo Li", company="Acme"))
    assert time.process_time() - begin < 5
