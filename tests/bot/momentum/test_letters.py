"""The monthly letter: only where somebody wants it, only what may be told, nothing when nothing happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.desk import Desk
from bot.messages.letters import letter_modal
from bot.momentum.letters import told_now
from bot.momentum.rounds import look
from storage import channels, interviews, letters, nps_settings, rota, stories, workspace_settings
from stories.attention import LETTER, PART_LETTER
from stories.attention_hours import person_hours
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.rota.hours import Party
from stories.rota.people import Member
from stories.schedule import DigestTimes
from tests.blockkit import assert_valid
from tests.bot.objective.conftest import changed, told
from tests.bot.rota.asking import rows
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE, SetClock

SLOT = "letter:2026-11:Support"
NEXT_MONTH = datetime(2026, 12, 2, 10, tzinfo=UTC)
LONDON = Party("Europe/London", "GB")


async def a_month(desk: Desk, colleagues: int, segment: str = "clinics") -> None:
    """That many colleagues of Support each talked with somebody."""
    async with desk.begin() as session:
        for number in range(colleagues):
            await _talk(session, desk, f"U{number}", segment)
            await rota.choose(session, WORKSPACE, Member(user_id=f"U{number}", part="Support", party=LONDON))


async def _talk(session: AsyncSession, desk: Desk, user_id: str, segment: str) -> None:
    form = replace(
        BAKER, name=f"{user_id} Cust", company=user_id, segment=segment, sharing="not_shared", title=user_id
    )
    await interviews.store(
        session, WORKSPACE, form, source_key=f"draft:x{user_id}", author_id=user_id, now=desk.now()
    )


async def wants(desk: Desk, place: str, part: str = "Support") -> None:
    async with desk.begin() as session:
        await letters.want(session, WORKSPACE, place, part, by="UANA", now=desk.now())


async def says(desk: Desk, place: str = "UANA") -> str:
    async with desk.read() as session:
        found = await told_now(session, WORKSPACE, place, SLOT, desk.now())
    if found is not None:
        assert_valid(found.payload, "message")
    return str(found.payload) if found else ""


async def test_it_tells_what_may_be_told_and_is_no_letter_when_nothing_happened(
    desk: Desk, clock: SetClock
) -> None:
    assert await says(desk) == "", "nobody asked for it"
    await wants(desk, "UANA")
    assert await says(desk) == "", "nothing happened"
    await a_month(desk, 4)
    assert await says(desk) == "", "four colleagues are few enough to be meant"
    story = await told(desk, "U1")
    await changed(desk, story, "UBEN", "We ring before noon, as Marta wanted.")
    few = await says(desk)
    assert "stays untold" in few
    assert "as the baker from Leeds wanted" in few
    await a_month(desk, 5, "clinics")
    said = await says(desk)
    assert "conversations with customers" in said
    assert "Heard from:* clinics" in said
    assert all(f"<@U{number}>" not in said for number in range(5)), "no colleague's share"
    async with desk.begin() as session:
        known = await nps_settings.get(session, WORKSPACE)
        await nps_settings.change(session, WORKSPACE, replace(known, smallest_group=6))
    assert "Heard from:* clinics" not in await says(desk), "five are too few here"
    async with desk.begin() as session:
        await nps_settings.change(session, WORKSPACE, known)
    async with desk.begin() as session:
        await workspace_settings.choose(session, WORKSPACE, {"participation": False}, by="U1", now=NOW)
    assert "stays untold" in await says(desk)
    async with desk.begin() as session:
        await letters.stop(session, WORKSPACE, "UANA", now=desk.now())
    assert await says(desk) == ""


async def test_a_channel_hears_of_changes_in_the_languages_that_it_chose(desk: Desk, clock: SetClock) -> None:
    await a_month(desk, 2)
    story = await told(desk, "U1")
    await changed(desk, story, "UBEN", "We ring before noon.")
    async with desk.begin() as session:
        one = await stories.get(session, WORKSPACE, story)
        assert one is not None
        assert one.interview.language == "en"
    await wants(desk, "C1")
    assert "before noon" in await says(desk, "C1")
    for languages, hears in (({"de"}, False), ({"de", "en"}, True)):
        async with desk.begin() as session:
            digest = DigestSettings(languages=frozenset(languages))
            times = DigestTimes(days=frozenset({0}), at=time(9), time_zone="Europe/London")
            channel = ChannelSettings(channel_id="C1", set_up_by="UANA", times=times, digest=digest)
            await channels.save(session, WORKSPACE, channel, now=desk.now())
        assert ("before noon" in await says(desk, "C1")) is hears


async def test_it_comes_in_the_first_days_of_the_month_once_to_those_who_want_it(
    desk: Desk, clock: SetClock
) -> None:
    await a_month(desk, 5)
    await wants(desk, "UANA")
    await wants(desk, "C1")
    await wants(desk, "UBEN")
    async with desk.begin() as session:
        await letters.stop(session, WORKSPACE, "UBEN", now=desk.now())
    await look(desk, WORKSPACE)
    assert await rows(desk.database, "SELECT slot_key FROM unasked WHERE kind LIKE '%letter'") == []
    for day in (2, 3, 9):
        clock.moment = NEXT_MONTH.replace(day=day)
        await look(desk, WORKSPACE)
    offered = await rows(
        desk.database, "SELECT place, kind, slot_key FROM unasked WHERE kind LIKE '%letter' ORDER BY place"
    )
    assert offered == [("C1", PART_LETTER, SLOT), ("UANA", LETTER, SLOT)]
    clock.moment = NEXT_MONTH
    async with desk.database.begin() as session:
        await attention.settle(session, WORKSPACE, "UANA", person_hours("UTC", desk.now()), desk.now())
    (said,) = await rows(desk.database, "SELECT payload FROM deliveries WHERE kind = 'letter'")
    assert "Support" in str(said)


def test_the_window_offers_parts_and_ends_what_comes() -> None:
    for here, mine, channel in ((None, None, "C1"), ("Support", "", "C1"), (None, None, "")):
        view = letter_modal(
            ["Support", "x" * 80], channel_id=channel, here=here, mine=mine, stopped_on=NOW.date()
        )
        assert_valid(view, "modal")
        assert ("No more letters here" in str(view)) is (here is not None)
