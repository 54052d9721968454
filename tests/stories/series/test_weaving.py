"""An episode says what is new, in words that change, and there is none when nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from stories.language import speaking
from stories.series.checking import unsourced
from stories.series.episodes import Episode, NoEpisode, Nothing, Part
from stories.series.material import Answered, Asked, Headline, Material, Planned, Trend, Words
from stories.series.seasons import SeasonState
from stories.series.sources import Kind, Ref, answer, promise, talk
from stories.series.weaving import weave
from tests.stories.series.made_up import (
    BOTH,
    FIRST,
    FORM,
    FRIDAYS,
    KEPT,
    MAYA,
    SEASON,
    SUNDAYS,
    TOM,
    VAN,
    lines,
    told,
    woven,
)

JANUARY, FEBRUARY, MARCH = date(2026, 1, 19), date(2026, 2, 16), date(2026, 3, 30)


def says(episode: Episode, part: Part) -> str:
    return "\n".join(one.text for one in episode.passage(part))


def three() -> tuple[Episode, Episode, Episode]:
    """Maya, Tom, and Maya again with the promise kept."""
    first = woven(FIRST, today=JANUARY)
    second_material = told(replace(FIRST, talks=(SUNDAYS, VAN)), first)
    second = woven(second_material, first, today=FEBRUARY)
    third_material = replace(
        told(second_material, first, second), talks=(SUNDAYS, VAN, FRIDAYS), promises=(KEPT,)
    )
    return first, second, woven(third_material, first, second, today=MARCH)


def test_an_episode_has_its_parts_and_each_sentence_rests_on_its_source() -> None:
    first, second, third = three()
    assert [passage.part for passage in first.passages] == list(Part)
    assert [one.customer_id for one in (first, second, third)] == [MAYA, TOM, MAYA]
    everything = Material(followed=BOTH, talks=(SUNDAYS, VAN, FRIDAYS), promises=(KEPT,))
    for one in (first, second, third):
        refs = lines(replace(everything, promises=(FORM if one is first else KEPT,)), one)
        assert unsourced(one, refs) == ()


def test_german_bends_no_alias_and_a_name_reads_as_one() -> None:
    with speaking("de"):
        (first, second, third), whole = three(), Material(followed=BOTH, talks=(SUNDAYS, VAN, FRIDAYS))
        for one, promised in ((first, FORM), (second, KEPT), (third, KEPT)):
            refs = lines(replace(whole, promises=(promised,)), one)
            assert unsourced(one, refs) == (), "brackets are no words that need a source"
    of_him = "\n".join(one.text for one in second.sentences() if one.form)
    assert of_him.count("the courier") == of_him.count("[the courier]") > 0
    assert second.who == "the courier"
    assert "[Maya" not in str((first, second, third))


def test_a_conversations_own_title_stands_above_it_and_so_do_words_of_theirs() -> None:
    first, second, _third = three()
    assert (first.title.text, first.title.source) == ("The Sunday evening export", talk(1, "title"))
    (above,) = [words for words in VAN.words if words.ref == second.title.source]
    assert second.title.text.strip("“”") in above.text


def test_words_are_told_to_the_letter_and_none_twice_in_an_episode() -> None:
    for one in three():
        spoken = [sentence for sentence in one.sentences() if sentence.spoken]
        known = {words.ref: words.text for each in (SUNDAYS, VAN, FRIDAYS) for words in each.words}
        assert spoken
        assert all(known[sentence.source] == sentence.text for sentence in spoken)  # type: ignore[index]  # a Ref
        assert len({sentence.source for sentence in spoken}) == len(spoken)


def test_the_question_joins_what_we_promised_with_what_they_are_trying_to_do() -> None:
    first = woven(FIRST, today=JANUARY)
    owed, question = first.passage(Part.OPEN)
    assert FORM.what in owed.text
    assert owed.source == promise(FORM.id, "made")
    assert "close the month before Friday" in question.text
    assert question.text.endswith("?")
    assert question.source == talk(1, "trying_to")
    assert "27 February 2026" in says(first, Part.NEXT)


def test_a_wish_is_asked_about_in_their_words() -> None:
    alone = replace(FIRST, talks=(FRIDAYS,), promises=())
    asked = woven(alone, today=MARCH).passage(Part.OPEN)
    assert "“show the shop managers their own numbers on Mondays”" in asked[-1].text
    assert asked[-1].source == FRIDAYS.words[2].ref


def test_a_promise_that_was_kept_is_the_turn_with_what_changed() -> None:
    third = three()[2]
    assert KEPT.closing in says(third, Part.TURN)
    assert {one.source for one in third.passage(Part.TURN)} == {promise(KEPT.id, "ended")}
    assert any(one.source in {words.ref for words in SUNDAYS.words} for one in third.passage(Part.PREVIOUSLY))


def test_a_promise_whose_day_has_passed_is_told_once() -> None:
    first = woven(FIRST, today=JANUARY)
    material = told(replace(FIRST, talks=(SUNDAYS, FRIDAYS)), first)
    second = woven(material, first, today=MARCH)
    assert [one.source for one in second.passage(Part.TURN)] == [promise(FORM.id, "late")]
    assert "27 February 2026" in says(second, Part.TURN)


def test_a_score_that_moved_is_told_with_both_figures_and_months() -> None:
    first = woven(replace(FIRST, promises=()), today=JANUARY)
    material = told(replace(FIRST, talks=(SUNDAYS, FRIDAYS), promises=()), first)
    (moved,) = woven(material, first, today=MARCH).passage(Part.TURN)
    assert all(part in moved.text for part in ("4", "8", "January 2026", "March 2026"))
    assert moved.source == Ref(Kind.SCORE, "talk:1>talk:3")


def test_an_answer_to_a_survey_moves_the_score_too() -> None:
    given = Answered(ref=answer(2, "k1"), customer_id=MAYA, day=date(2026, 2, 1), score=9)
    first = woven(replace(FIRST, promises=()), today=JANUARY)
    material = told(replace(FIRST, promises=(), answers=(given,)), first)
    second = woven(material, first, today=FEBRUARY)
    (moved,) = second.passage(Part.TURN)
    assert moved.source == Ref(Kind.SCORE, "talk:1>answer:2:k1")
    assert unsourced(second, lines(material, second)) == ()


def test_what_somebody_wrote_in_a_survey_is_a_scene_of_its_own() -> None:
    ref = answer(2, "k1")
    said = Words(ref=ref, text="The export is right at last.", day=date(2026, 2, 1))
    given = Answered(ref=ref, customer_id=MAYA, day=said.day, score=9, words=said)
    first = woven(FIRST, today=JANUARY)
    material = told(replace(FIRST, answers=(given,)), first)
    second = woven(material, first, today=FEBRUARY)
    lead_in, quoted = second.passage(Part.SCENE)
    assert (quoted.text, quoted.spoken) == (said.text, True)
    assert lead_in.source == replace(ref, part="given")
    assert unsourced(second, lines(material, second)) == ()
    assert isinstance(weave(SEASON, told(material, first, second), (first, second), today=MARCH), NoEpisode)


def test_a_promise_that_was_kept_is_news_without_a_new_talk() -> None:
    first = woven(FIRST, today=JANUARY)
    material = told(replace(FIRST, promises=(KEPT,)), first)
    second = woven(material, first, today=MARCH)
    assert second.title.text == KEPT.closing.rstrip(".")
    assert {one.source for one in second.passage(Part.SCENE)} & {words.ref for words in SUNDAYS.words}
    assert {one.source for one in second.passage(Part.TURN)} == {promise(KEPT.id, "ended")}
    assert unsourced(second, lines(material, second)) == ()
    assert isinstance(weave(SEASON, told(material, first, second), (first, second), today=MARCH), NoEpisode)


def test_a_trend_among_customers_like_them_is_told_where_they_speak_of_it() -> None:
    trend = Trend(
        ref=Ref(Kind.TREND, "4"),
        segment="Bakeries",
        theme="Exports",
        before=5,
        after=14,
        days=90,
        day=JANUARY,
        people=5,
    )
    material = replace(
        FIRST, promises=(), trends=(replace(trend, ref=Ref(Kind.TREND, "6"), segment="Vans"), trend)
    )
    episode = woven(material, today=JANUARY)
    (moved,) = episode.passage(Part.TURN)
    assert all(part in moved.text for part in ("Bakeries", "Exports", "5", "14"))
    assert (moved.source, moved.customer_id) == (trend.ref, None)
    assert unsourced(episode, lines(material, episode)) == ()


def test_a_headline_stands_as_background_and_never_as_theirs() -> None:
    item = Headline(
        ref=Ref(Kind.HEADLINE, "9"),
        title="Software makers rethink the monthly export",
        source="Ledger Weekly",
        link="https://example.com/export",
        day=date(2026, 1, 15),
    )
    about_else = replace(item, ref=Ref(Kind.HEADLINE, "10"), title="Rain in the north")
    material = replace(FIRST, headlines=(about_else, item))
    episode = woven(material, today=JANUARY)
    assert episode.headlines() == (item.ref,)
    (told_so,) = [one for one in episode.sentences() if one.source == item.ref]
    assert (told_so.spoken, told_so.customer_id) == (False, None)
    assert item.source in told_so.text
    assert unsourced(episode, lines(material, episode)) == ()


def test_what_the_audience_asked_goes_into_the_next_talk_and_comes_back() -> None:
    asked = Asked(ref=Ref(Kind.ASKED, "3"), customer_id=MAYA, question="Who else checks the totals?", votes=6)
    material = replace(FIRST, asked=(asked,))
    first = woven(material, today=JANUARY)
    assert asked.question in says(first, Part.OPEN)
    answered = replace(asked, ref=Ref(Kind.ASKED, "8"), interview_id=FRIDAYS.interview_id)
    later = told(replace(FIRST, talks=(SUNDAYS, FRIDAYS), promises=(), asked=(answered,)), first)
    talks = tuple(replace(one, score=None) for one in later.talks)
    second = woven(replace(later, talks=talks), first, today=MARCH)
    assert asked.question in says(second, Part.TURN)
    assert unsourced(second, lines(replace(later, talks=talks), second)) == ()


def test_a_talk_that_is_arranged_says_when_it_goes_on() -> None:
    plan = Planned(ref=Ref(Kind.PLAN, "2"), customer_id=MAYA, day=date(2026, 2, 3), colleague_id="U0ANA")
    episode = woven(replace(FIRST, planned=(plan,)), today=JANUARY)
    assert "3 February 2026" in says(episode, Part.NEXT)


def test_without_anything_new_there_is_no_episode_and_it_says_why() -> None:
    def why(material: Material, season: object = SEASON) -> Nothing:
        found = weave(season, material, (), today=FEBRUARY)  # type: ignore[arg-type]  # a season
        assert isinstance(found, NoEpisode)
        return found.why

    first = woven(FIRST, today=JANUARY)
    assert why(told(FIRST, first)) is Nothing.NOTHING_NEW
    assert why(Material(followed=())) is Nothing.NOT_RENEWED
    assert why(Material(followed=BOTH)) is Nothing.NOTHING_TOLD
    assert why(FIRST, replace(SEASON, followed=())) is Nothing.NOBODY_FOLLOWED
    assert why(FIRST, replace(SEASON, state=SeasonState.ENDED)) is Nothing.ENDED


def test_what_was_said_before_the_season_opens_somebodys_story_once() -> None:
    old = replace(SUNDAYS, day=date(2025, 10, 1))
    older = replace(VAN, customer_id=MAYA, day=date(2025, 3, 1))
    material = Material(followed=BOTH, talks=(older, old))
    first = woven(material, today=JANUARY)
    assert {one.source for one in first.passage(Part.SCENE)} & {words.ref for words in old.words}
    assert isinstance(weave(SEASON, told(material, first), (first,), today=FEBRUARY), NoEpisode)


def test_the_same_things_make_the_same_episode_and_the_next_one_says_it_in_other_words() -> None:
    first, second, third = three()
    assert three() == (first, second, third)
    shared = {one.form for one in first.sentences()} & {one.form for one in second.sentences()}
    assert not {form for form in shared if form and not form.startswith("title")}
    again = {one.form for one in second.sentences()} & {one.form for one in third.sentences()} - {""}
    assert not {form for form in again if not form.startswith("title")}
