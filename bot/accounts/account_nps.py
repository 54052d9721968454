"""An account's own NPS, for whoever looks after it: where a property of the answers names accounts."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.ledger import Ledger
from bot.priorities.measured import counted, ledger_on
from storage import nps_counts, nps_deeper
from stories.accounts import Account, folded_name
from stories.nps.counts import Counts
from stories.nps.grammar import Cell
from stories.nps.periods import closed_weeks_end

A_YEAR = timedelta(days=365)
_WEEKS = timedelta(weeks=52, days=-1)

_NAMES_THEM = re.compile(r"account|company|customer|organi[sz]ation|client", re.IGNORECASE)


async def nps_of(session: AsyncSession, workspace_id: str, account: Account, now: datetime) -> Counts | None:
    """The account's answers of a year, where a property names accounts and the group is large enough.

    A property with more accounts than a segment can have values is looked up among the answers themselves.
    """
    ledger = await ledger_on(session, workspace_id, now)
    cell = await _cell(session, workspace_id, account)
    if cell is not None:
        await ledger.look_around([cell])
        found = await counted(ledger, cell, ledger.today - A_YEAR, ledger.today)
    else:
        found = await _among_answers(session, workspace_id, account, ledger)
    return found if found is not None and found.n else None


async def _cell(session: AsyncSession, workspace_id: str, account: Account) -> Cell | None:
    vocabulary = await nps_counts.vocabulary(session, workspace_id)
    return next(
        (
            ((name, value),)
            for name, values in vocabulary.items()
            if _NAMES_THEM.search(name)
            for value in values
            if _is_it(account, value)
        ),
        None,
    )


async def _among_answers(
    session: AsyncSession, workspace_id: str, account: Account, ledger: Ledger
) -> Counts | None:
    """What a property that is no segment says; neither few nor all but a few are ever told apart by it.

    Weeks that are over are counted whole: looked at on two days, what came between them would be told apart.
    """
    last = closed_weeks_end(ledger.today)
    first = last - _WEEKS
    refused = await nps_counts.refused_properties(session, workspace_id)
    for name in (name for name in refused if _NAMES_THEM.search(name)):
        found = await nps_deeper.by(session, workspace_id, name, {}, first, last)
        own = sum((counts for value, counts in found.items() if _is_it(account, value)), Counts())
        if own.n:
            everybody = await nps_counts.total(session, workspace_id, {}, first, last)
            enough = min(own.n, everybody.n - own.n) >= ledger.fewest
            return own if enough else None
    return None


def _is_it(account: Account, value: str) -> bool:
    return folded_name(value) == folded_name(account.name)
