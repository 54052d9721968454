"""Surveys' comments back a project's reasons as long as an admin lets avatars quote them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot import ids
from bot.attention_rounds import decide_waiting
from bot.avatars.following_comments import follow_turned
from bot.avatars.reminding import remember
from bot.avatars.survey_words import comments_about
from bot.desk import Desk
from bot.erasing.answers import quoted
from bot.nps.sources.allowing import Allowed, allow
from bot.search_gleaning import glean
from storage import nps_answers, nps_erasing, nps_sources
from storage.holdings import About
from storage.nps_answers import Answer
from tests.bot.avatars.conftest import QUOTABLE, House
from tests.bot.avatars.test_why import WORDS, project_of, set_up
from tests.conftest import NOW, WORKSPACE

COMMENT = "Sending invoices takes me the whole night & <!channel>."
TYPED = "Sending invoices"
LATER = timedelta(days=14)


async def taken_in(desk: Desk, *more: Answer, comment: str = COMMENT, others: int = 5) -> int:
    """A survey with one comment about invoices by an enterprise, one about something else; its id."""
    answers = [
        Answer(
            key="1", score=3, at=NOW, comment=comment, properties={"segment": "enterprise"}, person_key="a@b"
        ),
        Answer(key="2", score=9, at=NOW, comment="The colours are lovely.", properties={"segment": "tiny"}),
        *(
            Answer(key=f"o{n}", score=8, at=NOW, properties={"segment": "enterprise"})
            for n in range(others - 1)
        ),
        *more,
    ]
    async with desk.begin() as session:
        source = await nps_sources.ensure(session, WORKSPACE, kind="file", name="Delighted", now=NOW)
        await nps_answers.take_in(session, WORKSPACE, source, answers)
    await glean(desk, WORKSPACE)
    return source


async def allowed(desk: Desk, *, avatars: bool, verbatims: bool = True) -> int:
    """An admin says so, and the next round comes; how many comments it put right."""
    async with desk.begin() as session:
        source = await nps_sources.named(session, WORKSPACE, "Delighted")
        assert source is not None
        said = Allowed(verbatims=verbatims, avatars=avatars)
        await allow(session, WORKSPACE, source, said, by="U1", now=desk.now())
    return await follow_turned(desk)


async def found(desk: Desk, about: str = TYPED, **more: Any) -> list[tuple[str, str]]:
    said = await comments_about(desk, WORKSPACE, about, **more)
    return [(one.words, one.kind_of_customer) for one in said]


async def backed(house: House) -> None:
    """Ben's project in the pilot channel rests on the comment."""
    await taken_in(house.desk)
    await allowed(house.desk, avatars=True)
    shown = await set_up(house, {ids.WHY_QUOTES: [TYPED]})
    assert COMMENT in shown.words()


async def test_a_comment_is_found_once_an_admin_said_yes_to_both_and_names_no_small_kind(
    house: House,
) -> None:
    desk = house.desk
    await taken_in(desk)
    assert await found(desk) == []
    await allowed(desk, avatars=False)
    assert await found(desk) == [], "shown is not quoted"
    await allowed(desk, avatars=True, verbatims=False)
    assert await found(desk) == [], "what may not be shown is not quoted either"
    await allowed(desk, avatars=True)
    assert await found(desk) == [(COMMENT, "enterprise")]
    assert await found(desk, "lovely colours") == [("The colours are lovely.", "")], "one alone is not named"
    assert await found(desk, segment="Enterprise") == [(COMMENT, "enterprise")]
    assert await found(desk, "lovely colours", segment="tiny") == []
    assert await found(desk, since=NOW) == [], "it was there before"
    said = await house.rows("SELECT object_id, detail FROM audit WHERE act = 'allow_source'")
    assert ['"avatars"' in detail for _source, detail in said] == [False, True, False]


async def test_a_comment_backs_a_reason_and_goes_when_the_yes_does_and_comes_back_with_it(
    house: House,
) -> None:
    await backed(house)
    pilot = house.world.channel("pilot")
    message = await pilot.wait_for("Sending invoices")
    assert "Enterprise, November 2026, in the survey “Delighted”" in message.words()
    assert "Read the story" not in message.words()
    assert await follow_turned(house.desk) == 0, "nothing turned"
    assert await allowed(house.desk, avatars=False) == 1
    assert await follow_turned(house.desk) == 0, "once is enough"
    await pilot.wait_until_gone("Sending invoices")
    await pilot.wait_for("Nobody’s words stand behind this yet")
    assert await allowed(house.desk, avatars=True) == 1
    await pilot.wait_for("Sending invoices")


async def test_a_comment_that_is_edited_is_said_as_it_is_and_one_that_is_erased_is_forgotten(
    house: House,
) -> None:
    await backed(house)
    pilot = house.world.channel("pilot")
    await pilot.wait_for("Sending invoices")
    await taken_in(house.desk, comment="Sending an invoice takes an hour.")
    await pilot.wait_for("takes an hour")
    async with house.desk.begin() as session:
        await nps_erasing.erase_person(session, WORKSPACE, "a@b", now=NOW)
    assert await follow_turned(house.desk) == 1
    await pilot.wait_until_gone("takes an hour")
    for table in ("avatar_comments", "reason_comments"):
        assert await house.rows(f"SELECT * FROM {table}") == []


async def test_an_admin_says_yes_in_slack_and_an_erasure_finds_the_posts(house: House) -> None:
    await taken_in(house.desk)
    await allowed(house.desk, avatars=False)
    ana = house.person("ana")
    await ana.command("/firsthand workspace", channel="pilot")
    await (await ana.modal("For everybody here")).submit({"surveys": ["Delighted"]})
    await ana.modal("Saved")
    assert await house.rows("SELECT avatars_quote FROM nps_sources") == [(1,)]
    await set_up(house, {ids.WHY_QUOTES: [TYPED]})
    await house.world.channel("pilot").wait_for("Sending invoices")
    async with house.desk.begin() as session:
        person = await nps_erasing.person_of(session, WORKSPACE, "a@b")
        found = await quoted(session, WORKSPACE, About.RESPONDENT, person or "")
    assert [tuple(found.posts)] == await house.rows("SELECT id FROM deliveries WHERE kind = 'avatar'")
    await ana.command("/firsthand workspace", channel="pilot")
    await (await ana.modal("For everybody here")).submit({"surveys": []})
    await ana.modal("Saved")
    assert await follow_turned(house.desk) == 1


async def test_an_answer_and_a_reminder_say_comments_too_and_lose_them(house: House) -> None:
    await house.story(QUOTABLE)
    await taken_in(house.desk)
    await allowed(house.desk, avatars=True)
    await set_up(house, {ids.WHY_QUOTES: []})
    pilot, ana = house.world.channel("pilot"), house.person("ana")
    asked = "@firsthand what would Maya say about doing invoices in the morning or at night?"
    await ana.say(asked, channel="pilot")
    answer = await pilot.wait_for("Sending invoices")
    assert WORDS in answer.words(), "quotes and comments answer together"
    house.clock.advance(LATER)
    await house.world.set_clock(house.desk.now())
    fresh = Answer(
        key="9", score=2, at=NOW + timedelta(days=3), comment="Every night the books, the books at night."
    )
    await taken_in(house.desk, fresh)
    await ana.say("Shall we look at the export again?", channel="pilot")
    assert await remember(house.desk) == 1
    await decide_waiting(house.desk, WORKSPACE)
    house.desk.wake_outbox()
    await pilot.wait_for("Every night the books")
    lines = await house.rows(
        "SELECT kind FROM avatar_lines JOIN avatar_line_comments ON line_id = id ORDER BY id"
    )
    assert lines == [("answer",), ("remember",)]
    assert (await project_of(house)).id
    assert await allowed(house.desk, avatars=False) == 2
    await pilot.wait_until_gone("Every night the books")
    await pilot.wait_until_gone("Sending invoices")
    left = await pilot.wait_for("What customers told us that comes nearest")
    assert WORDS in left.words()
