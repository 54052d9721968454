"""Somebody else is heard where both tell of the same, and a story does not begin with its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from stories.series.checking import unsourced
from stories.series.episodes import Episode, Part
from stories.series.order import in_order, when
from stories.series.sources import promise, quote
from tests.stories.series.made_up import FIRST, FORM, FRIDAYS, MAYA, SUNDAYS, TOM, VAN, lines, told, woven

JANUARY, FEBRUARY = date(2026, 1, 19), date(2026, 2, 16)


def with_the_van_saying(text: str) -> Episode:
    """Tom's episode after Maya's, in which he says this alone."""
    first = woven(
        replace(FIRST, talks=(replace(SUNDAYS, words=SUNDAYS.words[:3]),), promises=()), today=JANUARY
    )
    van = replace(VAN, words=(replace(VAN.words[0], text=text),))
    return woven(told(replace(FIRST, promises=(), talks=(SUNDAYS, van)), first), first, today=FEBRUARY)


def test_another_voice_is_heard_where_both_tell_of_the_same_trouble_in_several_words() -> None:
    second = with_the_van_saying("I struggle with different totals on every list.")
    lead_in, said = second.passage(Part.TURN)
    assert "“struggle”" in lead_in.text
    assert (said.source, said.customer_id) == (quote(13), MAYA)


def test_one_word_in_common_is_no_reason_to_bring_somebody_else_in() -> None:
    second = with_the_van_saying("I struggle with the map when there is no signal in the garage.")
    assert second.passage(Part.TURN) == ()
    assert {one.customer_id for passage in second.passages for one in passage.sentences} <= {TOM, None}


def test_before_somebody_new_it_says_in_one_line_what_the_last_episode_left_open() -> None:
    first = woven(FIRST, today=JANUARY)
    material = told(replace(FIRST, talks=(SUNDAYS, VAN)), first)
    second = woven(material, first, today=FEBRUARY)
    (left,) = second.passage(Part.PREVIOUSLY)
    assert FORM.what in left.text
    assert (left.source, left.customer_id, left.spoken) == (promise(FORM.id, "made"), MAYA, False)
    assert unsourced(second, lines(material, second)) == ()


def test_a_wish_is_said_again_in_the_words_of_whoever_had_it() -> None:
    first = woven(replace(FIRST, talks=(FRIDAYS,), promises=()), today=FEBRUARY)
    material = told(replace(FIRST, talks=(replace(VAN, day=date(2026, 3, 20)), FRIDAYS), promises=()), first)
    second = woven(material, first, today=date(2026, 3, 30))
    (left,) = second.passage(Part.PREVIOUSLY)
    assert "“show the shop managers their own numbers on Mondays”" in left.text
    assert left.source == FRIDAYS.words[2].ref


def test_where_nothing_is_open_there_is_no_question() -> None:
    van = replace(VAN, words=VAN.words[1:])
    episode = woven(replace(FIRST, talks=(van,), promises=()), today=FEBRUARY)
    assert episode.passage(Part.OPEN) == ()
    assert episode.passage(Part.NEXT)


def test_what_was_hard_and_is_over_is_told_before_what_came_of_it_and_not_asked() -> None:
    said = [
        "Once I had printed the list, I knew that it was not hard at all, and I was home by six.",
        "I bought a printer for the van and I paid for it myself.",
        "I found every garage by asking people in the street until noon.",
        "I struggled a lot with the map, and I lost two customers.",
    ]
    words = tuple(replace(VAN.words[0], ref=quote(40 + at), text=text) for at, text in enumerate(said))
    episode = woven(replace(FIRST, talks=(replace(VAN, words=words),), promises=()), today=FEBRUARY)
    spoken = [one.text for one in episode.sentences() if one.spoken]
    assert said[3] in spoken
    assert spoken[-1] == said[0]
    assert episode.passage(Part.OPEN) == ()


def test_what_came_of_something_is_told_after_how_it_began() -> None:
    said = [
        "Once I had the list, I was home by six.",
        "I struggled with the map in every garage.",
        "At first I asked people in the street.",
        "The list came, which I had said at first that I did not need.",
    ]
    words = [replace(VAN.words[0], ref=quote(at), text=text) for at, text in enumerate(said)]
    assert [one.text for one in in_order(words)] == [said[2], said[1], said[3], said[0]]
    assert [when(text) for text in said] == [1, 0, -1, 0]


def test_where_little_was_said_more_of_what_happened_stands_before_it() -> None:
    happened = (
        "The courier delivers to forty bakeries before seven in the morning. The host thanked everybody. "
        "The courier lost two mornings in March because the list came too late."
    )
    van = replace(
        VAN, words=VAN.words[1:], happened=happened, meaning="A list on paper costs us two hours a week."
    )
    material = replace(FIRST, talks=(van,), promises=())
    episode = woven(material, today=FEBRUARY)
    scene = [one.text for one in episode.passage(Part.SCENE)]
    (notes,) = [at for at, text in enumerate(scene) if "forty bakeries" in text]
    assert "lost two mornings" in scene[notes]
    assert "host" not in scene[notes]
    assert "two hours a week" in scene[notes + 1]
    assert episode.passage(Part.SCENE)[notes + 2].spoken
    assert unsourced(episode, lines(material, episode)) == ()
