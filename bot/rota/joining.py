"""Joining the rota and leaving it, each by oneself. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.colleagues import Colleague
from bot.messages.blocks import Block
from bot.messages.rota import OF_PART, Coming, rota_modal
from bot.rota.answering import stop_asking
from storage import contacts_free, rota, rota_talks
from stories.calendars import check_country, parse_country
from stories.errors import UserError
from stories.language import _
from stories.rota.hours import Party
from stories.rota.people import DEFAULT_RHYTHM, LONGEST_PART, Member, Seniority
from stories.rota.talks import State, Talk
from stories.text import one_line


async def window(session: AsyncSession, workspace_id: str, colleague: Colleague) -> Block:
    """The rota's window for this person."""
    own = await standing(session, workspace_id, colleague)
    rhythms = await rota.parts(session, workspace_id)
    coming = await agreed(session, workspace_id, colleague)
    had = await rota.conversations(session, workspace_id, colleague.user_id)
    of_part = rhythms.get(own.part, DEFAULT_RHYTHM)
    return rota_modal(own, of_part=of_part, coming=coming, talks=had)


async def agreed(session: AsyncSession, workspace_id: str, colleague: Colleague) -> list[Coming]:
    """What somebody has agreed to, and is still to come."""
    talks = await rota_talks.open_of(session, workspace_id, colleague.user_id)
    own = await standing(session, workspace_id, colleague)
    return [
        await _coming(session, workspace_id, one, own.party) for one in talks if one.state is State.ACCEPTED
    ]


async def standing(session: AsyncSession, workspace_id: str, colleague: Colleague) -> Member:
    """What somebody chose, or what can be guessed before they did; their time zone as Slack tells it."""
    known = await rota.member(session, workspace_id, colleague.user_id)
    if known is not None:
        return replace(known, party=replace(known.party, time_zone=colleague.time_zone))
    tongue, _dash, country = colleague.locale.partition("-")
    return Member(
        user_id=colleague.user_id,
        languages=tuple(dict.fromkeys((tongue, "en"))),
        party=Party(colleague.time_zone, _known_country(country)),
    )


async def join(
    session: AsyncSession,
    workspace_id: str,
    colleague: Colleague,
    values: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Keep what somebody chose; tells whether they joined by it. Raises UserError that names the field."""
    before = await standing(session, workspace_id, colleague)
    chosen = replace(
        before,
        part=_part(values.get("part") or ""),
        seniority=Seniority(values["seniority"]),
        languages=tuple(values["languages"] or ()),
        party=Party(colleague.time_zone, _country(values.get("country") or "")),
        every_weeks=None if values["rhythm"] == OF_PART else int(values["rhythm"]),
        pairs=bool(values.get("pairs")),
    )
    if not chosen.languages:
        raise UserError(_("Please choose at least one language."), field="languages")
    new = before.joined_at is None or before.left_at is not None
    if new:
        chosen = replace(chosen, joined_at=now, left_at=None, paused_at=None)
    await rota.choose(session, workspace_id, chosen)
    return new


async def pause(session: AsyncSession, workspace_id: str, colleague: Colleague, now: datetime) -> None:
    """Ask nothing more until they start again; a talk they agreed to stays."""
    own = await standing(session, workspace_id, colleague)
    await rota.choose(session, workspace_id, replace(own, paused_at=own.paused_at or now))
    await stop_asking(session, workspace_id, colleague.user_id, State.PAUSED, now)


async def resume(session: AsyncSession, workspace_id: str, colleague: Colleague) -> None:
    """Start again; somebody who left or never joined stays out."""
    own = await standing(session, workspace_id, colleague)
    await rota.choose(session, workspace_id, replace(own, paused_at=None))


async def leave(session: AsyncSession, workspace_id: str, colleague: Colleague, now: datetime) -> None:
    """Off the rota for good: what was on its way is off, and that they left is remembered."""
    own = await standing(session, workspace_id, colleague)
    await rota.choose(session, workspace_id, replace(own, left_at=own.left_at or now, paused_at=None))
    await stop_asking(session, workspace_id, colleague.user_id, State.CALLED_OFF, now)


async def _coming(session: AsyncSession, workspace_id: str, talk: Talk, ours: Party) -> Coming:
    known = await contacts_free.get(session, workspace_id, talk.customer_id) if talk.customer_id else None
    name, company = (known.name, known.company) if known else ("", "")
    return Coming(talk=talk, ours=ours, name=name, company=company)


def _part(typed: str) -> str:
    part = one_line(typed)
    if len(part) > LONGEST_PART:
        said = _("This is {length} characters; {most} fit here. Please shorten it.")
        raise UserError(said.format(length=len(part), most=LONGEST_PART), field="part")
    return part


def _country(typed: str) -> str:
    return parse_country(typed) if typed.strip() else ""


def _known_country(code: str) -> str:
    try:
        return check_country(code) if code else ""
    except UserError:
        return ""
