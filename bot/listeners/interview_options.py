"""What the write-up's selects offer while somebody types: what is known here, and what was typed."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot import ids
from bot.desk import Desk
from bot.messages.interview_steps import theme_option
from bot.messages.interview_who import known_option, new_option
from bot.offering import MOST_OFFERED, typed_customers
from bot.settings import Settings
from storage import offers
from stories.text import one_line


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Answer the selects that search."""
    app.options(ids.CUSTOMER_SEARCH)(offer_customers)
    app.options(ids.THEME_SEARCH)(offer_themes)


async def offer_customers(
    ack: AsyncAck, payload: dict[str, Any], context: AsyncBoltContext, desk: Desk
) -> None:
    """Customers they may know of whose name or company holds what was typed, and that as a new one."""
    typed = one_line(payload.get("value") or "")
    known = await typed_customers(desk, context, typed)
    options = [known_option(customer) for customer in known]
    await ack(options=options + ([new_option(typed)] if typed else []))


async def offer_themes(ack: AsyncAck, payload: dict[str, Any], context: AsyncBoltContext, desk: Desk) -> None:
    """Themes of told stories and of one's own, commonest first, and what was typed as a new one."""
    typed = one_line(payload.get("value") or "").lower()
    async with desk.read() as session:
        used = await offers.topics(session, context.team_id or "", author_id=context.user_id or "")
    fitting = [theme for theme in used.themes if typed in theme][:MOST_OFFERED]
    new = [typed] if typed and typed not in fitting else []
    await ack(options=[theme_option(theme) for theme in fitting] + [theme_option(t, new=True) for t in new])
