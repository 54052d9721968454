"""*Beyond Slack…* in /why: a project's avatar switched on in a tracker, changed there, and switched off."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import IntegrityError

from bot import ids
from bot.avatars.setting_up import known
from bot.desk import Desk
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.why import refuse_others
from bot.messages import beyond as words
from bot.messages.beyond import NEW_SECRET, OFF, OUTSIDERS, Asks
from bot.messages.blocks import Block, values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act, may
from bot.settings import Settings
from bot.trackers import switching
from bot.trackers.endpoint import address_of
from bot.trackers.known import USUAL, tracker_of
from bot.trackers.switching import Changed, Seen
from bot.trackers.tracker import Place
from storage import tracker_comments, trackers
from storage.trackers import Tracking
from stories.avatars.project import Project, ProjectState
from stories.errors import UserError
from stories.language import _
from stories.text import one_line, says_something

_TOKEN = re.compile(r"[!-~]*")


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the button and to the window's two forms."""
    app.action(ids.BEYOND_OPEN)(show)
    app.view(ids.BEYOND_ON_VIEW)(switch_on)
    app.view(ids.BEYOND_CHANGE_VIEW)(change)


async def show(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show how it goes there, or what it would do."""
    workspace_id, project_id = workspace_of(body), int(body["actions"][0]["value"])
    project, tracking = await _theirs(desk, client, body, project_id)
    if tracking is None and project.state is ProjectState.DONE:
        raise UserError(_("This project is done, and its avatar comments nowhere."))
    await open_view(client, body, await _view(desk, workspace_id, project, tracking))
    await ack()


async def switch_on(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Look at the place with the token, and have the avatar comment there; the secret is shown once."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    about, values = json.loads(view["private_metadata"]), values_of(view)
    project, _tracking = await _theirs(desk, client, body, about["project"])
    kind, token = about["kind"], _token(values)
    place = tracker_of(kind).place(values["place"] or "")
    label, chosen = _label(values), values.get("choices") or []
    seen = await switching.look(desk, kind, place, token)
    allowed_by = await _outsiders(desk, client, body, seen, chosen)
    new = switching.Wanted(
        kind=kind, place=place, seen=seen, token=token, label=label, outsiders_allowed_by=allowed_by
    )
    try:
        async with desk.begin() as session:
            tracking, secret = await switching.switch_on(
                session, workspace_id, project, new, by=user_id, now=desk.now()
            )
    except IntegrityError:
        raise UserError(_("Somebody switched it on a moment ago; open this window again.")) from None
    await ack(response_action="update", view=_hook(desk, tracking, secret))


async def change(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Change label, token or secret, or switch it off."""
    workspace_id, user_id, now = workspace_of(body), body["user"]["id"], desk.now()
    about, values = json.loads(view["private_metadata"]), values_of(view)
    project, tracking = await _theirs(desk, client, body, about["project"])
    if tracking is None:
        raise UserError(_("It is switched off already."))
    chosen = values.get("choices") or []
    if OFF in chosen:
        async with desk.begin() as session:
            await switching.switch_off(session, tracking, by=user_id, now=now)
        desk.wake_outbox()
        said = _("It’s off, and its comments are being taken down.")
        await ack(response_action="update", view=done_modal(_("Switched off"), said))
        return
    changed = await _changed(desk, client, body, tracking, values)
    async with desk.begin() as session:
        secret = await switching.change(session, tracking, changed, by=user_id, now=now)
        tracking = await trackers.get(session, workspace_id, tracking.id) or tracking
    desk.wake_outbox()
    shown = _hook(desk, tracking, secret) if secret else await _view(desk, workspace_id, project, tracking)
    await ack(response_action="update", view=shown)


async def _changed(
    desk: Desk, client: AsyncWebClient, body: dict[str, Any], tracking: Tracking, values: dict[str, Any]
) -> Changed:
    chosen, token = values.get("choices") or [], _token(values)
    changed = Changed(
        label=_label(values),
        outsiders_allowed_by=tracking.outsiders_allowed_by if OUTSIDERS in chosen else None,
        new_secret=NEW_SECRET in chosen,
    )
    if OUTSIDERS in chosen and not tracking.outsiders_allowed_by:
        await _refuse_but_editors(desk, client, body)
        changed = replace(changed, outsiders_allowed_by=body["user"]["id"])
    if not token:
        return changed
    place = Place(site=tracking.site, name=tracking.place)
    seen = await switching.look(desk, tracking.kind, place, token)
    if seen.readers.key != tracking.place_key:
        said = _("This token sees another repository under that name. Switch it off, and on again there.")
        raise UserError(said, field="token")
    return replace(changed, token=token, account=seen.account)


async def _outsiders(
    desk: Desk, client: AsyncWebClient, body: dict[str, Any], seen: Seen, chosen: list[str]
) -> str | None:
    """Who let people from outside read along; None where nobody had to."""
    if OUTSIDERS in chosen:
        await _refuse_but_editors(desk, client, body)
        return str(body["user"]["id"])
    if seen.outsiders:
        said = _(
            "People from outside read {place}, or the token cannot tell. An editor can allow it by ticking "
            "this box."
        )
        raise UserError(said.format(place=seen.readers.name), field="choices")
    return None


async def _refuse_but_editors(desk: Desk, client: AsyncWebClient, body: dict[str, Any]) -> None:
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    if not may(actor, Act.ALLOW_GUESTS):
        said = _("Only an editor or an admin can let people from outside read customers’ words.")
        raise UserError(said, field="choices")


async def _theirs(
    desk: Desk, client: AsyncWebClient, body: dict[str, Any], project_id: int
) -> tuple[Project, Tracking | None]:
    """The project that this person may change, and its tracker. Raises UserError for anybody else."""
    workspace_id = workspace_of(body)
    async with desk.read() as session:
        project = await known(session, workspace_id, project_id)
        tracking = await trackers.of_project(session, workspace_id, project_id)
    await refuse_others(desk, client, workspace_id, body["user"]["id"], project)
    return project, tracking


async def _view(desk: Desk, workspace_id: str, project: Project, tracking: Tracking | None) -> Block:
    base = desk.settings.firsthand_address
    if tracking is None:
        asks = _asks(USUAL)
        if base is None:
            return words.out_of_reach(project, asks, socket_mode=bool(desk.settings.slack_app_token))
        return words.off(project, asks)
    async with desk.read() as session:
        standing = await tracker_comments.standing(session, workspace_id, tracking.id)
    return words.on(
        project,
        _asks(tracking.kind),
        tracking,
        page=f"{tracking.site}/{tracking.place}",
        address=address_of(base or "", tracking),
        standing=len(standing),
    )


def _hook(desk: Desk, tracking: Tracking, secret: str) -> Block:
    address = address_of(desk.settings.firsthand_address or "", tracking)
    return words.hook(_asks(tracking.kind), address=address, secret=secret)


def _asks(kind: str) -> Asks:
    tracker = tracker_of(kind)
    said = tracker.said()
    return Asks(
        kind=kind,
        title=tracker.title,
        place=said.place,
        example=said.example,
        token=said.token,
        webhook=said.webhook,
    )


def _token(values: dict[str, Any]) -> str:
    token = (values.get("token") or "").strip()
    if not _TOKEN.fullmatch(token):
        raise UserError(
            _("That is no token: one is a single word of letters, digits and signs."), field="token"
        )
    return token


def _label(values: dict[str, Any]) -> str:
    label = one_line(values.get("label") or "")
    if not says_something(label):
        raise UserError(_("Please say which label, such as “customer”."), field="label")
    return label
