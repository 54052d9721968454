"""What the selects of events and of days to remember offer while somebody types."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.desk import Desk
from bot.messages import channel_settings
from bot.messages.rota_words import called
from bot.messages.stage_forms import customer_option
from bot.offering import typed_customers
from bot.settings import Settings
from bot.stage import ids as stage_ids
from stories.places import zones_like
from stories.text import one_line


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Answer the selects that search."""
    app.options(stage_ids.STAGE_CUSTOMER)(offer_customers)
    app.options(stage_ids.REMEMBER_CUSTOMER)(offer_customers)
    app.options(stage_ids.STAGE_ZONE)(offer_zones)


async def offer_customers(
    ack: AsyncAck, payload: dict[str, Any], context: AsyncBoltContext, desk: Desk
) -> None:
    """Customers whom this person may know of, by what is typed."""
    typed = one_line(payload.get("value") or "")
    found = await typed_customers(desk, context, typed)
    await ack(options=[customer_option(one.id, called(one.name, one.company)) for one in found])


async def offer_zones(ack: AsyncAck, payload: dict[str, Any]) -> None:
    """Time zones that are like what is typed."""
    await ack(options=channel_settings.zone_options(zones_like(payload["value"])))
