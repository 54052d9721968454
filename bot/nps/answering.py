"""From words about NPS to the message that answers them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import nps_guiding, nps_worth
from bot.messages.blocks import Block
from bot.messages.nps_answer import answer, shared
from bot.messages.priorities_stakes import candidates_worth
from bot.nps.facts import Facts, understand
from bot.nps.gathering import gather
from bot.nps.worth import Worth, asked_of, weigh
from bot.priorities import evidence, stakes
from storage.nps_figures import EVERYBODY
from stories.errors import UserError
from stories.language import _
from stories.nps.grammar import Kind
from stories.nps.worth import Finding

LONGEST = 500
"""Characters of a question that are read; more than anybody types."""


async def answered(
    session: AsyncSession,
    workspace_id: str,
    typed: str,
    *,
    now: datetime,
    command: str,
    working: bool = False,
    in_channel: bool = False,
    quick: AsyncSession | None = None,
) -> dict[str, Any]:
    """The message that answers what was typed, whatever it was. `command` is what NPS is asked with here.

    `quick` is a session in which prepared statements cost less, where there is one.
    """
    facts = await understand(quick or session, workspace_id, typed[:LONGEST], now)
    guide = guided(facts, typed[:LONGEST], command)
    if guide is not None:
        return guide
    if facts.question.kind is Kind.WORTH:
        return await _worth(session, workspace_id, facts, in_channel=in_channel)
    known = await gather(session, workspace_id, facts, working=working, quick=quick)
    return answer(known, working=working, in_channel=in_channel)


async def _worth(
    session: AsyncSession, workspace_id: str, facts: Facts, *, in_channel: bool
) -> dict[str, Any]:
    figure = facts.question.figure
    if figure is None:
        return nps_worth.which(tuple(facts.vocabulary.figures))
    worth = await weigh(session, workspace_id, facts, figure, asked_of(facts))
    narrowed = facts.question.sides != ((),) and worth.segment == EVERYBODY
    more = await _of_candidates(session, workspace_id, facts, worth) if worth.segment == EVERYBODY else []
    return nps_worth.answer(worth, said=facts.said, narrowed=narrowed, in_channel=in_channel, more=more)


async def _of_candidates(session: AsyncSession, workspace_id: str, facts: Facts, worth: Worth) -> list[Block]:
    """What this makes of the candidates for the top three; nothing where no link is seen."""
    if worth.found.finding is not Finding.TOGETHER:
        return []
    found = await evidence.gather(session, workspace_id, facts.today)
    known = await stakes.following(session, workspace_id, found, [worth])
    return candidates_worth(known, found.candidates)


async def shared_answer(
    session: AsyncSession, workspace_id: str, said: str, *, now: datetime, by: str, command: str
) -> dict[str, Any]:
    """The same answer for a channel to read. Raises UserError where there is none any more."""
    facts = await understand(session, workspace_id, said, now)
    if guided(facts, said, command) is not None:
        raise UserError(_("I can’t answer that any more; please ask again."))
    if facts.question.kind is Kind.WORTH:
        worth = await weighed(session, workspace_id, facts)
        return nps_worth.shared(worth, by=by, command=command, said=facts.said)
    return shared(await gather(session, workspace_id, facts), by=by, command=command)


async def weighed(session: AsyncSession, workspace_id: str, facts: Facts) -> Worth:
    """The answer to an understood question of worth. Raises UserError where no figure is named in it."""
    if facts.question.kind is not Kind.WORTH or facts.question.figure is None:
        raise UserError(_("I can’t answer that any more; please ask again."))
    return await weigh(session, workspace_id, facts, facts.question.figure, asked_of(facts))


def guided(facts: Facts, typed: str, command: str) -> dict[str, Any] | None:
    """What is said instead of a number; None where there is an answer to give."""
    if facts.question.kind is Kind.HELP:
        return nps_guiding.help_text(facts, command)
    if facts.covered is None:
        return nps_guiding.no_answers()
    if facts.question.kind is Kind.WORTH and not facts.vocabulary.figures:
        return nps_guiding.no_figures()
    if not facts.question.understood:
        return nps_guiding.not_understood(facts, typed)
    return None
