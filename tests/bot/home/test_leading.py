"""App Home differs by what somebody leads and follows, and tells figures as honestly as everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids
from bot.colleagues import Colleague
from bot.desk import Desk
from bot.home_gathering import gather
from bot.home_leading import FOLLOWS
from bot.home_values import Home
from bot.messages.home import home_view
from bot.messages.home_leading import follow_view, nps_lines
from bot.messages.home_sparkline import sparkline
from bot.priorities.measured import Standing, Trend
from storage import interviews, nps_answers, nps_follows, nps_sources, people, priorities, stories, themes
from storage.homes_own import HomeCustomer
from storage.nps_answers import Answer
from storage.nps_follows import Follow
from storage.priorities import NewPriority
from storage.themes import NewTheme
from stories.nps.change import compare
from stories.nps.counts import Counts
from stories.priorities.priority import Happening, Note, Priority, State
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import form
from tests.bot.home.test_home import home_of
from tests.bot.home.test_home_blocks import COMMANDS, FULL, NASTY, telling
from tests.bot.stories.conftest import House
from tests.conftest import NOW, WORKSPACE

PRO, FREE = (("plan", "Pro"),), (("plan", "Free"),)


def test_a_line_of_blocks_is_tall_where_the_score_is_and_never_a_cliff_for_nothing() -> None:
    rising = [Counts(promoters=n, detractors=100 - n) for n in (10, 30, 50, 70, 90)]
    assert sparkline(rising) == "▁▃▅▇█"
    assert sparkline([None, *rising[:1], None]) == "·▅·"
    a_point = [Counts(promoters=50, detractors=50), Counts(promoters=51, detractors=49)]
    assert sparkline(a_point) == "▄▅", "two points are one step, not the whole height"


def test_the_line_is_told_in_words_too_and_noise_is_called_noise() -> None:
    months = tuple(Counts(promoters=40 + n, passives=20, detractors=40 - n) for n in range(6))
    before, after = sum(months[:3], Counts()), sum(months[3:], Counts())
    noise = Trend(segment=PRO, months=months, latest=after, change=compare(before, after))
    said = str(
        nps_lines(replace(FULL, trends=(noise, Trend(segment=FREE, months=(None,) * 6)), follows=True))
    )
    assert "+0, +2, +4, +6, +8, +10" in said.replace("0, +2", "+0, +2", 1)
    assert "no more than noise" in said
    assert "*Free*: too few answers" in said


def test_the_fullest_home_fits_and_obeys_nothing_that_people_typed() -> None:
    priority = Priority(
        id=1,
        place=1,
        theme_id=1,
        name=NASTY,
        quarter=date(2026, 10, 1),
        last_day=date(2026, 12, 31),
        owner_id="U1",
        done_means=NASTY[:300],
        segment=PRO,
        start=Counts(promoters=9, passives=9, detractors=9),
        chosen_by="U2",
        chosen_on=date(2026, 10, 8),
        state=State.STANDING,
        latest=Note(what=Happening.PROGRESS, by="U1", at=NOW, words=NASTY[:500]),
    )
    many = Counts(promoters=90, passives=9, detractors=9)
    trend = Trend(segment=((NASTY[:40], NASTY[:60]),), months=(many,) * 6, latest=many, change=None)
    home = replace(
        FULL,
        customers=tuple(
            HomeCustomer(customer_id=n, name=NASTY[:80], company=NASTY[:80], talked_on=NOW.date(), promises=2)
            for n in range(5)
        ),
        standing=(Standing(priority=priority, since=many),) * 3,
        trends=(trend,) * 3,
        voices=(telling(50), telling(51)),
        follows=True,
    )
    view = home_view(home, COMMANDS)
    assert_valid(view, "home")
    assert len(view["blocks"]) <= 80
    assert "<!channel>" not in str([block for block in view["blocks"] if block["type"] == "section"])
    assert_valid(follow_view([((NASTY[:40], NASTY[:60]),)] * 140, []), "modal")


async def seen_by(desk: Desk, user_id: str) -> Home:
    who = Colleague(user_id=user_id, name="", time_zone="UTC", locale="en", admin=False, guest=False)
    async with desk.read() as session:
        return (await gather(session, WORKSPACE, who, NOW))[0]


async def answered(session: AsyncSession) -> None:
    """Thirty answers a month of each of two plans."""
    source = await nps_sources.ensure(session, WORKSPACE, kind="file", name="shop", now=NOW)
    said = [
        Answer(
            key=f"{plan}{month}{n}",
            score=9 if n % 3 else 3,
            at=datetime(2026, month, 9, 12, tzinfo=NOW.tzinfo),
            comment="",
            properties={"plan": plan},
        )
        for plan in ("Pro", "Free")
        for month in range(5, 11)
        for n in range(30)
    ]
    await nps_answers.take_in(session, WORKSPACE, source, said)


async def told(session: AsyncSession) -> None:
    """A story of a customer of each plan."""
    for number, segment in enumerate(("Pro", "Free")):
        talk = form(number, segment=segment, quotes=(f"Words of {segment}.",))
        story_id = await interviews.store(
            session, WORKSPACE, talk, source_key=segment, author_id="U9", now=NOW
        )
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        await stories.publish(session, WORKSPACE, story, now=NOW)


async def chosen(session: AsyncSession) -> None:
    """One of the top three, measured by one plan."""
    theme = await themes.add_proposal(
        session, WORKSPACE, "wordllama", NewTheme(name="Paper", described=b"", text_ids=()), now=NOW
    )
    new = NewPriority(
        theme_id=theme,
        quarter=date(2026, 10, 1),
        last_day=date(2026, 12, 31),
        owner_id="UOWNS",
        done_means="No paper.",
        segment=PRO,
        start=None,
        chosen_by="U9",
        chosen_on=NOW.date() - timedelta(days=40),
    )
    await priorities.choose(session, WORKSPACE, new, now=NOW)


async def test_an_employee_a_lead_and_whoever_owns_one_see_different_homes(desk: Desk) -> None:
    async with desk.begin() as session:
        await answered(session)
        await told(session)
        await chosen(session)
        asked = Follow(channel_id="C1", cells=(FREE,), every_segment=False, asked_by="ULEAD", asked_at=NOW)
        await nps_follows.follow(session, WORKSPACE, asked)
        await people.meet(session, WORKSPACE, "UCHOSE", now=NOW)
        await people.choose(session, WORKSPACE, "UCHOSE", {FOLLOWS: [["plan", "Pro"], ["plan", "Free"]]})
    everybody, lead, owner, chose = [
        await seen_by(desk, user) for user in ("UANY", "ULEAD", "UOWNS", "UCHOSE")
    ]
    assert [one.segment for one in everybody.trends] == [()]
    assert (everybody.follows, everybody.voices) == (False, ())
    assert [one.segment for one in lead.trends] == [FREE]
    assert [one.quotes for one in lead.voices] == [("Words of Free.",)]
    assert [one.segment for one in owner.trends] == [PRO]
    assert [one.segment for one in chose.trends] == [PRO, FREE]
    assert len(chose.voices) == 2
    assert all(len(home.standing) == 1 for home in (everybody, lead, owner, chose))
    assert lead.trends[0].latest == Counts(promoters=60, detractors=30)
    written = await seen_by(desk, "U9")
    assert [one.name for one in written.customers] == ["Nadia Number1", "Nadia Number0"]


async def test_somebody_chooses_on_their_home_whom_to_follow(house: House) -> None:
    await house.story()
    async with house.desk.begin() as session:
        source = await nps_sources.ensure(session, WORKSPACE, kind="file", name="shop", now=NOW)
        at = NOW - timedelta(days=60)
        said = [Answer(key=str(n), score=9, at=at, comment="", properties={"plan": "Pro"}) for n in range(20)]
        await nps_answers.take_in(session, WORKSPACE, source, said)
    ben = house.person("ben")
    home = await home_of(house, "ben", "This is everybody")
    await ben.click(home, ids.HOME_FOLLOW)
    await (await ben.modal("Whom do you follow?")).submit({"follows": ["small business"]})
    home = await ben.home("Fresh voices from them")
    assert "with flour on the screen" in home.words()
