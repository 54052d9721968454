"""Recordings' transcripts at the terminal: who is the customer, which lines, which sentences of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.importing.reading import conversations
from stories.errors import UserError
from stories.sentences import sentences, trim
from stories.talks import propose
from tests.bot.importing.conftest import Terminal
from tests.conftest import NOW
from tests.stories.transcripts.test_refusals import heading, said, word

SAMPLES = Path(__file__).parents[2] / "stories" / "transcripts" / "samples"
ZOOM = "GMT20240305-140012_Recording.transcript.vtt"
DATED = sorted(
    path.name
    for path in SAMPLES.iterdir()
    if path.name not in {"Kitchen call_otter_ai.srt", "meeting_saved_closed_caption.txt"}
)


def bring(terminal: Terminal, name: str, **renamed: str) -> Path:
    data = (SAMPLES / name).read_bytes()
    for old, new in renamed.items():
        data = data.replace(old.replace("_", " ").encode(), new.encode())
    return terminal.note(name, data)


def quotes(terminal: Terminal) -> list[object]:
    return [row[0] for row in terminal.rows("SELECT text FROM quotes ORDER BY id")]


@pytest.mark.parametrize("name", DATED)
def test_a_clear_talk_goes_in_unasked_with_its_top_lines(terminal: Terminal, name: str) -> None:
    bring(terminal, name)
    result = terminal.run("--yes")
    assert "1 kept" in result.output
    assert terminal.rows("SELECT name FROM customers") == [("Ana Souza",)]
    assert terminal.rows("SELECT talked_on FROM interviews") == [("2024-03-05",)]
    assert 3 <= len(quotes(terminal)) <= 5


def test_the_same_talk_in_every_layout_is_taken_in_once(terminal: Terminal) -> None:
    for name in DATED:
        bring(terminal, name)
    assert f"1 kept, {len(DATED) - 1} already there" in terminal.run("--yes").output
    assert f"{len(DATED)} already there" in terminal.run("--yes").output
    assert len(terminal.kept) == 1


def test_a_talk_without_a_day_is_refused_unasked_and_asked_about_otherwise(terminal: Terminal) -> None:
    bring(terminal, "Kitchen call_otter_ai.srt")
    assert "do not say on which day" in terminal.run("--yes").output
    result = terminal.run(typed="k\n2024-03-05\n\n\n\n\n\n\n\nk\n")
    assert "1 kept" in result.output
    assert terminal.rows("SELECT talked_on FROM interviews") == [("2024-03-05",)]


def test_the_speakers_are_shown_and_the_customer_is_confirmed(terminal: Terminal) -> None:
    bring(terminal, ZOOM)
    result = terminal.run(typed="k\n\n1\n\n")
    assert "Who here is the customer?" in result.output
    assert "75% of the words" in result.output
    assert "100% of their turns end in a question" in result.output
    assert terminal.rows("SELECT name FROM customers") == [("Ana Souza",)]
    assert len(quotes(terminal)) == 1


def test_another_voice_than_the_proposed_one_can_be_the_customer(terminal: Terminal) -> None:
    more = "Before you begin: we bake bread for four hundred cafés every single night, and I love it. Thanks"
    bring(terminal, ZOOM, Thanks=more)
    typed = "k\n2\n1\nTo bake\nWe talked about bread that is baked at night for four hundred cafés.\nk\n"
    terminal.run(typed=typed)
    assert terminal.rows("SELECT name FROM customers") == [("Tom Beck",)]
    (quote,) = quotes(terminal)
    assert "four hundred cafés" in str(quote)


def test_lines_are_offered_with_their_moment_and_trimmed_at_sentence_ends(terminal: Terminal) -> None:
    more = "I lost three hundred euros on potatoes last month. That still makes me angry every single time."
    data = (SAMPLES / ZOOM).read_bytes() + f"21\n00:02:10.000 --> 00:02:20.000\nAna Souza: {more}\n".encode()
    terminal.note(ZOOM, data)
    (talk,) = conversations(ZOOM, data, today=NOW.date())
    offered = propose(talk, today=NOW.date()).candidates
    number, line = next((n, line) for n, line in enumerate(offered, 1) if len(sentences(line)) == 2)
    result = terminal.run(typed=f"k\n\n{number}\n2\n")
    assert "1:47" in result.output
    assert "Which of these sentences stay?" in result.output
    assert quotes(terminal) == [trim(line, {1})]
    assert str(quotes(terminal)[0]).startswith("… ")


def test_a_numbered_speaker_is_asked_for_their_name(terminal: Terminal) -> None:
    bring(terminal, ZOOM, Ana_Souza="Speaker 1", Tom_Beck="Speaker 2")
    result = terminal.run(typed="k\n1\nAna Souza\n1\n\n")
    assert "What is the name of “Speaker 1”?" in result.output
    assert terminal.rows("SELECT name FROM customers") == [("Ana Souza",)]


def test_a_word_file_that_is_no_talk_is_read_as_notes(terminal: Terminal) -> None:
    paragraphs = (
        said("Date: 2025-04-03", "Customer: Marta Ortega")
        + heading("What she wanted") + said("To get invoices out before the ovens are hot.")
        + heading("What happened") + said("Marta printed every order, as the export lost the VAT line.")
        + said("“I do my invoices at four in the morning, with flour on the screen.”")
    )  # fmt: skip
    terminal.note("bakery.docx", word(paragraphs))
    terminal.run("--yes")
    assert terminal.rows("SELECT name FROM customers") == [("Marta Ortega",)]


def test_enormous_and_hostile_files_are_refused_with_their_reason(terminal: Terminal) -> None:
    huge = terminal.note("huge.vtt", b"")
    with huge.open("r+b") as file:
        file.truncate(500 * 1024 * 1024)
    terminal.note("bomb.docx", b"PK\x03\x04 no zip at all")
    terminal.note("list.csv", "1,2\n3,4\n")
    terminal.note("film.srt", b"\x00\x00\x00\x20ftypisom")
    result = terminal.run("--yes")
    assert result.exit_code == 1
    for reason in (
        "is 500.0 MB; a transcript may have up to 10 MB",
        "damaged, or no Word",
        "no column",
        "MP4",
    ):
        assert reason in result.output


def test_a_file_of_another_kind_is_named_with_what_can_be_read(terminal: Terminal) -> None:
    terminal.note("picture.png", b"\x89PNG")
    with pytest.raises(UserError, match=r"\.vtt, \.srt, \.docx, \.csv"):
        terminal.run("--yes")
    shutil.rmtree(terminal.folder)
