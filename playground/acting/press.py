"""Pressing and choosing: buttons, selects, shortcuts, App Home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.acting.outcome import Outcome
from playground.acting.payloads import InMessage, Spot, Where, base, placed, room_of, somebody, spot
from playground.dressing import action_ids, find_element
from playground.errors import PersonError
from playground.faces import message_json, view_json
from playground.link import Ack
from playground.model import Json, User
from playground.state import FIELDS, Values, merged
from playground.transport.events import publish
from playground.transport.payloads import deliver
from playground.transport.replies import reply_url
from playground.windows import TROUBLE
from playground.workspace import Workspace

_NOT_INTERACTIVE = "This app is not configured to handle interactive responses."


async def click(
    ws: Workspace,
    user_id: str,
    where: Where,
    action_id: str,
    *,
    block_id: str = "",
    chosen: Mapping[str, Any] | None = None,
    values: Values | None = None,
) -> Outcome:
    """Press a button or choose in an element of a message, modal or App Home.

    `block_id` may be left out where the action id stands once. `chosen` is what was chosen, in the shape of
    Slack's `state.values` (`{"selected_option": …}`); `values` is all that stands in the view's or message's
    inputs, `{block_id: {action_id: {…}}}`, as Slack sends it.
    """
    user = somebody(ws, user_id)
    at = spot(ws, user_id, where)
    if not ws.app.is_interactive():
        return Outcome(ok=False, notice=_NOT_INTERACTIVE)
    found_block, element = _element(at, action_id, block_id)
    action = _action(ws, element, found_block, chosen)
    payload = base(ws, "block_actions", user, at.channel) | _with_values(ws, user, at, values, action)
    payload["actions"] = [action]
    view_id = at.view.id if at.view and not at.view.is_home else ""
    payload["trigger_id"] = ws.triggers.issue(
        user_id, view_id=view_id, channel_id=at.channel.id if at.channel else ""
    )
    return _outcome(await deliver(ws, "interactive", payload))


def _outcome(ack: Ack) -> Outcome:
    return Outcome() if ack.ok else Outcome(ok=False, notice=TROUBLE)


def _element(at: Spot, action_id: str, block_id: str) -> tuple[str, Json]:
    found = find_element(at.blocks, action_id, block_id)
    if found is None:
        there = action_ids(at.blocks)
        raise PersonError(f"There is nothing called {action_id!r} to press here; there is {there}.")
    return found


def _action(ws: Workspace, element: Json, block_id: str, chosen: Mapping[str, Any] | None) -> Json:
    kind = str(element["type"])
    action: Json = {"type": kind, "action_id": element["action_id"], "block_id": block_id}
    for name in ("text", "value", "style", "confirm", "placeholder"):
        if name in element:
            action[name] = element[name]
    if kind in FIELDS and FIELDS[kind][0] in element:
        action[FIELDS[kind][0]] = element[FIELDS[kind][0]]
    return action | dict(chosen or {}) | {"action_ts": ws.clock.stamp()}


def _with_values(ws: Workspace, user: User, at: Spot, values: Values | None, action: Json) -> Json:
    layers: list[Values] = [values] if values else []
    if action["type"] in FIELDS:
        field = FIELDS[action["type"]][1]
        own = {"type": action["type"], field: action.get(field)}
        layers.append({action["block_id"]: {action["action_id"]: own}})
    if at.view is not None:
        at.view.values = merged(at.blocks, at.view.values, *layers)
        ws.keep("home" if at.view.is_home else "modal", user.id)
        return placed(ws, user, at)
    return placed(ws, user, at) | {"state": {"values": merged(at.blocks, *layers)}}


async def suggest_options(
    ws: Workspace,
    user_id: str,
    where: Where,
    action_id: str,
    value: str,
    *,
    block_id: str = "",
) -> list[Json]:
    """Ask the app what an external select offers for what was typed: options, or option groups.

    Raises PersonError when the app does not answer in time, as Slack then shows no results.
    """
    user = somebody(ws, user_id)
    at = spot(ws, user_id, where)
    found_block, element = _element(at, action_id, block_id)
    if "external" not in str(element["type"]):
        raise PersonError(f"{action_id!r} has no options that the app could offer.")
    payload = base(ws, "block_suggestion", user, at.channel) | placed(ws, user, at)
    payload.pop("response_url", None)
    payload |= {"action_id": element["action_id"], "block_id": found_block, "value": value}
    ack = await deliver(ws, "interactive", payload)
    if not ack.ok or not isinstance(ack.body, dict):
        raise PersonError("Options could not be loaded.")
    offered = ack.body.get("options") or ack.body.get("option_groups") or []
    return list(offered)


async def use_global_shortcut(ws: Workspace, user_id: str, callback_id: str) -> Outcome:
    """Start one of the app's shortcuts from the shortcuts menu."""
    user = somebody(ws, user_id)
    _check_shortcut(ws, callback_id, "global")
    payload = base(ws, "shortcut", user) | {
        "callback_id": callback_id,
        "action_ts": ws.clock.stamp(),
        "trigger_id": ws.triggers.issue(user_id),
    }
    return _outcome(await deliver(ws, "interactive", payload))


async def use_message_shortcut(
    ws: Workspace, user_id: str, channel_id: str, ts: str, callback_id: str
) -> Outcome:
    """Start one of the app's shortcuts from a message's menu."""
    user = somebody(ws, user_id)
    _check_shortcut(ws, callback_id, "message")
    at = spot(ws, user_id, InMessage(channel_id, ts))
    if at.channel is None or at.message is None or at.message.ephemeral_to:
        raise PersonError("Shortcuts work on messages that stay.")
    payload = base(ws, "message_action", user, at.channel) | {
        "callback_id": callback_id,
        "action_ts": ws.clock.stamp(),
        "trigger_id": ws.triggers.issue(user_id, channel_id=channel_id),
        "channel": {"id": channel_id, "name": at.channel.name or "directmessage"},
        "message_ts": ts,
        "message": message_json(ws, at.message),
        "response_url": reply_url(ws, channel_id, user_id, ts=ts),
    }
    return _outcome(await deliver(ws, "interactive", payload))


def _check_shortcut(ws: Workspace, callback_id: str, kind: str) -> None:
    if ws.app.shortcut(callback_id, kind) is None or "commands" not in ws.app.scopes:
        raise PersonError(f"No app here has a {kind} shortcut {callback_id!r}.")


async def open_home(ws: Workspace, user_id: str, *, tab: str = "home") -> Outcome:
    """Look at the app's Home (or its `messages` tab); the app hears of it and may publish anew."""
    user = somebody(ws, user_id)
    channel = ws.direct(user.id, ws.app.user_id)
    room_of(ws, user_id, channel.id)
    event: Json = {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab}
    home = ws.homes.get(user_id)
    if home is not None:
        event["view"] = view_json(ws, home)
    publish(ws, event)
    return Outcome()
