from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from stories import speaking
from stories.catalogues import best_for, languages
from stories.language import _, ngettext, speak, spoken
from stories.language import speaking as in_language

A_DAY = date(2026, 11, 12)


def test_there_are_english_and_a_catalogue_for_each_further_language() -> None:
    assert {"de", "en"} <= set(languages())


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de-DE", "de"),
        ("de_AT", "de"),
        ("de", "de"),
        ("en-US", "en"),
        ("es-LA", None),
        ("xx-YY", None),
        ("", None),
        ("../../etc/passwd", None),
        ("de" * 500, None),
    ],
)
def test_a_language_is_found_by_any_of_its_countries_and_nothing_by_nonsense(
    tag: str, language: str | None
) -> None:
    assert best_for(tag) == language


def test_a_sentence_is_said_in_the_language_of_the_block_and_in_english_outside() -> None:
    with in_language("de-DE"):
        assert _("Save") == "Speichern"
        with in_language("ja-JP"):
            assert _("Save") == "Save"
        assert _("no catalogue has this") == "no catalogue has this"
    assert _("Save") == "Save"


def test_the_form_of_a_sentence_follows_its_number() -> None:
    said = [ngettext("{number} day", "{number} days", number).format(number=number) for number in (0, 1, 2)]
    with in_language("de"):
        told = [
            ngettext("{number} day", "{number} days", number).format(number=number) for number in (0, 1, 2)
        ]
    assert (said, told) == (["0 days", "1 day", "2 days"], ["0 Tage", "1 Tag", "2 Tage"])


def test_numbers_that_are_filled_into_a_sentence_are_written_as_in_its_language() -> None:
    sentence = "{count:,} new answers"
    with in_language("de-DE"):
        assert ngettext("{count:,} new answer", sentence, 1234).format(count=1234) == "1.234 neue Antworten"
        assert _("{file}: {size:.1f} MB, checked.").format(file="a.b", size=1.5) == "a.b: 1,5 MB, geprüft."
    assert ngettext("{count:,} new answer", sentence, 1234).format(count=1234) == "1,234 new answers"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en-US", ["12 November 2026", "Thursday 12 November", "November 2026", "1,234.5", "12 %", "€1,200"]),
        (
            "de-DE",
            [
                "12. November 2026",
                "Donnerstag, 12. November",
                "November 2026",
                "1.234,5",
                "12 %",
                "1.200\xa0€",
            ],
        ),
        ("fr-FR", ["12 November 2026", "Thursday 12 November", "November 2026", "1,234.5", "12 %", "€1,200"]),
    ],
)
def test_days_numbers_and_amounts_are_written_as_where_the_person_is(tag: str, said: list[str]) -> None:
    with in_language(tag):
        assert [
            speaking.day(A_DAY),
            speaking.day_in_week(A_DAY),
            speaking.month(A_DAY),
            speaking.number(1234.5, 1),
            speaking.percent(0.12),
            speaking.money(Decimal(1200), "EUR"),
        ] == said
        assert speaking.clock(time(9)) == "09:00"


@pytest.mark.parametrize(("tag", "first"), [("en-US", 6), ("en-GB", 0), ("de-DE", 0), ("pt-BR", 6)])
def test_a_week_begins_as_where_the_person_is_even_where_they_are_spoken_to_in_english(
    tag: str, first: int
) -> None:
    with in_language(tag):
        assert speaking.week()[0] == first
        assert sorted(speaking.week()) == list(range(7))


def test_several_things_are_listed_as_in_the_language() -> None:
    with in_language("de"):
        assert speaking.listed(["Ada", "Ben", "Chris"]) == "Ada, Ben und Chris"
        assert speaking.either(["Ada", "Ben"]) == "Ada oder Ben"
        assert speaking.country_called("CH") == "Schweiz"
        assert speaking.language_called("en") == "Englisch"


def test_a_page_names_its_language_and_its_direction() -> None:
    speak("de-CH")
    assert (speaking.written_as(), speaking.direction()) == ("de-CH", "ltr")
    speak("en-US")
    assert (speaking.written_as(), spoken().language) == ("en-GB", "en")
