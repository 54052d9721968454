from __future__ import annotations

from datetime import date
from pathlib import Path

from stories.notes import Heard, read_notes
from stories.proposals import Answers, Open
from stories.talks import Talk, as_talk, lines_of, named, propose, talk_of
from stories.transcripts import read_transcript

SAMPLES = Path(__file__).parent / "transcripts" / "samples"
TODAY = date(2026, 11, 22)
OTTER = "Kitchen call_otter_ai.txt"
ZOOM = "GMT20240305-140012_Recording.transcript.vtt"


def talk(name: str = ZOOM, **renamed: str) -> Talk:
    data = (SAMPLES / name).read_bytes()
    for old, new in renamed.items():
        data = data.replace(old.replace("_", " ").encode(), new.encode())
    return talk_of(read_transcript(name, data, today=TODAY))


def test_a_clear_talk_leaves_nothing_open_and_quotes_only_the_customer() -> None:
    found = talk()
    proposal = propose(found, today=TODAY)
    assert (proposal.customer, proposal.day, proposal.gaps) == ("Ana Souza", date(2024, 3, 5), ())
    theirs = " ".join(turn.text for turn in found.transcript.turns if turn.who == "Ana Souza")
    assert 3 <= len(proposal.quotes) <= 5
    assert all(quote in theirs for quote in (*proposal.quotes, *proposal.candidates))
    assert proposal.quotes[0] in proposal.candidates
    assert proposal.happened.text


def test_offered_lines_are_in_the_order_of_the_talk() -> None:
    found = talk()
    proposal = propose(found, today=TODAY)
    whole = " ".join(turn.text for turn in found.transcript.turns)
    places = [whole.index(line) for line in proposal.candidates]
    assert places == sorted(places)


def test_a_file_that_is_called_by_its_tool_alone_gets_a_title_from_what_was_said() -> None:
    assert propose(talk(), today=TODAY).title.startswith("“")
    assert propose(talk("kitchen-call-2024-03-05.csv"), today=TODAY).notes.title.value == "Kitchen call"


def test_a_numbered_speaker_can_be_given_a_name_or_none() -> None:
    numbered = talk(Ana_Souza="Speaker 1", Tom_Beck="Speaker 2")
    assert propose(numbered, today=TODAY).customer == "Speaker 1"
    called = named(numbered, "Speaker 1", "Ana Souza")
    proposal = propose(called, Answers(customer="Ana Souza"), today=TODAY)
    assert (proposal.customer, len(proposal.quotes) >= 3) == ("Ana Souza", True)
    nobody = named(numbered, "Speaker 1", "")
    unnamed = propose(nobody, Answers(customer=""), today=TODAY)
    assert (unnamed.customer, unnamed.alias) == ("", "a customer")
    assert unnamed.quotes == proposal.quotes
    assert all(quote.heard is Heard.BLOCKQUOTE for quote in nobody.quotes if not quote.who)
    assert called.fingerprint == nobody.fingerprint == numbered.fingerprint


def test_whoever_was_silent_is_hidden_from_what_is_told() -> None:
    meet = "Kitchen call - Transcript.md"
    data = (SAMPLES / meet).read_bytes().replace(b"The driver told me", b"Lena Vogt told me")
    proposal = propose(talk_of(read_transcript(meet, data, today=TODAY)), today=TODAY)
    told = " ".join((*proposal.candidates, *proposal.quotes))
    assert "Lena" not in told


def test_a_talk_without_speakers_offers_lines_but_asks_whose_they_are() -> None:
    silent = talk(Ana_Souza__X="", **{"Ana_Souza: ": "", "Tom_Beck: ": ""})
    proposal = propose(silent, today=TODAY)
    assert not silent.transcript.marked
    assert proposal.candidates
    assert Open.QUOTES in {gap.what for gap in proposal.gaps}
    answered = propose(silent, Answers(quotes=proposal.candidates[:1]), today=TODAY)
    assert Open.QUOTES not in {gap.what for gap in answered.gaps}


def test_notes_around_a_talk_keep_what_they_say() -> None:
    spoken = (SAMPLES / "Kitchen call - Transcript.md").read_text("utf-8").split("## **Transcript**")[1]
    head = "# Ordering three times\n\nDate: 2024-03-06\nCustomer: Ana Souza\n\n"
    text = f"{head}## What it means\n\nOne order form is enough.\n\n## Talk\n{spoken}"
    (notes,) = read_notes("kitchen.md", text.encode(), today=TODAY)
    found = as_talk(notes, read_transcript("kitchen.md", text.encode(), today=TODAY))
    proposal = propose(found, today=TODAY)
    assert (proposal.day, proposal.title) == (date(2024, 3, 6), "Ordering three times")
    assert proposal.meaning.text == "One order form is enough."
    assert [voice.who for voice in found.transcript.voices] == ["Ana Souza", "Tom Beck"]
    assert lines_of(found, "Ana Souza")


def test_what_was_picked_stays_when_something_else_is_answered() -> None:
    picked = ("I am never at a desk before noon.",)
    proposal = propose(talk(OTTER), Answers(quotes=picked, title="At noon"), today=TODAY)
    assert (proposal.quotes, proposal.answers.quotes) == (picked, picked)
