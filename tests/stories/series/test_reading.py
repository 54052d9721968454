"""An episode is read as what is left of its sources allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from stories.series.episodes import Part
from stories.series.reading import readable
from stories.series.sources import Signed
from tests.stories.series.made_up import FIRST, FRIDAYS, MAYA, SUNDAYS, TOM, VAN, lines, told, voices, woven

FIRST_ONE = woven(FIRST, today=date(2026, 1, 19))
BOTH_TALKS = told(replace(FIRST, talks=(SUNDAYS, VAN)), FIRST_ONE)
SECOND = woven(BOTH_TALKS, FIRST_ONE, today=date(2026, 2, 16))
ALL_TALKS = told(replace(FIRST, talks=(SUNDAYS, VAN, FRIDAYS)), FIRST_ONE, SECOND)
THIRD = woven(ALL_TALKS, FIRST_ONE, SECOND, today=date(2026, 3, 30))


def test_what_still_stands_is_read_as_it_was_kept() -> None:
    read = readable(SECOND, lines(BOTH_TALKS, SECOND), voices())
    assert read == replace(SECOND, who="the courier")


def test_a_quote_that_may_not_be_told_goes_with_the_words_that_lead_to_it() -> None:
    said = lines(ALL_TALKS, THIRD)
    lead_in, quoted, *_owed = THIRD.passage(Part.PREVIOUSLY)
    read = readable(THIRD, {ref: line for ref, line in said.items() if ref != quoted.source}, voices())
    assert lead_in.text.endswith(":")
    assert not {lead_in, quoted} & set(read.passage(Part.PREVIOUSLY))
    assert read.gone == 2


def test_words_are_read_as_they_stand_now() -> None:
    said = lines(BOTH_TALKS, SECOND)
    (quoted,) = SECOND.passage(Part.TURN)
    changed = {
        ref: replace(line, text="I printed it.") if ref == quoted.source else line
        for ref, line in said.items()
    }
    read = readable(SECOND, changed, voices())
    assert read.passage(Part.TURN)[0].text == "I printed it."


def test_somebody_elses_leaving_takes_their_sentences_alone() -> None:
    there = {one: voice for one, voice in voices().items() if one != MAYA}
    read = readable(SECOND, lines(BOTH_TALKS, SECOND), there)
    assert read.customer_id == TOM
    assert {one.customer_id for one in read.sentences()} == {TOM, None}
    assert read.passage(Part.PREVIOUSLY) == ()


def test_nothing_is_left_of_an_episode_whose_customer_has_left_but_its_number() -> None:
    there = {one: voice for one, voice in voices().items() if one != TOM}
    read = readable(SECOND, lines(BOTH_TALKS, SECOND), there, carries=(4,))
    assert (read.number, read.passages, read.title.text, read.who, read.carries) == (2, (), "", "", ())
    assert read.customer_id is None
    assert read.gone == sum(1 for _one in SECOND.sentences())


def test_a_name_that_may_not_be_told_any_more_is_hidden_in_what_an_editor_signed() -> None:
    signed = replace(FIRST_ONE.title, text="Maya Ortega and the numbers", source=Signed("U0EDITOR"))
    kept = replace(FIRST_ONE, title=signed)
    said = lines(FIRST, kept)

    def hide(text: str) -> str:
        return text.replace("Maya Ortega", "the bookkeeper")

    there = voices() | {MAYA: replace(voices()[MAYA], who="the bookkeeper", named=False, hide=hide)}
    renamed = {
        ref: replace(line, text=hide(line.text), who=("the bookkeeper",)) for ref, line in said.items()
    }
    read = readable(kept, renamed, there)
    assert read.title.text == "the bookkeeper and the numbers"
    assert not any("Maya" in one.text for one in read.sentences() if not one.spoken)
    assert read.passage(Part.SCENE)
