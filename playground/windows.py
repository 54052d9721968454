"""Modals and App Homes: opened, put on the stack, updated, closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.drafting import parsed_json, refused
from playground.dressing import dressed
from playground.errors import SlackError
from playground.model import Json, View
from playground.rules.views import is_too_large, view_problems
from playground.rules.wholes import Surface
from playground.state import merged
from playground.workspace import Workspace

STACK = 3
TROUBLE = "We had some trouble connecting. Try again?"


def checked_view(ws: Workspace, value: Any, surface: Surface) -> Json:
    """A view fit for that surface, dressed; raises invalid_arguments or view_too_large as Slack does."""
    view = parsed_json(value, "invalid_arguments")
    problems = view_problems(view, surface)
    if problems:
        raise refused("invalid_arguments", problems)
    if is_too_large(view):
        raise SlackError("view_too_large")
    return {**view, "blocks": dressed(ws, view["blocks"])}


def fresh_hash(ws: Workspace) -> str:
    """A view's hash, new at each change."""
    return f"{int(ws.clock.seconds())}.{ws.short_id()}{ws.short_id()}"


def _check_external(ws: Workspace, body: Mapping[str, Any], own_id: str = "") -> None:
    external = body.get("external_id")
    if external and any(v.body.get("external_id") == external and v.id != own_id for v in ws.views.values()):
        raise SlackError("duplicate_external_id")


def open_modal(ws: Workspace, user_id: str, body: Json, *, opened_from: str = "") -> View:
    """Show a modal to somebody in place of whatever modal stood there."""
    _check_external(ws, body)
    clear(ws, user_id)
    view_id = ws.new_id("V")
    view = View(view_id, user_id, body, fresh_hash(ws), view_id, opened_from=opened_from)
    _put(ws, view)
    return view


def push_modal(ws: Workspace, user_id: str, body: Json) -> View:
    """Put a modal on top of what stands; raises push_limit_reached above three, not_found for none."""
    stack = ws.modals.get(user_id) or []
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= STACK:
        raise SlackError("push_limit_reached")
    _check_external(ws, body)
    below = stack[-1]
    view = View(
        ws.new_id("V"), user_id, body, fresh_hash(ws), below.root_id, below.id, opened_from=below.opened_from
    )
    _put(ws, view)
    return view


def _put(ws: Workspace, view: View) -> None:
    view.values = merged(view.body["blocks"], channel_id=view.opened_from)
    ws.views[view.id] = view
    ws.modals.setdefault(view.user_id, []).append(view)
    ws.notify("modal", user_id=view.user_id)


def update_view(ws: Workspace, view: View, body: Json) -> None:
    """Change a view in place; what was typed stays where block and action ids stayed."""
    _check_external(ws, body, view.id)
    view.values = merged(body["blocks"], view.values, channel_id=view.opened_from)
    view.body, view.hash, view.errors, view.notice = body, fresh_hash(ws), {}, ""
    ws.notify("home" if view.is_home else "modal", user_id=view.user_id)


def find_view(ws: Workspace, view_id: object, external_id: object) -> View:
    """The open view with that id or external id; raises not_found."""
    if isinstance(view_id, str) and view_id in ws.views:
        return ws.views[view_id]
    if external_id:
        for view in ws.views.values():
            if view.body.get("external_id") == external_id:
                return view
    raise SlackError("not_found")


def close_top(ws: Workspace, view: View) -> None:
    """Take a modal off the stack, and whatever stood above it."""
    stack = ws.modals.get(view.user_id, [])
    if view in stack:
        for gone in stack[stack.index(view) :]:
            ws.views.pop(gone.id, None)
        del stack[stack.index(view) :]
    ws.notify("modal", user_id=view.user_id)


def clear(ws: Workspace, user_id: str) -> None:
    """Close all of somebody's modals."""
    for view in ws.modals.pop(user_id, []):
        ws.views.pop(view.id, None)
    ws.notify("modal", user_id=user_id)


def publish_home(ws: Workspace, user_id: str, body: Json, given_hash: object) -> View:
    """Show somebody's App Home; raises hash_conflict when it changed since `given_hash`."""
    home = ws.homes.get(user_id)
    if given_hash and (home is None or home.hash != given_hash):
        raise SlackError("hash_conflict")
    if home is not None:
        update_view(ws, home, body)
        return home
    view_id = ws.new_id("V")
    home = View(view_id, user_id, body, fresh_hash(ws), view_id, values=merged(body["blocks"]))
    ws.homes[user_id] = home
    ws.views[view_id] = home
    ws.notify("home", user_id=user_id)
    return home
