"""A channel's rules as people begin, change and stop them, each with a line in the audit log."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.routing.times import next_round, untuned
from storage import audit, channels, routes
from storage.routes import Route
from stories.errors import UserError
from stories.language import _
from stories.routing.rule import MOST_RULES, SCORES, Rule, as_kept, rule_of


def command_of(desk: Desk) -> str:
    """What a channel's rules are opened with."""
    return f"{desk.settings.firsthand_channel_command} route"


def scores_by_fields(scores: tuple[int, int]) -> tuple[int, int]:
    """The scores that promoters, passives and detractors can say of these: those wholly within."""
    within = [span for span in SCORES.values() if scores[0] <= span[0] and span[1] <= scores[1]]
    return (min(low for low, _h in within), max(high for _l, high in within)) if within else (-1, -1)


async def keep(
    desk: Desk,
    client: AsyncWebClient,
    workspace_id: str,
    channel_id: str,
    route_id: int | None,
    rule: Rule,
    *,
    by: str,
) -> None:
    """Begin a rule, or put it in another's place. Raises UserError for one too many, or one that is there."""
    now = desk.now()
    async with desk.read() as session:
        channel = await channels.get(session, workspace_id, channel_id)
    channel = channel or await untuned(desk, client, workspace_id, channel_id, by, "UTC")
    following = next_round(channel, rule, now)
    async with desk.begin() as session:
        others = [
            one for one in await routes.of_channel(session, workspace_id, channel_id) if one.id != route_id
        ]
        if any(rule_of(one.rule) == rule for one in others):
            raise UserError(_("This channel has that rule already."))
        if len(others) >= MOST_RULES:
            many = _("A channel has at most {most} rules; stop one first, or put two into one.")
            raise UserError(many.format(most=MOST_RULES))
        if route_id is None:
            await routes.add_route(
                session, workspace_id, channel_id, as_kept(rule), by=by, now=now, next_at=following
            )
        elif not await routes.change(session, workspace_id, route_id, as_kept(rule), next_at=following):
            raise UserError(_("This rule was stopped meanwhile."))
        await _note(session, workspace_id, "route", channel_id, rule, by=by, now=now)


async def stop(session: AsyncSession, workspace_id: str, route: Route, *, by: str, now: datetime) -> None:
    """End a rule; what it brought stands."""
    if await routes.stop(session, workspace_id, route.id):
        rule = rule_of(route.rule)
        await _note(session, workspace_id, "route_stopped", route.channel_id, rule, by=by, now=now)


async def _note(
    session: AsyncSession,
    workspace_id: str,
    act: str,
    channel_id: str,
    rule: Rule,
    *,
    by: str,
    now: datetime,
) -> None:
    entry = audit.Entry(
        at=now,
        actor_id=by,
        act=act,
        object_kind="channel",
        object_id=channel_id,
        detail={"rule": as_kept(rule)},
    )
    await audit.note(session, workspace_id, entry)
