"""users.*, auth.*, apps.* and api.*: who is there and who is asking."""

from __future__ import annotations

from playground.api.calling import Call, Method, paged
from playground.api.conversations import wanted_kinds
from playground.errors import SlackError
from playground.faces import channel_json, user_json
from playground.model import Json
from playground.org import check_team
from playground.transport.sockets import SocketLink


def info(call: Call) -> Json:
    """users.info."""
    face = user_json(call.ws, call.user(), with_locale=call.flag("include_locale"))
    return {"ok": True, "user": face}


def list_(call: Call) -> Json:
    """users.list: everybody, the app's own user too."""
    call.team()
    page, more = paged(call, list(call.ws.users.values()), 1000, 1000)
    told = call.flag("include_locale")
    faces = [user_json(call.ws, user, with_locale=told) for user in page]
    return {"ok": True, "members": faces, "cache_ts": int(call.ws.clock.seconds()), **more}


def conversations(call: Call) -> Json:
    """users.conversations: those somebody (the app itself, unless told) is in and the app may know of."""
    ws, kinds, team = call.ws, wanted_kinds(call), call.team()
    user = call.user() if call.args.get("user") else ws.bot()
    live = call.flag("exclude_archived")
    joined = [ws.channels[key] for key in ws.rooms_of.get(user.id, {})]
    known = [
        c
        for c in joined
        if c.kind in kinds
        and c.team_id == team
        and not (live and c.is_archived)
        and (c.kind == "public" or ws.app.user_id in c.members)
    ]
    page, more = paged(call, known, 100, 999)
    return {"ok": True, "channels": [channel_json(ws, c) for c in page], **more}


def by_email(call: Call) -> Json:
    """users.lookupByEmail."""
    wanted = call.text("email", "users_not_found").casefold()
    found = [u for u in call.ws.users.values() if not u.is_bot and u.email.casefold() == wanted]
    if not found:
        raise SlackError("users_not_found")
    return {"ok": True, "user": user_json(call.ws, found[0])}


def bot_info(call: Call) -> Json:
    """bots.info: the app itself."""
    ws = call.ws
    if call.args.get("bot") not in (None, "", ws.app.bot_id):
        raise SlackError("bot_not_found")
    face = {"id": ws.app.bot_id, "deleted": not ws.app.installed, "name": ws.app.name, "updated": 0}
    return {"ok": True, "bot": face | {"app_id": ws.app.id, "user_id": ws.app.user_id, "icons": {}}}


def team_info(call: Call) -> Json:
    """team.info."""
    ws = call.ws
    key = str(call.args.get("team") or ws.team_id)
    check_team(ws, key)
    face: Json = {"id": key, "name": ws.teams[key], "domain": "playground", "email_domain": "", "icon": {}}
    if ws.setup.enterprise_id:
        face |= {"enterprise_id": ws.setup.enterprise_id}
    return {"ok": True, "team": face}


def auth_test(call: Call) -> Json:
    """auth.test."""
    ws, user = call.ws, call.ws.users[call.grant.user_id]
    answer: Json = {
        "ok": True,
        "url": f"{ws.base_url}/",
        "team": ws.team_name,
        "user": user.handle,
        "team_id": ws.team_id,
        "user_id": user.id,
        "is_enterprise_install": ws.app.is_org,
    }
    if call.grant.until:
        answer["expires_in"] = max(0, int(call.grant.until - ws.clock.real_seconds()))
    if ws.setup.enterprise_id:
        answer["enterprise_id"] = ws.setup.enterprise_id
    return answer | ({"bot_id": user.bot_id} if user.is_bot else {})


def api_test(call: Call) -> Json:
    """api.test: gives the arguments back, or the error asked for."""
    args = {key: value for key, value in call.args.items() if key != "token"}
    if args.get("error"):
        raise SlackError(str(args["error"]), {"args": args})
    return {"ok": True, "args": args}


def connections_open(call: Call) -> Json:
    """apps.connections.open: a WebSocket address, good for one connection."""
    link = call.ws.link
    if not isinstance(link, SocketLink):
        raise SlackError("socket_mode_not_enabled")
    address = call.base_url.replace("http", "ws", 1)
    return {"ok": True, "url": f"{address}/socket/?ticket={link.ticket()}&app_id={call.ws.app.id}"}


METHODS = {
    "api.test": Method(api_test, asker="any"),
    "apps.connections.open": Method(connections_open, asker="app"),
    "auth.test": Method(auth_test, asker="any"),
    "users.conversations": Method(conversations),
    "bots.info": Method(bot_info, ("users:read",)),
    "team.info": Method(team_info, ("team:read",)),
    "users.lookupByEmail": Method(by_email, ("users:read.email",)),
    "users.info": Method(info, ("users:read",)),
    "users.list": Method(list_, ("users:read",)),
}
