"""What is to be done about conversations when their moment comes: looked for at every tick."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.colleagues import Colleague
from bot.desk import Desk
from bot.looping import one_by_one
from bot.preferences import Private, wants
from bot.rota.about import may_go_on
from bot.rota.answering import call_off, end, finish
from bot.rota.notes import invitation_slot, reminder_slot
from bot.terms import rules
from storage import contacts_free, drafts, people, rota, rota_talks
from storage.attention import Unasked
from stories.attention import ROTA_INVITATION, ROTA_REMINDER
from stories.rota.hours import is_working, knocking_off, shared_slots
from stories.rota.people import DEFAULT_RHYTHM, Member
from stories.rota.talks import ANSWER_WITHIN, MOST_TRIES, Kind, State, Step, Talk, after, again_at, invited_at

log = logging.getLogger(__name__)

UNKNOWN_PERSON = frozenset({"user_not_found", "users_not_found"})
A_WHILE = timedelta(minutes=10)
SOON = timedelta(days=2)
"""A talk that would be sooner than this is proposed for later: the customer has to be asked first."""


async def look_after(desk: Desk, workspace_id: str) -> int:
    """Do what is due; tells about how many conversations. Raises NotConnected where nobody speaks there."""
    async with desk.read() as session:
        due = await rota_talks.due(session, workspace_id, desk.now())
    try:
        await one_by_one(due, partial(_look_at, desk, workspace_id))
    finally:
        if due:
            desk.wake_outbox()
    return len(due)


async def _look_at(desk: Desk, workspace_id: str, talk: Talk) -> None:
    try:
        colleague = await _colleague(desk, workspace_id, talk.user_id)
    except (SlackClientError, OSError, TimeoutError) as trouble:
        log.warning("a conversation of the rota waits: Slack does not answer (%s)", trouble)
        return
    async with desk.database.begin() as session:
        held = await rota_talks.get(session, workspace_id, talk.id, hold=True)
        if held is not None and held.next_at is not None and held.next_at <= desk.now():
            await _step(session, workspace_id, held, colleague, desk)


async def _colleague(desk: Desk, workspace_id: str, user_id: str) -> Colleague | None:
    """Whose talk it is; None for somebody who is no colleague any more."""
    client = await desk.connections.client(workspace_id)
    try:
        found = await desk.colleagues.get(client, workspace_id, user_id)
    except SlackApiError as error:
        if error.response.get("error") in UNKNOWN_PERSON:
            return None
        raise
    return None if found.guest or found.deactivated else found


async def _step(
    session: AsyncSession, workspace_id: str, talk: Talk, colleague: Colleague | None, desk: Desk
) -> None:
    now, member = desk.now(), await rota.member(session, workspace_id, talk.user_id)
    if colleague is None or member is None:
        await _leave(session, workspace_id, member, now)
        await call_off(session, workspace_id, talk, now)
        return
    member = await _where_they_are_now(session, workspace_id, member, colleague)
    if not await may_go_on(session, workspace_id, talk, now):
        await call_off(session, workspace_id, talk, now)
    elif talk.step is Step.INVITE:
        allowed = (await rules(session, workspace_id)).rota and member.takes_part
        if allowed:
            await _invite(session, workspace_id, talk, member, desk)
        else:
            await call_off(session, workspace_id, talk, now)
    elif talk.step is Step.LET_GO:
        await _let_go(session, workspace_id, talk, member, now)
    else:
        await _remind(session, workspace_id, talk, member, now)


async def _where_they_are_now(
    session: AsyncSession, workspace_id: str, member: Member, colleague: Colleague
) -> Member:
    """People travel: their working hours are those of where Slack says they are today."""
    if member.party.time_zone == colleague.time_zone:
        return member
    moved = replace(member, party=replace(member.party, time_zone=colleague.time_zone))
    await rota.choose(session, workspace_id, moved)
    return moved


async def _leave(session: AsyncSession, workspace_id: str, member: Member | None, now: datetime) -> None:
    """Whoever left the company has left the rota."""
    if member is not None and member.left_at is None:
        await rota.choose(session, workspace_id, replace(member, left_at=now))


async def _invite(session: AsyncSession, workspace_id: str, talk: Talk, member: Member, desk: Desk) -> None:
    """Offer the invitation within working hours; where there is no room this week, try again in the next."""
    now = desk.now()
    if not is_working(member.party, now):
        at = invited_at(member.party, now, chance=0.2)
        await rota_talks.change(session, workspace_id, talk.id, next_at=at)
        return
    moved = await _in_time(session, workspace_id, talk, member, now)
    if moved is None:
        await end(session, workspace_id, talk, State.CALLED_OFF, now)
        return
    about = {"talk": talk.id, "command": desk.settings.firsthand_channel_command}
    slot = invitation_slot(talk)
    what = Unasked(place=talk.user_id, kind=ROTA_INVITATION, slot_key=slot, about=about)
    until = max(knocking_off(member.party, now), now + timedelta(minutes=1))
    zone = member.party.time_zone
    became = await attention.offer(session, workspace_id, what, now=now, zone=zone, fresh_until=until)
    await _as_offered(session, workspace_id, talk, member, became.state, now)


async def _as_offered(
    session: AsyncSession, workspace_id: str, talk: Talk, member: Member, state: str, now: datetime
) -> None:
    if state in ("planned", "merged"):
        values = {"state": State.INVITED.value, "step": Step.LET_GO.value, "next_at": now + ANSWER_WITHIN}
        await rota_talks.change(session, workspace_id, talk.id, **values)
    elif state == "waiting":
        await rota_talks.change(session, workspace_id, talk.id, next_at=now + A_WHILE)
    elif talk.tries + 1 < MOST_TRIES:
        later = again_at(member.party, now)
        await rota_talks.change(session, workspace_id, talk.id, tries=talk.tries + 1, next_at=later)
    else:
        await end(session, workspace_id, talk, State.UNANSWERED, now)


async def _in_time(
    session: AsyncSession, workspace_id: str, talk: Talk, member: Member, now: datetime
) -> Talk | None:
    """The talk at a time that leaves some days to agree on it; None where there is none any more."""
    if talk.starts_at is not None and talk.starts_at > now + SOON:
        return talk
    if talk.with_talk_id is not None or talk.customer_id is None:
        return talk if talk.starts_at is not None and talk.starts_at > now else None
    known = await contacts_free.get(session, workspace_id, talk.customer_id)
    slots = shared_slots((member.party, known.party), now.date()) if known else ()
    if not slots:
        return None
    await rota_talks.change(session, workspace_id, talk.id, starts_at=slots[0])
    return replace(talk, starts_at=slots[0])


async def _let_go(
    session: AsyncSession, workspace_id: str, talk: Talk, member: Member, now: datetime
) -> None:
    """Nobody answered: it is over without a word, and their rhythm begins anew."""
    rhythms = await rota.parts(session, workspace_id)
    weeks = member.every_weeks or rhythms.get(member.part, DEFAULT_RHYTHM)
    first = (now + timedelta(weeks=weeks)).date()
    await rota.choose(session, workspace_id, replace(member, not_before=first))
    await end(session, workspace_id, talk, State.UNANSWERED, now)


async def _remind(
    session: AsyncSession, workspace_id: str, talk: Talk, member: Member, now: datetime
) -> None:
    """The day before, and twice after; nothing once it was written up or thrown away."""
    if talk.step is None or talk.starts_at is None:
        return
    before = talk.step is Step.DAY_BEFORE
    draft = await drafts.get(session, workspace_id, talk.draft_id) if talk.draft_id else None
    written = talk.kind is Kind.TALK and draft is None
    if talk.step is Step.CLOSE or (written and talk.starts_at <= now):
        await finish(session, workspace_id, talk, now)
        return
    wanted = wants(await people.settings(session, workspace_id, talk.user_id), Private.REMINDERS)
    # One that would come at night, or long after its moment, is left out.
    if wanted and is_working(member.party, now) and (not before or now < talk.starts_at):
        what = Unasked(
            place=talk.user_id,
            kind=ROTA_REMINDER,
            slot_key=reminder_slot(talk, talk.step),
            about={"talk": talk.id},
        )
        until = max(knocking_off(member.party, now), now + timedelta(minutes=1))
        zone = member.party.time_zone
        await attention.offer(session, workspace_id, what, now=now, zone=zone, fresh_until=until)
    step, at = after(talk.step, member.party, talk.starts_at)
    await rota_talks.change(session, workspace_id, talk.id, step=step.value, next_at=max(at, now))
