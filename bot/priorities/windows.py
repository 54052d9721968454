"""What the windows of the top three show to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.messages import priorities as words
from bot.messages.blocks import Block
from bot.messages.priorities_candidates import MOST_SHOWN, Spoken, candidates_view
from bot.messages.priorities_stakes import learned, stake
from bot.permissions import Act, may
from bot.priorities import choosing, evidence, measured
from bot.priorities.evidence import DAYS
from bot.priorities.stakes import stakes
from storage import accounts, nps_counts, priorities, themes_spoken
from stories.accounts import totals
from stories.priorities.priority import Priority, Segment


async def top_three(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """The window of the quarter's top three as this person sees it."""
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
        ledger = await measured.ledger_on(session, workspace_id, desk.now())
        quarter = (await choosing.quarters(session, workspace_id, desk.now()))[0]
        chosen = await priorities.standing(session, workspace_id, ledger.today)
        standing = await measured.standing_now(ledger, chosen)
        late = await priorities.undecided_before(session, workspace_id, quarter.first)
        worth = await own_worth(session, workspace_id, chosen, ledger.today, user_id)
    editor = may(actor, Act.APPROVE)
    return words.window(standing, late, quarter, viewer=user_id, editor=editor, worth=worth)


async def own_worth(
    session: AsyncSession, workspace_id: str, chosen: Sequence[Priority], today: date, viewer: str
) -> dict[int, dict[str, Decimal]]:
    """What the viewer's own accounts are worth that are behind each of the top three, by its id.

    Nothing for whoever looks after no account, and of accounts of others.
    """
    if not await accounts.of_owner(session, workspace_id, viewer, most=1):
        return {}
    themes = [one.theme_id for one in chosen if one.theme_id is not None]
    speakers = await themes_spoken.customers_of(session, workspace_id, themes, today - DAYS)
    found = {}
    for one in chosen:
        whose = speakers.get(one.theme_id or 0, frozenset())
        own = await accounts.value_of_customers(session, workspace_id, whose, viewer)
        found[one.id] = totals(account.worth for account in own if account.worth)
    return found


async def candidates(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """The window of what speaks for each theme as this person sees it."""
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
        today = (await measured.ledger_on(session, workspace_id, desk.now())).today
        found = await evidence.gather(session, workspace_id, today)
        spoken = await _spoken(session, workspace_id, user_id, found, desk)
        known = await stakes(session, workspace_id, found, desk.now())
    return candidates_view(
        [replace(one, stakes=tuple(stake(known, one.candidate))) for one in spoken],
        found.everybody,
        found.period,
        editor=may(actor, Act.APPROVE),
        command=desk.settings.firsthand_stories_command,
        learned=learned(known),
    )


async def follow(desk: Desk, client: AsyncWebClient, body: dict[str, Any], workspace_id: str) -> None:
    """Have the window of the top three, where it stands below another one, show what there is now."""
    root = body["view"].get("root_view_id")
    if root and root != body["view"]["id"]:
        await show_in(client, root, await top_three(desk, client, workspace_id, body["user"]["id"]))


async def show_in(client: AsyncWebClient, view_id: str, view: Block) -> None:
    """Have a window that stands open show this; one that was closed meanwhile stays closed."""
    try:
        await client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if error.response.get("error") != "not_found":
            raise


async def segments(session: AsyncSession, workspace_id: str) -> list[Segment]:
    """Everybody, then every kind of customer that answers to NPS tell apart."""
    known = await nps_counts.vocabulary(session, workspace_id)
    return [(), *(((name, value),) for name, values in known.items() for value in values)]


async def _spoken(
    session: AsyncSession, workspace_id: str, user_id: str, found: evidence.Evidence, desk: Desk
) -> list[Spoken]:
    shown = found.candidates[:MOST_SHOWN]
    heard = await evidence.quotes(session, workspace_id, user_id, [one.theme_id for one in shown], desk.now())
    ids = [one.theme_id for one in shown]
    worth = await evidence.worth(session, workspace_id, found, ids, user_id)
    amounts = {
        theme: totals(account.worth for account in theirs if account.worth) for theme, theirs in worth.items()
    }
    return [
        Spoken(candidate=one, voices=heard.get(one.theme_id, ()), worth=amounts.get(one.theme_id, {}))
        for one in shown
    ]
