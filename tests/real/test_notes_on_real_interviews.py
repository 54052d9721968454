"""Real research notes read as they are: most of what a person would write down is found.

The notes are not part of the project. They are looked for in FIRSTHAND_DATA or beside the project, and
nothing in them is repeated here but how their files are named, without the people in the names.
"""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from stories.notes import Heard, ReadNotes, Side, read_notes

DATA = Path(os.environ.get("FIRSTHAND_DATA", Path(__file__).parents[3] / "shared" / "data")) / "interviews"
TODAY = date(2026, 11, 22)

CONVERSATIONS = (
    "20230702T174637Z",
    "20230913T192610Z",
    "20230928T040036Z",
    "20231204T233444Z",
    "20231218T230441Z",
    "20240617T190022Z",
    "20240808T055511Z",
    "20241004T155454Z",
    "20241104T210307Z",
    "20241220T070314Z",
    "20250321T055337Z",
    "20250501T060052Z",
)
"""Talks of the project's people with users, by the time that begins the file's name: no panel, teaser,
talk, round of short answers or livestream."""

UNMARKED = (
    "20231218T230441Z",
    "20241104T210307Z",
    "20250321T055337Z",
)
"""Conversations among them whose text hardly marks or does not mark who speaks."""

WRITE_UPS = (
    "2020__Fall_-_Understanding_STT_Roles__Source_of_Truth__and_Metadata.md",
    "2020__Fall_-_Understanding_STT_and_OFA_painpoints.md",
    "2020__Spring_-_Understanding_the_local_experience.md",
    "2020__Summer_-_Understanding_the_OFA_Experience.md",
    "2021__Fall_-_Investigating_Partial_Submission_&_Evaluating_TDP_Submission_History.md",
    "2021__Spring_-_Tribal_MVP_(Release_2)_Design_Sprint.md",
    "2021__Summer_-_Communicating_Errors_in_TDP_&_Validations_With_Regional_Staff.md",
    "2022__Fall_-_TDP_2.2_Pilot_Expansion.md",
    "2022__Fall_-_Understanding_STT_Error_Message_Interpretation_copy.md",
    "2022__Summer_-_TDP_2.0_Pilot_Program.md",
    "2022__Winter_-_Understanding_How_STTs_Would_Use_the_Transmission_Report_copy.md",
    "2023__Spring_-_Testing_CSV_&_Excel-based_error_reports.md",
    "2023__Winter_-_TDP_3.0_Pilot_Program.md",
    "2024__Summer_-_OFA_Admin_Experience.md",
)
"""Write-ups of sessions with users: no guide, persona, survey, workshop of the team's own, or index."""

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"NO REAL INTERVIEWS at {DATA}: set FIRSTHAND_DATA to the folder that has them"
)


def read(folder: str, name: str) -> ReadNotes:
    (notes,) = read_notes(name, (DATA / folder / name).read_bytes(), today=TODAY)
    return notes


def conversation(begins: str) -> tuple[str, ReadNotes]:
    """The file's whole name and its notes."""
    (path,) = (DATA / "otel").glob(f"{begins}-*.md")
    return path.name, read("otel", path.name)


def test_every_file_is_one_set_of_notes_with_a_title_of_its_own() -> None:
    files = sorted([*DATA.glob("otel/*.md"), *DATA.glob("tanf/*.md")])
    assert len(files) == 57
    all_notes = [read(file.parent.name, file.name) for file in files]
    titles = [notes.title.value for notes in all_notes]
    assert len(set(titles)) == len(titles)
    assert all(2 <= len(title) <= 120 and not re.search(r"&#|&amp;|[#*_\[\]]", title) for title in titles)
    assert len({notes.fingerprint for notes in all_notes}) == len(files)


@pytest.mark.parametrize("begins", CONVERSATIONS)
def test_a_conversations_day_is_the_one_of_its_file_or_its_title(begins: str) -> None:
    name, notes = conversation(begins)
    assert notes.talked_on is not None
    if "january-2023" in name:
        assert (notes.talked_on.value, notes.talked_on.until) == (date(2023, 1, 1), date(2023, 1, 31))
    else:
        assert notes.talked_on.exact
        assert notes.talked_on.value == date.fromisoformat(name[:8])


def test_the_guest_whom_the_file_names_is_the_customer() -> None:
    named = 0
    for begins in CONVERSATIONS:
        name, notes = conversation(begins)
        guest = re.search(r"(?:feat|with)-([a-z]+)", name)
        if guest is not None:
            assert guest[1] in {person.name.split()[0].casefold() for person in notes.customers}, begins
            named += 1
    assert named == 11


def test_customers_speak_in_their_own_turns_and_we_are_not_quoted() -> None:
    for begins in sorted(set(CONVERSATIONS) - set(UNMARKED)):
        name, notes = conversation(begins)
        turns = [quote for quote in notes.quotes if quote.heard is Heard.TURN]
        lines = (DATA / "otel" / name).read_text(encoding="utf-8").split("\n")
        us = {person.name for person in notes.people if person.side is Side.US}
        assert len(turns) >= 10, begins
        assert us.isdisjoint(quote.who for quote in notes.quotes), begins
        for quote in turns:
            words = re.findall(r"\w+", quote.text)[:4]
            there = re.findall(r"\w+", " ".join(lines[quote.line - 1 : quote.line + 3]))
            assert set(words) <= set(there), (begins, quote.line)


def test_of_all_quotes_in_conversations_most_are_a_customers() -> None:
    quotes = customers = 0
    for begins in CONVERSATIONS:
        _name, notes = conversation(begins)
        theirs = {person.name for person in notes.customers}
        quotes += len(notes.quotes)
        customers += sum(quote.who in theirs for quote in notes.quotes)
    assert quotes >= 150
    assert customers >= 0.75 * quotes


def test_write_ups_say_what_was_found_out_and_what_comes_next() -> None:
    all_notes = [read("tanf", name) for name in WRITE_UPS]
    assert all(notes.happened is not None and len(notes.happened.value) >= 50 for notes in all_notes)
    assert sum(notes.meaning is not None for notes in all_notes) >= 13
    assert sum(notes.wanted is not None for notes in all_notes) >= 5
    assert sum(len(notes.quotes) for notes in all_notes) >= 180
    assert sum(bool(notes.quotes) for notes in all_notes) >= 10
    for notes in all_notes:
        for part in (notes.wanted, notes.happened, notes.meaning):
            assert part is None or not re.search(r"<[a-z]+|\]\(|&#|^\|", part.value)


def test_a_season_is_a_span_and_a_winter_is_asked_about() -> None:
    for name in WRITE_UPS:
        notes = read("tanf", name)
        year = int(name[:4])
        if "Winter" in name:
            assert notes.talked_on is None
            assert {reading.year for question in notes.ambiguous_dates for reading in question.readings} == {
                year - 1,
                year,
            }
        else:
            assert notes.talked_on is not None
            assert not notes.talked_on.exact
            assert notes.talked_on.value.year == year
