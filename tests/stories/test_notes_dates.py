from __future__ import annotations

from datetime import date

import pytest

from stories.notes import ReadNotes, Source, read_notes
from stories.notes.date_words import without_dates

TODAY = date(2026, 11, 22)


def read(text: str, name: str = "notes.md") -> ReadNotes:
    (notes,) = read_notes(name, text.encode(), today=TODAY)
    return notes


@pytest.mark.parametrize(
    ("text", "name", "day", "line"),
    [
        ("# Talk\n\n**Date:** March 3rd, 2024\n", "a.md", date(2024, 3, 3), 3),
        ("Talk\nWhen: 3 Mar 2024, 10:00\n", "a.md", date(2024, 3, 3), 2),
        ("Talk\nInterview date: 2024/03/03\n", "a.md", date(2024, 3, 3), 2),
        ("Talk\nDatum: 3. März 2024\n", "a.md", date(2024, 3, 3), 2),
        ("Talk\nDate: 3 mars 2024\n", "a.md", date(2024, 3, 3), 2),
        ("Talk\nDate: 23/04/2024\n", "a.md", date(2024, 4, 23), 2),
        ("Talk\nDate: 3.4.2024\n", "a.md", date(2024, 4, 3), 2),
        ("# Visit on 3 March 2024\nx", "a.md", date(2024, 3, 3), 1),
        ("# Mill\nx", "20240303T101500Z-call.md", date(2024, 3, 3), 0),
        ("# Mill\nx", "2024-03-03 call.md", date(2024, 3, 3), 0),
        ("# Talk\n\nPublished on 2024-03-03T10:00:00Z\n", "a.md", date(2024, 3, 3), 3),
        (
            "---\ninterview_date: 2024-03-03\n---\n# Talk\nDate: 2020-01-01",
            "2021-01-01.md",
            date(2024, 3, 3),
            2,
        ),
    ],
)
def test_the_day_is_found_where_the_notes_say_it(text: str, name: str, day: date, line: int) -> None:
    found = read(text, name).talked_on
    assert found is not None
    assert (found.value, found.line, found.exact) == (day, line, True)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("January 2023", date(2023, 1, 1), date(2023, 1, 31)),
        ("2020, Fall", date(2020, 9, 1), date(2020, 11, 30)),
        ("Summer 2024", date(2024, 6, 1), date(2024, 8, 31)),
        ("November 2026", date(2026, 11, 1), TODAY),
    ],
)
def test_a_month_or_a_season_is_a_span_of_days(written: str, first: date, last: date) -> None:
    found = read(f"# {written} - talks with two bakers\nx").talked_on
    assert found is not None
    assert (found.value, found.until, found.exact) == (first, last, False)


def test_a_day_inside_the_titles_month_tells_it_better() -> None:
    found = read("# Round table January 2023 with bakers\nx", "2023-01-17.md").talked_on
    assert found is not None
    assert (found.value, found.source) == (date(2023, 1, 17), Source.FILE_NAME)


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("03/04/2024", (date(2024, 4, 3), date(2024, 3, 4))),
        ("3-4-24", (date(2024, 4, 3), date(2024, 3, 4))),
        ("March 3", (date(2026, 3, 3),)),
        ("2027-01-01", (date(2027, 1, 1),)),
        ("Winter 2022", (date(2021, 12, 1), date(2022, 12, 1))),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_about(written: str, readings: tuple[date, ...]) -> None:
    notes = read(f"Talk\nDate: {written}\n")
    assert notes.talked_on is None
    assert [(d.words, d.line, d.readings) for d in notes.ambiguous_dates] == [(written, 2, readings)]


def test_another_date_in_the_notes_settles_it() -> None:
    notes = read("Talk\nDate: 03/04/2024\n", "2024-04-03 call.md")
    assert notes.ambiguous_dates == ()
    assert notes.talked_on is not None
    assert notes.talked_on.value == date(2024, 4, 3)


@pytest.mark.parametrize("written", ["yesterday", "soon", "Q3", "31/31/2024", "2024-02-31", "version 12"])
def test_what_is_no_date_is_no_date(written: str) -> None:
    notes = read(f"Talk\nDate: {written}\n")
    assert (notes.talked_on, notes.ambiguous_dates) == (None, ())


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("2020, Fall - Talking to bakers", "Talking to bakers"),
        ("Talking to bakers (March 2024)", "Talking to bakers"),
        ("Bakers in March 2024 and later", "Bakers in March 2024 and later"),
        ("2024-03-03", "2024-03-03"),
    ],
)
def test_a_title_goes_without_its_date(title: str, bare: str) -> None:
    assert without_dates(title) == bare
