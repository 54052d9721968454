"""The gate on a database of its own: kinds that say something simple, a channel, and offers to it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.attention_composers import COMPOSERS, Made
from bot.messages.blocks import context
from storage import channels
from storage.attention import Waiting
from storage.database import Database
from stories.attention import DIGEST, UNASKED
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from stories.schedule import DigestTimes
from tests.conftest import NOW, WORKSPACE
from tests.storage.conftest import any_url, either

__all__ = ["any_url", "either"]

LONDON = DigestTimes(days=frozenset(range(5)), at=time(9), time_zone="Europe/London", country="GB")


async def plainly(_: AsyncSession, __: str, one: Waiting, ___: datetime) -> Made | None:
    """Any kind in a few words; nothing for one that has been taken back."""
    if one.about.get("gone"):
        return None
    said = f"{one.kind} {one.slot_key}"
    beside = frozenset[int]() if one.about.get("alone") else None
    return Made(payload={"text": said}, line=(context(said),), beside=beside)


@pytest.fixture(autouse=True)
def every_kind_has_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the kinds of later features."""
    for name in UNASKED:
        if name != DIGEST:
            monkeypatch.setitem(COMPOSERS, name, plainly)


async def listening(database: Database, channel_id: str, times: DigestTimes = LONDON, **more: Any) -> None:
    """Have a channel hear digests."""
    channel = ChannelSettings(
        channel_id=channel_id, set_up_by="U9", times=times, digest=DigestSettings(how_many=1), **more
    )
    async with database.begin() as session:
        await channels.save(session, WORKSPACE, channel, now=NOW)
