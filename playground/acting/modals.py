"""Sending a modal off and closing it."""

from __future__ import annotations

from typing import Any

from playground.acting.outcome import Outcome
from playground.acting.payloads import base, somebody
from playground.acting.sharing import with_files
from playground.drafting import refused
from playground.errors import PersonError, SlackError
from playground.faces import view_json
from playground.link import Ack
from playground.model import Json, View
from playground.rules.shapes import Problem
from playground.state import Values, merged, refusals
from playground.transport.payloads import deliver
from playground.transport.replies import reply_url
from playground.windows import TROUBLE, checked_view, clear, close_top, push_modal, update_view
from playground.workspace import Workspace


def open_view(ws: Workspace, user_id: str, view_id: str) -> View:
    """The modal that person has in front of them; raises PersonError when it is closed or covered."""
    stack = ws.modals.get(user_id) or []
    if not stack or stack[-1].id != view_id:
        raise PersonError("That window is no longer open.")
    return stack[-1]


async def submit_view(ws: Workspace, user_id: str, view_id: str, values: Values | None = None) -> Outcome:
    """Press a modal's submit button with `values` in its inputs (`{block_id: {action_id: {…}}}`).

    What Slack's client itself refuses (an empty required field) never reaches the app. The app's answer
    closes, updates or clears the modal, or puts errors beside its fields; without one in time the modal
    stays, all that was typed in it, and says so.
    """
    user = somebody(ws, user_id)
    view = open_view(ws, user_id, view_id)
    view.values = merged(view.body["blocks"], view.values, with_files(ws, user_id, values or {}))
    ws.keep("modal", user_id)
    view.notice = ""
    view.errors = refusals(view.body["blocks"], view.values)
    if view.errors:
        ws.notify("modal", user_id=user_id)
        return Outcome(ok=False, errors=dict(view.errors))
    payload = base(ws, "view_submission", user) | {
        "trigger_id": ws.triggers.issue(user_id, view_id=view.id),
        "view": view_json(ws, view),
        "response_urls": _response_urls(ws, view),
    }
    ack = await deliver(ws, "interactive", payload)
    return _settle(ws, view, ack)


def _response_urls(ws: Workspace, view: View) -> list[Json]:
    urls = []
    for block in view.body["blocks"]:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        value = view.values[block["block_id"]][element["action_id"]]
        channel_id = value.get("selected_channel") or value.get("selected_conversation")
        if channel_id in ws.channels:
            place = {
                "block_id": block["block_id"],
                "action_id": element["action_id"],
                "channel_id": channel_id,
            }
            urls.append(place | {"response_url": reply_url(ws, channel_id, view.user_id)})
    return urls


def _settle(ws: Workspace, view: View, ack: Ack) -> Outcome:
    if not ack.ok:
        return _trouble(ws, view)
    try:
        return _answered(ws, view, ack.body if isinstance(ack.body, dict) else {})
    except SlackError:
        return _trouble(ws, view)


def _trouble(ws: Workspace, view: View) -> Outcome:
    view.notice = TROUBLE
    ws.notify("modal", user_id=view.user_id)
    return Outcome(ok=False, notice=TROUBLE)


def _answered(ws: Workspace, view: View, body: dict[str, Any]) -> Outcome:
    match body.get("response_action"):
        case "errors":
            view.errors = _checked_errors(view, body.get("errors"))
            ws.notify("modal", user_id=view.user_id)
            return Outcome(ok=False, errors=dict(view.errors))
        case "update":
            update_view(ws, view, checked_view(ws, body.get("view"), "modal"))
        case "push":
            push_modal(ws, view.user_id, checked_view(ws, body.get("view"), "modal"))
        case "clear":
            clear(ws, view.user_id)
        case None:
            close_top(ws, view)
        case other:
            raise refused("invalid_arguments", [Problem("/response_action", f"unsupported type: {other}")])
    return Outcome()


def _checked_errors(view: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.body["blocks"] if block.get("type") == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise SlackError("invalid_arguments")
    return {str(key): str(words) for key, words in errors.items()}


async def close_view(ws: Workspace, user_id: str, view_id: str, *, whole_stack: bool = False) -> Outcome:
    """Close a modal (or with the cross, all of them). Nothing of what was typed is sent.

    The app hears of it only where the view asks for `notify_on_close`.
    """
    user = somebody(ws, user_id)
    view = open_view(ws, user_id, view_id)
    stack = ws.modals[user_id]
    closing = list(stack) if whole_stack or view.body.get("clear_on_close") else [view]
    close_top(ws, closing[0])
    for gone in reversed(closing):
        if not gone.body.get("notify_on_close"):
            continue
        face = view_json(ws, gone) | {"state": {"values": {}}}
        payload = base(ws, "view_closed", user) | {"view": face, "is_cleared": len(closing) > 1}
        ws.spawn(_tell(ws, payload))
    return Outcome()


async def _tell(ws: Workspace, payload: Json) -> None:
    await deliver(ws, "interactive", payload)
