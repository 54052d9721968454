"""The customer-insight objective: said, looked at, changed, let go, and handed over as a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import home
from bot.desk import Desk
from bot.home_own import local_day
from bot.listeners.clicks import open_view, refuse_guests, workspace_of
from bot.messages import objective as words
from bot.messages import objective_page as page_words
from bot.messages.blocks import Block, values_of
from bot.objective import ids as objective_ids
from bot.objective import lines, pages
from bot.settings import Settings
from bot.visitors import visitor
from storage import nps_settings, objectives
from stories.errors import UserError
from stories.language import _
from stories.nps.periods import Calendar
from stories.objectives.objective import Aim, NewObjective, Objective, Span, days_of, new_objective

Lines = dict[Aim, tuple[lines.Line, ...]]


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the objective's windows."""
    app.action(objective_ids.OBJECTIVE_OPEN)(open_window)
    app.action(objective_ids.OBJECTIVE_CHANGE)(say_otherwise)
    app.action(objective_ids.OBJECTIVE_NEW)(say_otherwise)
    app.action(objective_ids.OBJECTIVE_DROP)(drop)
    app.action(objective_ids.OBJECTIVE_PAGE)(choose_lines)
    app.view(objective_ids.OBJECTIVE_FORM_VIEW)(keep)
    app.view(objective_ids.OBJECTIVE_LINES_VIEW)(look_through)
    app.view(objective_ids.OBJECTIVE_PAGE_VIEW)(send)


async def window(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """The objective as it stands, or where one is said. Raises UserError for guests."""
    await refuse_guests(desk, client, workspace_id, user_id)
    today = await _today(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        return await _window(session, workspace_id, user_id, desk, today)


async def open_window(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open it from App Home."""
    view = await window(desk, client, workspace_of(body), str(body["user"]["id"]))
    await open_view(client, body, view)
    await ack()


async def say_otherwise(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Where it is said, in the place of the window: as it stands, or anew."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    new = body["actions"][0]["action_id"] == objective_ids.OBJECTIVE_NEW
    today = await _today(desk, client, workspace_id, user_id)
    async with desk.read() as session:
        standing = None if new else await objectives.standing(session, workspace_id, user_id)
        spans = await _spans(session, workspace_id, today)
    await client.views_update(view_id=body["view"]["id"], view=words.form_modal(standing, spans))
    await ack()


async def keep(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep what somebody set out to do."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    await refuse_guests(desk, client, workspace_id, user_id)
    today, values = await _today(desk, client, workspace_id, user_id), values_of(view)
    async with desk.begin() as session:
        new = _read(values, await _spans(session, workspace_id, today))
        standing = await objectives.standing(session, workspace_id, user_id)
        if standing is not None and str(standing.id) == view["private_metadata"]:
            await objectives.change(session, workspace_id, standing.id, new)
        else:
            await objectives.begin(session, workspace_id, user_id, new, now=desk.now())
        shown = await _window(session, workspace_id, user_id, desk, today)
    await ack(response_action="update", view=shown)
    await home.refresh(desk, client, workspace_id, user_id)


async def drop(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Let it go; Slack has asked twice."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    async with desk.begin() as session:
        await objectives.drop(session, workspace_id, user_id)
    view = await window(desk, client, workspace_id, user_id)
    await client.views_update(view_id=body["view"]["id"], view=view)
    await ack()
    await home.refresh(desk, client, workspace_id, user_id)


async def choose_lines(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show everything that happened, to be taken out or left."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    async with desk.read() as session:
        standing, found = await _standing(session, workspace_id, user_id, desk)
    await client.views_update(view_id=body["view"]["id"], view=page_words.lines_modal(standing, found))
    await ack()


async def look_through(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep what was taken out, and show the page as it would be."""
    workspace_id, user_id = workspace_of(body), str(body["user"]["id"])
    values = values_of(view)
    left = {key for field, keys in values.items() if field.startswith("lines:") for key in keys or ()}
    async with desk.begin() as session:
        standing, found = await _standing(session, workspace_id, user_id, desk)
        offered = {key for key in _offered(view) if key not in left}
        # What the window did not show is as it was.
        struck = offered | (set(standing.struck) - left)
        note = values.get("note") or ""
        await objectives.look_through(session, workspace_id, standing.id, struck=struck, note=note)
    chosen = _but(found, struck)
    links = await pages.links_to(desk, client, workspace_id, lines.stories_in(chosen))
    names = await _names(desk, client, workspace_id, chosen)
    shown = page_words.page_modal(standing, chosen, names=names, links=links, note=note)
    await ack(response_action="update", view=shown)


async def send(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    desk: Desk,
) -> None:
    """Send the page to whose it is, and to nobody else."""
    who = await visitor(desk, context)
    colleague = await desk.colleagues.get(client, who.workspace_id, who.user_id)
    async with desk.read() as session:
        standing, found = await _standing(session, who.workspace_id, who.user_id, desk)
    typed = {field: str(value) for field, value in values_of(view).items() if value}
    page = page_words.markdown(standing, typed, name=colleague.name, today=who.today)
    chosen = _but(found, set(standing.struck))
    await ack(response_action="update", view=page_words.sent_modal(pages.KEPT_FOR.days))
    await pages.hand_over(desk, client, who.workspace_id, who.user_id, page, chosen)


async def _window(session: AsyncSession, workspace_id: str, user_id: str, desk: Desk, today: date) -> Block:
    standing = await objectives.standing(session, workspace_id, user_id)
    if standing is None:
        return words.form_modal(None, await _spans(session, workspace_id, today))
    found = await lines.lines_of(session, workspace_id, standing, desk.now())
    return words.objective_modal(standing, found, today)


async def _standing(
    session: AsyncSession, workspace_id: str, user_id: str, desk: Desk
) -> tuple[Objective, Lines]:
    standing = await objectives.standing(session, workspace_id, user_id)
    if standing is None:
        raise UserError(_("There is no objective any more. Open this anew to write one."))
    return standing, await lines.lines_of(session, workspace_id, standing, desk.now())


async def _today(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> date:
    colleague = await desk.colleagues.get(client, workspace_id, user_id)
    return local_day(desk.now(), colleague.time_zone)


async def _spans(session: AsyncSession, workspace_id: str, today: date) -> dict[Span, tuple[date, date]]:
    fiscal = Calendar(fiscal_start=(await nps_settings.get(session, workspace_id)).year_begins)
    return {span: days_of(span, today, fiscal) for span in (Span.QUARTER, Span.HALF, Span.YEAR)}


def _read(values: Mapping[str, Any], spans: Mapping[Span, tuple[date, date]]) -> NewObjective:
    span = Span(values["span"])
    first, last = (_day(values.get("first")), _day(values.get("last")))
    if span in spans:
        first, last = spans[span]
    return new_objective(values.get("words") or "", Aim(values["aim"]), first, last)


def _day(chosen: str | None) -> date | None:
    return date.fromisoformat(chosen) if chosen else None


def _offered(view: Mapping[str, Any]) -> list[str]:
    boxes = [one for one in view["blocks"] if one["block_id"].startswith("lines:")]
    return [option["value"] for one in boxes for option in one["element"]["options"]]


def _but(found: Lines, struck: set[str]) -> Lines:
    kept = {aim: tuple(one for one in some if one.key not in struck) for aim, some in found.items()}
    return {aim: some for aim, some in kept.items() if some}


async def _names(desk: Desk, client: AsyncWebClient, workspace_id: str, found: Lines) -> dict[str, str]:
    people = {one.happened.who for some in found.values() for one in some if one.happened.who}
    known = (user for user in people if user.startswith(("U", "W")))
    return await desk.colleagues.names(client, workspace_id, known)
