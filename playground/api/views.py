"""views.*: https://docs.slack.dev/reference/methods?family=views"""

from __future__ import annotations

from playground.api.calling import Call, Method
from playground.errors import SlackError
from playground.faces import view_json
from playground.model import Json, View
from playground.windows import checked_view, find_view, open_modal, publish_home, push_modal, update_view


def _answer(call: Call, view: View) -> Json:
    return {"ok": True, "view": view_json(call.ws, view)}


def open_(call: Call) -> Json:
    """views.open: a modal for whoever did what the trigger stands for."""
    body = checked_view(call.ws, call.args.get("view"), "modal")
    trigger = call.ws.triggers.spend(call.args.get("trigger_id"))
    return _answer(call, open_modal(call.ws, trigger.user_id, body, opened_from=trigger.channel_id))


def push(call: Call) -> Json:
    """views.push: a modal above the one in which something was done."""
    body = checked_view(call.ws, call.args.get("view"), "modal")
    trigger = call.ws.triggers.spend(call.args.get("trigger_id"))
    return _answer(call, push_modal(call.ws, trigger.user_id, body))


def update(call: Call) -> Json:
    """views.update: change a view that is open, unless its hash has moved on."""
    view = find_view(call.ws, call.args.get("view_id"), call.args.get("external_id"))
    body = checked_view(call.ws, call.args.get("view"), "home" if view.is_home else "modal")
    given = call.args.get("hash")
    if given and given != view.hash:
        raise SlackError("hash_conflict")
    update_view(call.ws, view, body)
    return _answer(call, view)


def publish(call: Call) -> Json:
    """views.publish: somebody's App Home."""
    if not call.ws.app.has_tab("home_tab"):
        raise SlackError("not_enabled")
    user = call.user("user_id")
    body = checked_view(call.ws, call.args.get("view"), "home")
    return _answer(call, publish_home(call.ws, user.id, body, call.args.get("hash")))


METHODS = {
    "views.open": Method(open_),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
