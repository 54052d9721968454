"""App Home follows what somebody is near and what they lead, without their saying so."""

from __future__ import annotations

import dataclasses
from datetime import date, time

from sqlalchemy.ext.asyncio import AsyncSession

from bot import channel_rolls as reading
from bot.desk import Desk
from bot.home_leading import FOLLOWS
from bot.home_near import measured
from bot.messages.home import home_view
from bot.permissions import Role
from storage import (
    account_intake,
    channel_rolls,
    channels,
    interviews,
    nps_follows,
    parts,
    people,
    projects,
    rota,
)
from storage.account_intake import Listed
from storage.nps_follows import Follow
from storage.projects import NewProject
from stories.avatars.project import Face, Manner, Rhythm
from stories.channels import ChannelSettings, ChannelState
from stories.digest import DigestSettings
from stories.rota.hours import Party
from stories.rota.people import Member, Seniority
from stories.schedule import DigestTimes
from tests.bot.digest.conftest import form
from tests.bot.home.test_home import home_of
from tests.bot.home.test_home_blocks import COMMANDS
from tests.bot.home.test_leading import FREE, PRO, answered, seen_by, told
from tests.bot.stories.conftest import House
from tests.conftest import NOW, WORKSPACE

TIMES = DigestTimes(days=frozenset({0}), at=time(9), time_zone="Europe/London", country="GB")


def project(
    channel_id: str, *, owner: str = "UOWNER", segment: str = "Pro", name: str = "Paper"
) -> NewProject:
    face = Face(name="Mair", emoji=":mountain:", manner=Manner.WARM)
    return NewProject(
        channel_id=channel_id,
        name=name,
        goal="Nobody prints anything.",
        segment=segment,
        owner_id=owner,
        face=face,
        rhythm=Rhythm.NEVER,
    )


async def hears(session: AsyncSession, channel_id: str, *segments: str) -> None:
    """A channel that hears a digest of these kinds of customers."""
    channel = ChannelSettings(
        channel_id=channel_id,
        set_up_by="USET",
        times=TIMES,
        digest=DigestSettings(segments=frozenset(segments)),
        state=ChannelState.ON,
    )
    await channels.save(session, WORKSPACE, channel, now=NOW)


async def test_being_in_a_channel_is_following_what_it_hears_of(desk: Desk) -> None:
    async with desk.begin() as session:
        await answered(session)
        await told(session)
        await hears(session, "C1DIGEST", "free")
        follow = Follow(
            channel_id="C2NPS", cells=((), PRO), every_segment=True, asked_by="USET", asked_at=NOW
        )
        await nps_follows.follow(session, WORKSPACE, follow)
        await projects.begin(session, WORKSPACE, project("C3PROJECT"), by="UOWNER", now=NOW)
        for channel, members in (
            ("C1DIGEST", ["UREADER", "UCHOSE"]),
            ("C2NPS", ["UREADER", "U1", "U2"]),
            ("C3PROJECT", ["UBUILDS"]),
        ):
            await channel_rolls.keep(session, WORKSPACE, channel, members, now=NOW)
        await people.meet(session, WORKSPACE, "UCHOSE", now=NOW)
        await people.choose(session, WORKSPACE, "UCHOSE", {FOLLOWS: [["plan", "Pro"]]})
    reader, builds, owner, chose, nobody = [
        await seen_by(desk, who) for who in ("UREADER", "UBUILDS", "UOWNER", "UCHOSE", "UNOBODY")
    ]
    # The smaller channel first; a kind of customers of stories is measured by the answers' property.
    assert [one.segment for one in reader.trends] == [FREE, PRO]
    assert {one.quotes for one in reader.voices} == {("Words of Free.",), ("Words of Pro.",)}
    assert reader.by_channels
    assert "Your channels hear of them" in str(home_view(reader, COMMANDS))
    assert [one.segment for one in builds.trends] == [PRO]
    assert [one.name for one in builds.around.near.projects] == ["Paper"]
    assert "Projects near you" in str(home_view(builds, COMMANDS))
    assert (owner.by_channels, [one.segment for one in owner.trends]) == (False, [PRO])
    assert "*Paper*, yours, in <#C3PROJECT>" in str(home_view(owner, COMMANDS))
    assert [one.segment for one in chose.trends] == [PRO], "what somebody chose outranks their channels"
    assert (nobody.follows, nobody.around.near.projects) == (False, ())


async def test_whoever_comes_goes_and_whatever_falls_silent_is_followed(desk: Desk) -> None:
    async with desk.begin() as session:
        await hears(session, "C1", "Pro")
        assert await channel_rolls.to_read(session, WORKSPACE, NOW, most=5) == ("C1",)
        assert not await channel_rolls.came(session, WORKSPACE, "C1", "U1"), "nobody has read it yet"
        await channel_rolls.keep(session, WORKSPACE, "C1", ["U1"], now=NOW)
        assert not await channel_rolls.came(session, WORKSPACE, "C1", "U1")
        assert await channel_rolls.came(session, WORKSPACE, "C1", "U2")
        assert await channel_rolls.went(session, WORKSPACE, "C1", "U1")
        assert not await channel_rolls.went(session, WORKSPACE, "C1", "U1")
        near = [await channel_rolls.near(session, WORKSPACE, who, most=5) for who in ("U1", "U2")]
        assert [one.cells for one in near] == [(), ((("", "Pro"),),)]
        await channels.forget(session, WORKSPACE, "C1")
        await channel_rolls.drop_silent(session, WORKSPACE)
        assert await channel_rolls.to_read(session, WORKSPACE, NOW, most=5) == ()
        assert not await channel_rolls.went(session, WORKSPACE, "C1", "U2"), "nobody is kept on its roll"


async def test_an_account_manager_a_lead_and_the_leadership_see_what_they_lead(desk: Desk) -> None:
    async with desk.begin() as session:
        await answered(session)
        listed = Listed(name="Ortega GmbH", owner="UACC", renewal_on=date(2027, 1, 5), segment="Free")
        await account_intake.take_in(session, WORKSPACE, [listed], now=NOW)
        for number in range(12):
            who = f"U{number}"
            member = Member(
                user_id=who, part="Sales" if number < 6 else "Design", party=Party(time_zone="UTC")
            )
            await rota.choose(session, WORKSPACE, member)
            talk = dataclasses.replace(form(number + 10), talked_on=NOW.date().isoformat())
            await interviews.store(session, WORKSPACE, talk, source_key=who, author_id=who, now=NOW)
        for who, seniority in (("ULEAD", Seniority.LEAD), ("UCEO", Seniority.LEADERSHIP)):
            led = Member(user_id=who, part="Sales", seniority=seniority, party=Party(time_zone="UTC"))
            await rota.choose(session, WORKSPACE, led)
        await people.grant(session, WORKSPACE, "UMGR", Role.MANAGER, by="UADMIN", now=NOW)
        await parts.show_to(session, WORKSPACE, "U3", "UMGR", now=NOW)
    manages, lead, ceo, part, hands = [
        await seen_by(desk, who) for who in ("UACC", "ULEAD", "UCEO", "UMGR", "U3")
    ]
    assert [one.segment for one in manages.trends] == [FREE]
    assert "*Ortega GmbH* · renews on" in str(home_view(manages, COMMANDS))
    assert "Sales: 6" in str(home_view(lead, COMMANDS))
    assert "Design" not in str(home_view(lead, COMMANDS))
    assert "Design: 6, Sales: 6" in str(home_view(ceo, COMMANDS))
    assert "One colleague lets you see that they take part: one conversation in 90 days" in str(
        home_view(part, COMMANDS)
    )
    assert "where you lead" not in str(home_view(hands, COMMANDS))


def test_kinds_of_customers_of_stories_are_found_among_those_of_answers() -> None:
    known = {"plan": ("Enterprise", "Pro"), "size": ("enterprise",)}
    asked = ((("", "ENTERPRISE"),), (("plan", "Enterprise"),), (("", "Home care"),), PRO)
    assert measured(asked, known) == ((("plan", "Enterprise"),), PRO)


async def test_somebody_who_joins_a_channel_finds_its_customers_on_their_home(house: House) -> None:
    await house.story()
    pilot = await house.channel_id("pilot")
    ben, client = house.person("ben"), await house.desk.connections.client(WORKSPACE)
    async with house.desk.begin() as session:
        await hears(session, pilot, "small business")
    await ben.do("leave", channel="pilot")
    assert await reading.read_some(house.desk, client, WORKSPACE) == 1
    assert await reading.read_some(house.desk, client, WORKSPACE) == 0, "once a week is enough"
    before = await home_of(house, "ben", "What this is")
    assert "Fresh voices" not in before.words()
    await ben.do("join", channel="pilot")
    assert "with flour on the screen" in (await ben.home("Fresh voices from them")).words()
    await ben.do("leave", channel="pilot")

    async def gone() -> bool:
        return "Fresh voices" not in (await ben.home()).words()

    await house.world.until(gone, "Ben's Home to follow that he left")
