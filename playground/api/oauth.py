"""oauth.v2.*, openid.connect.*, auth.revoke, auth.teams.list, apps.uninstall: tokens coming and going."""

from __future__ import annotations

from playground.api.calling import Call, Method, paged
from playground.errors import SlackError
from playground.grants import Grant
from playground.model import Code, Json
from playground.oauth import check_client, install, revoke, spend_code, uninstall
from playground.org import enterprise_json, is_let_in
from playground.signing_in import id_token, identity


def _pair(grant: Grant, seconds: float) -> Json:
    if not grant.refresh:
        return {"access_token": grant.token}
    return {"access_token": grant.token, "refresh_token": grant.refresh, "expires_in": int(seconds)}


def _told(call: Call, grant: Grant) -> Json:
    """A token with what it may do, as every answer of oauth.v2.* gives it."""
    scope = ",".join(sorted(grant.scopes))
    return {"token_type": grant.kind, "scope": scope, **_pair(grant, call.ws.grants.seconds)}


def access(call: Call) -> Json:
    """oauth.v2.access: a code for tokens, or a refresh token for the next pair."""
    check_client(call.ws, call.args)
    match call.args.get("grant_type") or "authorization_code":
        case "refresh_token":
            return _rotated(call)
        case "authorization_code":
            return _installed(call)
        case _:
            raise SlackError("invalid_grant_type")


def _installed(call: Call) -> Json:
    ws = call.ws
    code = spend_code(ws, call.args)
    bot, user = install(ws, code)
    authed: Json = {"id": code.user_id} | (_told(call, user) if user else {})
    answer: Json = {"ok": True, "app_id": ws.app.id, "authed_user": authed, **_place(call, code)}
    return answer | ({**_told(call, bot), "bot_user_id": ws.app.user_id} if bot else {})


def _place(call: Call, code: Code) -> Json:
    ws = call.ws
    team = {"id": code.team_id, "name": ws.teams[code.team_id]} if code.team_id else None
    return {"team": team, "enterprise": enterprise_json(ws), "is_enterprise_install": ws.app.is_org}


def _rotated(call: Call) -> Json:
    ws = call.ws
    grant = ws.grants.rotate(str(call.args.get("refresh_token") or ""))
    ws.notify("token")
    team = {"id": ws.team_id, "name": ws.team_name}
    answer: Json = {"ok": True, "app_id": ws.app.id, "team": None if ws.app.is_org else team}
    answer |= {"enterprise": enterprise_json(ws), "is_enterprise_install": ws.app.is_org}
    if grant.kind == "bot":
        answer["bot_user_id"] = ws.app.user_id
    return answer | _told(call, grant)


def exchange(call: Call) -> Json:
    """oauth.v2.exchange: a lasting token for a pair that rotates."""
    check_client(call.ws, call.args)
    if not call.ws.app.has("token_rotation_enabled"):
        raise SlackError("token_rotation_not_enabled")
    grant = call.ws.grants.exchange(str(call.args.get("token") or ""))
    call.ws.notify("token")
    return {"ok": True, **_told(call, grant)}


def auth_revoke(call: Call) -> Json:
    """auth.revoke: end the token that asks; with `test` only say that it would work."""
    if call.flag("test"):
        return {"ok": True, "revoked": False}
    revoke(call.ws, call.grant)
    return {"ok": True, "revoked": True}


def remove(call: Call) -> Json:
    """apps.uninstall: the app takes itself out of the workspace."""
    check_client(call.ws, call.args)
    uninstall(call.ws)
    return {"ok": True}


def teams(call: Call) -> Json:
    """auth.teams.list: the workspaces that let an org-wide app in."""
    ws = call.ws
    known = [{"id": key, "name": name} for key, name in ws.teams.items() if is_let_in(ws, key)]
    page, more = paged(call, known, 100, 1000)
    return {"ok": True, "teams": page, **more}


def sign_in(call: Call) -> Json:
    """openid.connect.token: a code for a token and a signed statement of who somebody is."""
    ws = call.ws
    check_client(ws, call.args)
    if (call.args.get("grant_type") or "authorization_code") != "authorization_code":
        raise SlackError("invalid_grant_type")
    code = spend_code(ws, call.args)
    if "openid" not in code.user_scopes:
        raise SlackError("invalid_code")
    grant = ws.grants.issue("user", code.user_scopes, code.user_id)
    ws.notify("token")
    signed = id_token(ws, ws.signer, code)
    return {"ok": True, "access_token": grant.token, "token_type": "Bearer", "id_token": signed}


def who(call: Call) -> Json:
    """openid.connect.userInfo: who the token belongs to."""
    return {"ok": True, **identity(call.ws, call.ws.users[call.grant.user_id], call.grant.scopes)}


METHODS = {
    "apps.uninstall": Method(remove, asker="any"),
    "auth.revoke": Method(auth_revoke, asker="any"),
    "auth.teams.list": Method(teams, asker="any"),
    "oauth.v2.access": Method(access, asker="nobody"),
    "oauth.v2.exchange": Method(exchange, asker="nobody"),
    "openid.connect.token": Method(sign_in, asker="nobody"),
    "openid.connect.userInfo": Method(who, ("openid",), asker="user"),
}
