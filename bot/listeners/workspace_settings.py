"""What holds for everybody in a workspace: admins choose, and each change is in the audit log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids
from bot.desk import Desk
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages.blocks import Block, values_of
from bot.messages.reacting import done_modal
from bot.messages.speech import SPOKEN
from bot.messages.workspace_settings import EDITOR, Survey, workspace_modal
from bot.nps.sources.allowing import Allowed, allow
from bot.permissions import Act
from bot.recalling import catch_up
from bot.settings import Settings
from bot.terms import rules
from storage import audit, nps_sources, offers, recalling, workspace_settings
from stories.accounts import DAYS_BEFORE, MOST_DAYS_BEFORE
from stories.errors import UserError
from stories.language import ENGLISH, _
from stories.workspace_rules import WorkspaceRules


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the view, and to the way there from App Home."""
    app.view(ids.WORKSPACE_VIEW)(choose)
    app.action(ids.HOME_WORKSPACE)(from_home)


async def workspace_view(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> Block:
    """The view as it stands. Raises UserError for somebody who may not choose."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.SET_WORKSPACE)
    async with desk.read() as session:
        standing = await rules(session, workspace_id)
        known = await offers.topics(session, workspace_id, author_id=user_id)
        surveys = await _offerable(session, workspace_id)
    return workspace_modal(standing, known.segments, surveys=surveys, seen=_mark(standing, surveys))


async def from_home(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the view from App Home."""
    view = await workspace_view(desk, client, workspace_of(body), body["user"]["id"])
    await open_view(client, body, view)
    await ack()


async def choose(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Keep what was chosen, once it was said what is taken back by it; one audited line says what changed.

    Raises UserError where another admin was quicker: an old window does not undo what they settled.
    """
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.SET_WORKSPACE)
    async with desk.begin() as session:
        standing = await rules(session, workspace_id)
        said_before, _colon, seen = view.get("private_metadata", "").partition(":")
        if seen not in ("", _mark(standing, await _offerable(session, workspace_id))):
            raise UserError(_("Another admin changed this while it was open here. Please open it again."))
        chosen = replace(_chosen(view), keep=standing.keep, recalling=standing.recalling)
        new = chosen.newly_sensitive(standing)
        recalled = await recalling.how_many(session, workspace_id, new) if new else 0
        chosen = chosen.recalled_until(standing) if recalled else chosen
        if str(recalled) in ("0", said_before):
            await _keep(session, workspace_id, chosen, standing, by=user_id, now=desk.now())
            await _allow(session, workspace_id, _surveys(view), by=user_id, now=desk.now())
            recalled = 0
    if recalled:
        asked = workspace_modal(chosen, _offered(view), surveys=_surveys(view), recalled=recalled, seen=seen)
        await ack(response_action="update", view=asked)
        return
    said = _("This holds for everybody here from now on. Stories that are told already stay as they are.")
    if chosen.recalling:
        said = _("This holds for everybody here from now on. Stories that no editor has read are taken back.")
    await ack(response_action="update", view=done_modal(_("Saved"), said))
    await catch_up(desk, workspace_id)


async def _offerable(session: AsyncSession, workspace_id: str) -> list[Survey]:
    """The surveys whose comments are shown here, with whether avatars may quote them."""
    sources = await nps_sources.every(session, workspace_id)
    return [Survey(one.id, one.name, one.avatars_quote) for one in sources if one.verbatims_shared]


def _mark(standing: WorkspaceRules, surveys: Sequence[Survey]) -> str:
    """What tells whether all that the window shows is still so."""
    shown = replace(standing, keep={}, recalling=()).as_chosen()
    held = json.dumps([shown, sorted((one.id, one.quoted) for one in surveys)], sort_keys=True)
    return hashlib.sha256(held.encode()).hexdigest()[:16]


async def _keep(
    session: AsyncSession,
    workspace_id: str,
    chosen: WorkspaceRules,
    standing: WorkspaceRules,
    *,
    by: str,
    now: datetime,
) -> None:
    changed = chosen.changed(standing)
    if not changed:
        return
    await workspace_settings.choose(session, workspace_id, chosen.as_chosen(), by=by, now=now)
    detail = {"changed": [*changed], "to": chosen.as_chosen()}
    entry = audit.Entry(
        at=now,
        actor_id=by,
        act="set_workspace",
        object_kind="workspace",
        object_id=workspace_id,
        detail=detail,
    )
    await audit.note(session, workspace_id, entry)


async def _allow(
    session: AsyncSession, workspace_id: str, surveys: Sequence[Survey], *, by: str, now: datetime
) -> None:
    """Let avatars quote the surveys that were chosen, and no others of those that were offered."""
    for one in surveys:
        source = await nps_sources.get(session, workspace_id, one.id)
        if source is not None and source.verbatims_shared:
            await allow(session, workspace_id, source, Allowed(avatars=one.quoted), by=by, now=now)


def _chosen(view: dict[str, Any]) -> WorkspaceRules:
    given = values_of(view)
    watching = given["watching"] or ()
    return WorkspaceRules(
        editors_yes=given["yes"] == EDITOR,
        sensitive=tuple(_kinds(view)),
        drift="drift" in watching,
        participation="participation" in watching,
        rota="rota" in watching,
        renewal_days=_days(given.get("renewal_days")),
        language=given.get(SPOKEN) or ENGLISH,
    )


def _days(typed: str | None) -> int:
    """How many days before a renewal; as many as by default for a view from before that was asked."""
    days = int(typed) if typed and typed.isascii() and typed.isdigit() else DAYS_BEFORE
    if not 1 <= days <= MOST_DAYS_BEFORE:
        said = _("From 1 to {most} days, please.").format(most=MOST_DAYS_BEFORE)
        raise UserError(said, field="renewal_days")
    return days


def _kinds(view: dict[str, Any]) -> list[str]:
    """The kinds chosen, by the numbers under which the view offered them: a value holds 150 characters."""
    named = dict(enumerate(_offered(view)))
    chosen = values_of(view).get("sensitive") or ()
    return [named[int(number)] for number in chosen if int(number) in named]


def _offered(view: dict[str, Any]) -> list[str]:
    return [option["text"]["text"] for option in _options(view, "sensitive")]


def _surveys(view: dict[str, Any]) -> list[Survey]:
    """The surveys that the view offered, as they were chosen."""
    chosen = values_of(view).get("surveys") or ()
    return [
        Survey(int(option["value"]), option["text"]["text"], option["value"] in chosen)
        for option in _options(view, "surveys")
    ]


def _options(view: dict[str, Any], field: str) -> list[dict[str, Any]]:
    found = [block for block in view["blocks"] if block.get("block_id") == field]
    return [option for block in found for option in block["element"]["options"]]
