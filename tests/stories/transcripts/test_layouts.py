"""One made-up talk in the layouts of Zoom, Teams, Meet and Otter and as a table: it reads the same."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from stories.notes import Side, Source
from stories.transcripts import ENDINGS, Transcript, read_transcript
from stories.transcripts.heading import title_of
from stories.transcripts.values import Format

SAMPLES = Path(__file__).parent / "samples"
FILES = sorted(path.name for path in SAMPLES.iterdir())
TODAY = date(2026, 11, 22)
TALKED = date(2024, 3, 5)

DATELESS = {"Kitchen call - Transcript.md", "Kitchen call_otter_ai.srt", "meeting_saved_closed_caption.txt"}
"""Names without a date; the first of them has one at its head."""


def sample(name: str) -> Transcript:
    return read_transcript(name, (SAMPLES / name).read_bytes(), today=TODAY)


@pytest.mark.parametrize("name", FILES)
def test_the_same_talk_reads_the_same_in_every_layout(name: str) -> None:
    read = sample(name)
    assert [turn.who for turn in read.turns] == ["Tom Beck", "Ana Souza"] * 5
    assert read.turns[3].text == (
        "Last month the potatoes came twice and the milk did not come at all. "
        "I stood at the supermarket at six in the morning with my own credit card."
    )
    assert read.fingerprint == sample(FILES[0]).fingerprint
    assert (read.language.code, read.language.share > 0.1) == ("en", True)
    assert len(read.language.words) >= 3


@pytest.mark.parametrize("name", FILES)
def test_who_asks_is_us_and_who_tells_is_the_customer_and_it_says_why(name: str) -> None:
    customer, us = sample(name).voices
    assert (customer.who, customer.side, us.who, us.side) == ("Ana Souza", Side.CUSTOMER, "Tom Beck", Side.US)
    assert (customer.words, customer.share, customer.asks, us.asks) == (129, 0.75, 0, 1)
    assert customer.why
    assert us.why == "100% of their turns end in a question"


@pytest.mark.parametrize("name", FILES)
def test_each_turn_knows_its_line_and_its_moment(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    read = sample(name)
    if not name.endswith(".docx"):
        lines = data.decode("utf-8-sig").splitlines()
        first = read.turns[3].text.split()[:3]
        near = " ".join(lines[read.turns[3].line - 1 : read.turns[3].line + 2])
        assert " ".join(first) in near
    seconds = 0 if " - Transcript" in name else 28 if name.startswith("meeting") else 31
    if name != "kitchen call.csv":
        at = read.turns[3].at
        assert at is not None
        assert abs(at - timedelta(seconds=seconds)) < timedelta(seconds=1)


@pytest.mark.parametrize("name", sorted(set(FILES) - DATELESS))
def test_the_day_is_in_the_name_or_at_the_head(name: str) -> None:
    day = sample(name).day
    assert day is not None
    assert (day.value, day.exact) == (TALKED, True)
    assert (day.line == 0) == (day.source is Source.FILE_NAME)


def test_the_day_at_the_head_of_meets_markdown_and_none_where_there_is_none() -> None:
    meet = sample("Kitchen call - Transcript.md").day
    assert meet is not None
    assert (meet.value, meet.line, meet.words) == (TALKED, 3, "Mar 5, 2024")
    assert sample("Kitchen call_otter_ai.srt").day is None
    assert sample("meeting_saved_closed_caption.txt").day is None


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Kitchen call-20240305_140012-Meeting Recording.docx", "Kitchen call"),
        ("Kitchen call-20240305_140012-Meeting Recording.vtt", "Kitchen call"),
        ("Kitchen call (2024-03-05 14_00 GMT+1) - Transcript.docx", "Kitchen call"),
        ("Kitchen call_otter_ai.txt", "Kitchen call with Ana Souza"),
        ("Kitchen call_otter_ai.srt", "Kitchen call"),
        ("kitchen-call-2024-03-05.csv", "Kitchen call"),
        ("GMT20240305-140012_Recording.transcript.vtt", "Recording"),
    ],
)
def test_titles_are_without_what_tools_add(name: str, title: str) -> None:
    assert sample(name).title.value == title


def test_whoever_is_listed_as_present_is_known_even_when_silent() -> None:
    named = ("Ana Souza", "Tom Beck", "Lena Vogt")
    for name in ("Kitchen call - Transcript.md", "Kitchen call (2024-03-05 14_00 GMT+1) - Transcript.docx"):
        assert sample(name).attendees == named


def test_a_guest_in_teams_and_a_name_in_the_title_are_evidence() -> None:
    teams = sample("Kitchen call-20240305_140012-Meeting Recording.vtt").voices[0]
    assert teams.why == "the file marks them as a guest"
    assert sample("Kitchen call_otter_ai.txt").voices[0].why == "the title names them"


def test_every_format_has_a_sample() -> None:
    assert {sample(name).format for name in FILES} == set(Format)
    assert {Path(name).suffix for name in FILES} == set(ENDINGS) - {".markdown"}


def test_a_clock_in_a_files_name_is_no_part_of_its_title() -> None:
    assert title_of([], "20240305T140012Z-kitchen-call.md").value == "Kitchen call"
