"""From a file's bytes to what its draft needs, and the messages about it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from bot.dropping.picking import ticked_before, with_quotes
from bot.dropping.reading import read, with_lines
from bot.dropping.talk import Line, Talk, Voice
from bot.messages import dropped_files as messages
from bot.messages.dropped_lines import Picking, lines_view
from stories.errors import UserError
from stories.forms import Form
from tests.blockkit import assert_valid
from tests.bot.dropping import talks

TODAY = date(2026, 11, 16)
NOTES = b"""# Talk with Nia Obi

Date: 2026-10-01
Customer: Nia Obi

## What happened
She left in May.

> I left because nobody answered me for three weeks.
"""
HOSTILE = "<!channel> *Eve*</v><script>alert(1)</script>"


def whole(name: str, data: bytes, ours: str = "Ana Sousa") -> tuple[Talk, ...]:
    """What is kept of a file."""
    return tuple(with_lines(one) for one in read(name, data, today=TODAY, ours=ours))


def test_what_is_kept_comes_back_the_same() -> None:
    (talk,) = whole("a.vtt", talks.webvtt(talks.PAYROLL))
    assert Talk.from_json(json.loads(json.dumps(talk.as_json()))) == talk


def test_lines_are_the_speakers_own() -> None:
    (talk,) = whole("a.vtt", talks.webvtt(talks.PAYROLL))
    for voice in talk.voices:
        theirs = " ".join(" ".join(words.split()) for who, words in talks.PAYROLL if who == voice.name)
        assert all(line.text in theirs for line in voice.lines)


def test_whoever_drops_the_file_is_not_the_customer() -> None:
    (talk,) = whole("a.vtt", talks.webvtt(talks.EVEN), ours="Tom Reed")
    assert talk.guess is not None
    assert talk.voices[talk.guess].name == "Lea Brandt"


def test_notes_without_turns_give_what_they_quote_and_say() -> None:
    (talk,) = whole("nia.md", NOTES)
    assert (talk.voices[0].customer, talk.day, talk.happened) == ("Nia Obi", "2026-10-01", "She left in May.")
    assert talk.voices[0].lines == (Line(text="I left because nobody answered me for three weeks.", line=9),)


def test_a_role_or_a_number_becomes_nobodys_name() -> None:
    said = tuple((who.replace("Marta Ortega", "Speaker 2"), words) for who, words in talks.PAYROLL)
    (talk,) = whole("a.vtt", talks.webvtt(said))
    assert {voice.name: voice.customer for voice in talk.voices} == {
        "Speaker 2": "",
        "Ana Sousa": "Ana Sousa",
    }


def test_a_file_of_many_conversations_is_for_the_command_line() -> None:
    many = b"".join(b"## Interview %d\n\nCustomer: Nia\n\nShe left.\n\n" % number for number in range(1, 9))
    with pytest.raises(UserError, match="holds 8 conversations; here I take up to 5"):
        whole("many.md", many)


def _payloads(talk: Talk) -> Iterable[tuple[dict[str, object], str]]:
    yield messages.reading(talk.file), "message"
    yield messages.halfway([talk]), "message"
    yield messages.found(7, talk), "message"
    yield messages.refused(talk.file), "message"
    yield messages.try_again("broke", "F1", talk.file), "message"
    yield messages.own_draft(talk.file, 7), "message"
    yield messages.own_story(talk.file, "/stories"), "message"
    yield messages.anothers(talk.file, "U1"), "message"
    yield messages.imported(talk.file), "message"
    yield messages.thrown_away(talk.file), "message"
    for voice in range(len(talk.voices)):
        yield lines_view(Picking(draft_id=7, voice=voice, shown=15), talk, {0: {0}}), "modal"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (talks.PAYROLL, "a.vtt"),
        (talks.CROWD, "b" * 250 + ".vtt"),
        (((HOSTILE, "We waited for you. " * 9),), "<!here>.vtt"),
    ],
)
def test_slack_takes_every_message_and_window(said: talks.Said, name: str) -> None:
    (talk,) = whole(name, talks.webvtt(said))
    link = f"https://example.slack.com/files/{name}"
    for payload, surface in _payloads(replace(talk, link=link)):
        assert_valid(payload, surface)


def test_nothing_in_a_speakers_name_is_obeyed() -> None:
    talk = Talk(file="<!here>|x.vtt", fingerprint="f", voices=(Voice(name=HOSTILE, share=1.0),), guess=0)
    for payload, _surface in _payloads(replace(talk, link="https://x.slack.com/a|b>c")):
        assert "<!" not in json.dumps([b for b in payload["blocks"] if b["type"] in {"section", "context"}])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "1 minute"), (2460, "41 minutes"), (3600, "1 hour"), (7500, "2 hours 5 minutes")],
)
def test_how_long_it_took_is_said_in_words(seconds: int, words: str) -> None:
    assert messages.length(seconds) == words


def test_a_moment_past_the_first_hour_has_hours() -> None:
    (talk,) = whole("a.vtt", talks.webvtt(talks.PAYROLL, every=timedelta(minutes=30)))
    assert "At 2:30:00 in the recording" in json.dumps(lines_view(Picking(draft_id=1, voice=0), talk, {}))


_PARTS = ("We waited a week.", "Nobody called us back!", "Was that so hard?", "I paid 3.50 for it.")


def test_a_trimmed_line_is_its_own_sentences_and_ellipses() -> None:
    """Whichever sentences are kept, with and without a quote that was typed before."""
    for many in range(1, 5):
        for kept in combinations(range(4), many):
            for typed in (True, False):
                _trimmed(set(kept), typed=typed)


def _trimmed(kept: set[int], *, typed: bool) -> None:
    line = Line(text=" ".join(_PARTS), line=1)
    voice = Voice(name="Nia", share=1.0, lines=(line,))
    before = Form(quotes=("Something she also said.",)) if typed else Form()
    form = with_quotes(before, voice, {0: kept})
    quote = form.quotes[0]
    rest = quote
    for part in sorted(kept):
        rest = rest.replace(_PARTS[part], "", 1)
    assert set(rest) <= {" ", "…"}
    assert ("…" in quote) is (len(kept) < 4)
    assert form.quotes[1:] == before.quotes
    assert ticked_before(voice, form) == {0: frozenset(kept)}
    assert with_quotes(form, voice, {}).quotes == before.quotes
