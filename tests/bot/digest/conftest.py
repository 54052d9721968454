"""The house of the stories' tests, with channels that hear digests and ticks that tests make themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

from bot.schedule import tick
from storage import channels
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.forms import Form
from stories.schedule import DigestTimes
from tests.bot.stories.conftest import BAKER, House, house
from tests.conftest import WORKSPACE

__all__ = ["NINE", "house"]

NINE = DigestTimes(days=frozenset(range(5)), at=time(9), time_zone="Europe/London", country="GB")


def form(number: int, **changes: Any) -> Form:
    """A story of a customer of its own."""
    own: dict[str, Any] = {
        "name": f"Nadia Number{number}",
        "company": "",
        "title": f"Story {number}",
        "themes": (f"theme {number}",),
    }
    return replace(BAKER, **(own | changes))


async def listens(
    house: House, name: str = "pilot", times: DigestTimes = NINE, *, by: str = "ana", **wanted: Any
) -> ChannelSettings:
    """Have a channel hear digests from now on."""
    user = house.person(by).id
    channel = ChannelSettings(
        channel_id=await house.channel_id(name),
        set_up_by=user,
        managers=(user,),
        times=times,
        digest=DigestSettings(**wanted),
    ).started(house.desk.now())
    async with house.desk.begin() as session:
        await channels.save(session, WORKSPACE, channel, now=house.desk.now())
    return channel


async def settings_of(house: House, name: str = "pilot") -> ChannelSettings | None:
    """A channel's settings as they are kept."""
    place = await house.channel_id(name)
    async with house.desk.read() as session:
        return await channels.get(session, WORKSPACE, place)


async def ticks(house: House) -> int:
    """One tick; how many digests it planned."""
    return await tick(house.desk)
