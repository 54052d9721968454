"""What people answer when the avatar speaks up: kept, learnt from, and told to the channel on wish."""

from __future__ import annotations

import pytest

pytest.importorskip("wordllama", reason="the extra `meaning` is not installed")

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

from bot import ids
from bot.attention_rounds import decide_for
from bot.avatars.sayings import Saying, sayings
from bot.avatars.speaking_up import speak_up
from bot.desk import Desk
from bot.messages import listening as listening_words
from bot.messages import speaking_up as words
from playground.controlling import PlaygroundError
from playground.seen import SeenMessage
from storage import listening
from stories.avatars.evidence import quote
from stories.avatars.project import Manner, Project
from stories.drift.remembered import from_numbers
from stories.drift.speaking import Answer, Listening
from tests.blockkit import assert_valid
from tests.bot.avatars.conftest import QUOTABLE, House, edited
from tests.bot.avatars.listening import ON_COURSE, SWERVE, Weeks, begun
from tests.conftest import NOW, WORKSPACE

QUOTE = QUOTABLE.quotes[0]
LIKE = ("museums and culture",)


async def told_in_private(house: House) -> tuple[Project, int, SeenMessage]:
    """Ana, whose project it is, hears that the talk has left its first reason; with the story quoted."""
    story = await house.story(QUOTABLE)
    async with house.desk.read() as session:
        (quoted,) = await sayings(session, WORKSPACE, house.desk.now(), "C0")
    ana = house.person("ana")
    project = await begun(house.desk, await house.channel_id("pilot"), ana.id, [quoted.ref])
    async with house.desk.begin() as session:
        reason = project.reasons[0]
        await speak_up(session, WORKSPACE, project, reason, LIKE, in_channel=False, now=house.desk.now())
    assert await decide_for(house.desk, WORKSPACE, ana.id) == 1
    house.desk.wake_outbox()
    return project, story, await house.world.channel(await ana.dm()).wait_for("moved away", as_="ana")


async def known(house: House, project: Project) -> Listening:
    async with house.desk.read() as session:
        kept = (await listening.look(session, WORKSPACE, [project.id]))[project.id]
    return from_numbers(kept.state).listening


async def test_a_good_point_can_be_told_to_the_channel_and_goes_with_consent(house: House) -> None:
    project, story, private = await told_in_private(house)
    ana, pilot = house.person("ana"), house.world.channel("pilot")
    assert QUOTE in private.words()
    assert "museums and culture" in private.words()
    await ana.click(private, ids.SWERVE_GOOD_POINT)
    answered = await house.world.channel(await ana.dm()).wait_for("Good point", as_="ana")
    answered = await house.world.channel(await ana.dm()).wait_for("keep quiet about this", as_="ana")
    await ana.click(answered, ids.SWERVE_TELL)
    public = await pilot.wait_for("had me say this here")
    assert QUOTE in public.words()
    assert public.raw["username"] == "Maya"
    learnt = await known(house, project)
    assert learnt.judged == (Answer.GOOD_POINT,)
    assert learnt.watch.allowance < 1

    back = replace(QUOTABLE, agreed=(), agreed_before=("quoted_by_avatar",))
    await edited(house.desk.database, story, back, now=house.desk.now() + timedelta(minutes=1))
    house.clock.advance(timedelta(minutes=2))
    house.desk.wake_outbox()
    await pilot.wait_until_gone("had me say this here")
    await house.world.channel(await ana.dm()).wait_until_gone(QUOTE, as_="ana")


async def test_you_are_wrong_is_learnt_from_once(house: House) -> None:
    project, _story, private = await told_in_private(house)
    ana = house.person("ana")
    await ana.click(private, ids.SWERVE_WRONG)
    await house.world.channel(await ana.dm()).wait_for("It takes more from now on", as_="ana")
    with pytest.raises(PlaygroundError, match=r"nothing called .*there is \['"):
        await ana.click(private, ids.SWERVE_GOOD_POINT)
    learnt = await known(house, project)
    assert learnt.judged == (Answer.WRONG,)
    assert learnt.watch.allowance > 1
    assert await house.rows("SELECT answer FROM avatar_lines WHERE kind = 'speak_up'") == [("wrong",)]


SAYING = Saying(
    ref=quote(1),
    story_id=1,
    customer_id=1,
    words=QUOTE,
    kind_of_customer="small business",
    talked_on=date(2026, 11, 12),
    told_at=datetime(2026, 11, 13, tzinfo=UTC),
)


async def test_every_message_and_window_is_one_that_slack_takes(desk: Desk) -> None:
    project = replace(await begun(desk, "C1", "U1"), name="A <b> & co")
    reason = project.reasons[0]
    for manner, answer in product(Manner, (None, *Answer)):
        shown = replace(project, face=replace(project.face, manner=manner))
        for saying, like in ((SAYING, LIKE), (None, ())):
            for in_private in (True, False):
                payload = words.asks(
                    shown, reason, saying, sounds_like=like, line_id=1, in_private=in_private, answer=answer
                )
                assert_valid(payload, "message")
                assert "A &lt;b&gt; &amp; co" in str(payload)
            assert_valid(words.told(shown, reason, saying, sounds_like=like), "message")
        assert_valid(words.on_purpose_view(shown, reason, 1), "modal")
        for since in (None, NOW):
            view = listening_words.view(replace(shown, listens_since=since), windows=3, needed=8)
            assert_valid(view, "modal")
        for said in (listening_words.gave_up(shown), words.moved_on()):
            assert_valid(said, "message")


async def test_after_two_of_three_were_right_the_channel_hears_it_itself(house: House) -> None:
    project, _story, first = await told_in_private(house)
    ana, noor, pilot = house.person("ana"), house.person("noor"), house.world.channel("pilot")
    await ana.click(first, ids.SWERVE_GOOD_POINT)
    for said in (ids.SWERVE_WRONG, ids.SWERVE_GOOD_POINT):
        house.clock.advance(timedelta(days=8))
        reason = project.reasons[len((await known(house, project)).judged)]
        async with house.desk.begin() as session:
            await speak_up(session, WORKSPACE, project, reason, LIKE, in_channel=False, now=house.desk.now())
        assert await decide_for(house.desk, WORKSPACE, ana.id) == 1
        house.desk.wake_outbox()
        asked = await house.world.channel(await ana.dm()).wait_for(reason.words, as_="ana")
        await ana.click(asked, said)
    assert len((await known(house, project)).judged) == 3
    assert not any("moved away" in message.words() for message in await pilot.messages())

    house.clock.advance(timedelta(days=29))
    weeks = Weeks(house.desk, house.clock, project.channel_id)
    for _day in range(6):
        assert not await weeks.day(ON_COURSE)
    days = 1
    while not await weeks.day(SWERVE):
        days += 1
        assert days <= 10, "within two weeks"
    while house.desk.now().weekday() > 4:
        house.clock.advance(timedelta(days=1))
    assert await decide_for(house.desk, WORKSPACE, project.channel_id) == 1
    house.desk.wake_outbox()
    public = await pilot.wait_for("moved away")
    assert {ids.SWERVE_GOOD_POINT, ids.SWERVE_ON_PURPOSE, ids.SWERVE_NOT_NOW, ids.SWERVE_WRONG} <= set(
        public.actions()
    )
    assert "it was right before" in public.words()
    await noor.click(public, ids.SWERVE_NOT_NOW)
    await pilot.wait_for("keep quiet about this")
    assert (await known(house, project)).judged[-1] is Answer.NOT_NOW
    assert not any([await weeks.day(SWERVE) for _ in range(10)]), "four weeks of rest"
