"""Day one: installing posts nothing; whoever brought the bot in sees what to do, ticked from what is so."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot import ids
from storage import channels, workspaces
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.schedule import DigestTimes
from tests.bot.home.test_home import home_of
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import WORKSPACE


async def test_the_first_admin_who_looks_gets_the_list_and_others_do_not(house: House) -> None:
    await home_of(house, "ben", "What this is")
    home = await home_of(house, "ana", "Your first week")
    assert home.actions()[0] == ids.HOME_CHANNEL
    assert home.actions().count(ids.HOME_CHANNEL) == 1
    assert "first week" not in (await home_of(house, "mika", "What this is")).words()
    async with house.desk.read() as session:
        assert await workspaces.installer(session, WORKSPACE) == house.person("ana").id


async def test_nothing_is_posted_before_somebody_asks(house: House) -> None:
    await home_of(house, "ana", "Your first week")
    await home_of(house, "ben", "What this is")
    assert await house.rows("SELECT * FROM deliveries") == []
    assert await house.world.calls("chat.postMessage") == 0


async def test_ticks_follow_what_is_really_so(house: House) -> None:
    assert "0 of 3 so far" in (await home_of(house, "ana", "Your first week")).words()
    await house.story(by="ben")
    assert "1 of 3 so far" in (await home_of(house, "ana", "1 of 3")).words()
    for number in range(2):
        await house.story(replace(BAKER, title=f"More {number}"), by="ben")
    home = await home_of(house, "ana", "Three conversations are written up")
    assert ":white_check_mark:" in str(home.blocks)


async def test_invited_colleagues_get_one_private_message_in_the_inviters_name(house: House) -> None:
    ana = house.person("ana")
    await ana.click(await home_of(house, "ana", "Your first week"), ids.HOME_INVITE)
    modal = await ana.modal("Invite colleagues")
    await modal.submit({"colleagues": ["ben", "mika"]})
    for name in ("ben", "mika"):
        person = house.person(name)
        message = await house.world.channel(await person.dm()).wait_for("invites you", as_=name)
        assert f"<@{ana.id}>" in str(message.raw)
        assert ids.INTERVIEW_OPEN in message.actions()
    await ana.home("Colleagues are on board")
    # Choosing the same people again sends nothing more.
    await ana.click(await ana.home(), ids.HOME_HELP)
    assert len(await house.rows("SELECT * FROM deliveries")) == 2


async def test_guests_and_oneself_are_not_invited(house: House) -> None:
    ana = house.person("ana")
    await ana.click(await home_of(house, "ana", "Your first week"), ids.HOME_INVITE)
    modal = await ana.modal("Invite colleagues")
    await modal.submit({"colleagues": ["ben", "gus"]})
    assert "Gus Guest is a guest" in (await ana.errors())["colleagues"]
    await modal.submit({"colleagues": ["ana"]})
    assert "other than yourself" in (await ana.errors())["colleagues"]
    assert await house.rows("SELECT * FROM deliveries") == []


async def test_the_list_can_be_put_away(house: House) -> None:
    ana = house.person("ana")
    await ana.click(await home_of(house, "ana", "Your first week"), ids.HOME_FIRST_WEEK_HIDE)
    home = await ana.home("Write up your first conversation")
    assert "first week" not in home.words()
    assert "first week" not in (await home_of(house, "ana", "What this is")).words()


async def test_the_pilot_channels_digest_is_looked_at_and_ticked(house: House) -> None:
    ana = house.person("ana")
    await set_up(house, "pilot")
    home = await home_of(house, "ana", "Pilot channel:")
    await ana.click(home, ids.HOME_PREVIEW)
    await (await ana.modal("Stories for this channel")).close()
    assert "You have looked" not in (await home_of(house, "ana", "Pilot channel:")).words()
    await house.story(by="ben")
    await ana.click(await home_of(house, "ana", "1 of 3"), ids.HOME_PREVIEW)
    assert BAKER.title in (await ana.modal("Stories for this channel")).words()
    await ana.home("You have looked at a digest")
    assert await house.world.channel("pilot").messages() == []


async def test_a_digest_looked_at_by_the_command_is_ticked_too(house: House) -> None:
    ana = house.person("ana")
    await set_up(house, "pilot")
    await house.story(by="ben")
    assert "You have looked" not in (await home_of(house, "ana", "Pilot channel:")).words()
    await ana.command("/firsthand digest now", channel="pilot")
    assert BAKER.title in (await ana.modal("Stories for this channel")).words()
    await ana.home("You have looked at a digest")


async def set_up(house: House, channel: str) -> None:
    """A channel that hears stories at nine."""
    wanted = ChannelSettings(
        channel_id=await house.channel_id(channel),
        set_up_by=house.person("ana").id,
        times=DigestTimes(days=frozenset(range(5)), at=time(9), time_zone="Europe/London", country=None),
        digest=DigestSettings(),
    )
    async with house.desk.begin() as session:
        await channels.save(session, WORKSPACE, wanted.started(house.desk.now()), now=house.desk.now())
