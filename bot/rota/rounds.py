"""The day's round: colleagues whose turn it is are matched with customers who may be asked."""

from __future__ import annotations

import asyncio
import random
import zlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.looping import in_each
from bot.rota.questions import segments_in_question
from bot.rota.steps import look_after
from bot.terms import rules
from storage import contacts_free, rota, rota_talks
from storage.rota_talks import NewTalk
from stories.rota.matching import Match, Situation, match
from stories.rota.people import Employee, is_due, is_rested
from stories.rota.talks import State, Step, invited_at

YEAR = timedelta(days=365)


async def keep_rota(desk: Desk) -> None:
    """Hold the day's round in every workspace, and do what is due. To be called at every tick."""
    await in_each(desk.connections.workspaces, partial(hold_round, desk), partial(look_after, desk))()


async def hold_round(desk: Desk, workspace_id: str) -> int:
    """Match those whose turn it is, once a day; tells how many were matched.

    The same day, people and customers give the same rota, whichever process holds the round.
    """
    now = desk.now()
    today = now.date()
    async with desk.read() as session:
        held = await rota.held_on(session, workspace_id)
        if held is not None and held >= today:
            return 0
        if not (await rules(session, workspace_id)).rota:
            return 0
        ours = [one for one in await rota.employees(session, workspace_id) if is_due(one, today)]
        free = await contacts_free.free(session, workspace_id, now) if ours else ()
        theirs = [one for one in free if is_rested(one, today)]
        situation = await _situation(session, workspace_id, today)
    found: Sequence[Match] = ()
    if ours and theirs:
        # Seconds in a large company, in which the bot answers all the same.
        found = await asyncio.to_thread(match, ours, theirs, situation, seed=seed_of(workspace_id, today))
    async with desk.database.begin() as session:
        if not await rota.begin_round(session, workspace_id, today):
            return 0
        await _keep(session, workspace_id, found, {one.user_id: one for one in ours}, now)
        await rota.end_round(session, workspace_id, len(found))
    return len(found)


def seed_of(workspace_id: str, day: date) -> int:
    """What chance is decided by on one day in one workspace."""
    return zlib.crc32(f"{workspace_id} {day.isoformat()}".encode())


async def _situation(session: AsyncSession, workspace_id: str, today: date) -> Situation:
    heard = await rota.heard(session, workspace_id, today - YEAR)
    wanted = await segments_in_question(session, workspace_id, today)
    return Situation(today=today, heard=heard.last, wanted=wanted, voices=heard.voices)


async def _keep(
    session: AsyncSession,
    workspace_id: str,
    found: Sequence[Match],
    ours: dict[str, Employee],
    now: datetime,
) -> None:
    chance = random.Random(seed_of(workspace_id, now.date()))
    new = [
        NewTalk(
            user_id=one.user_id,
            customer_id=one.customer_id,
            partner_id=one.partner_id,
            state=State.MATCHED,
            starts_at=one.at,
            step=Step.INVITE,
            next_at=invited_at(ours[one.user_id].party, now, chance=chance.random()),
        )
        for one in found
    ]
    await rota_talks.begin_many(session, workspace_id, new, now=now)
