"""Installing the app over OAuth, and people signing in with Slack: what is agreed to and what comes of it.

https://docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode, urlsplit

from playground.errors import SlackError
from playground.grants import Grant
from playground.model import Code
from playground.transport.events import publish
from playground.workspace import Workspace

CODE_SECONDS = 600.0
_IDENTITY = frozenset(("openid", "email", "profile"))
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Wish:
    """What an app asks for on the consent page, checked."""

    bot_scopes: frozenset[str]
    user_scopes: frozenset[str]
    redirect_uri: str
    state: str
    nonce: str = ""
    is_sign_in: bool = False


def _scopes(text: str) -> frozenset[str]:
    return frozenset(text.replace(",", " ").split())


def wished(ws: Workspace, query: Mapping[str, str], *, sign_in: bool = False) -> Wish:
    """Read the address of a consent page.

    Raises invalid_client_id, invalid_scope (what the manifest does not name), bad_redirect_uri and, for a
    sign-in, invalid_response_type.
    """
    if query.get("client_id") != ws.app.tokens.client_id:
        raise SlackError("invalid_client_id")
    bot, user = _scopes(query.get("scope", "")), _scopes(query.get("user_scope", ""))
    if sign_in:
        if query.get("response_type") != "code":
            raise SlackError("invalid_response_type")
        bot, user = frozenset(), bot
        fits = "openid" in user and user <= _IDENTITY
    else:
        fits = bool(bot | user) and bot <= ws.app.asks_for("bot") and user <= ws.app.asks_for("user")
    if not fits:
        raise SlackError("invalid_scope")
    target = redirect_target(ws, query.get("redirect_uri", ""))
    return Wish(bot, user, target, query.get("state", ""), query.get("nonce", ""), sign_in)


def redirect_target(ws: Workspace, given: str) -> str:
    """Where an installation leads back to: https (or this machine), and under an address of the manifest."""
    known = ws.app.redirects()
    target = given or (known[0] if known else "")
    parts = urlsplit(target)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not safe or not any(target == url or target.startswith(url.rstrip("/") + "/") for url in known):
        raise SlackError("bad_redirect_uri")
    return target


def agreed(ws: Workspace, wish: Wish, user_id: str, *, team_id: str = "") -> str:
    """Somebody agrees: the address their browser goes on to, with a code for the app."""
    value = f"{ws.random.randrange(10**12)}.{ws.random.randrange(10**12)}.{ws.random.randbytes(32).hex()}"
    until = ws.clock.real_seconds() + CODE_SECONDS
    ws.codes[value] = Code(
        value, user_id, wish.redirect_uri, wish.bot_scopes, wish.user_scopes, until, team_id, wish.nonce
    )
    ws.keep("code", value)
    return _led_back(wish, {"code": value, "state": wish.state})


def declined(wish: Wish) -> str:
    """Somebody cancels: the address their browser goes on to."""
    return _led_back(wish, {"error": "access_denied", "state": wish.state})


def _led_back(wish: Wish, query: dict[str, str]) -> str:
    joint = "&" if urlsplit(wish.redirect_uri).query else "?"
    return wish.redirect_uri + joint + urlencode(query)


def check_client(ws: Workspace, args: Mapping[str, object]) -> None:
    """Raise invalid_client_id or bad_client_secret unless they are the app's."""
    if args.get("client_id") != ws.app.tokens.client_id:
        raise SlackError("invalid_client_id")
    if args.get("client_secret") != ws.app.tokens.client_secret:
        raise SlackError("bad_client_secret")


def spend_code(ws: Workspace, args: Mapping[str, object]) -> Code:
    """Exchange a code, once; raises invalid_code, code_already_used, bad_redirect_uri."""
    code = ws.codes.get(str(args.get("code") or ""))
    if code is None or code.until < ws.clock.real_seconds():
        raise SlackError("invalid_code")
    if code.is_used:
        raise SlackError("code_already_used")
    given = str(args.get("redirect_uri") or "")
    if given and given != code.redirect_uri:
        raise SlackError("bad_redirect_uri")
    code.is_used = True
    ws.keep("code", code.value)
    return code


def install(ws: Workspace, code: Code) -> tuple[Grant | None, Grant | None]:
    """Put the app into the workspace as agreed; answers the bot's token and the installer's, if any.

    Scopes add up over installations, as at Slack. Without rotation a bot keeps the token it has.
    """
    app, rotating = ws.app, ws.app.has("token_rotation_enabled")
    scopes = (app.scopes if app.installed else frozenset()) | code.bot_scopes
    app.is_org = not code.team_id
    app.teams = set(ws.teams) if app.is_org else {code.team_id} | (app.teams if app.installed else set())
    if code.bot_scopes:
        app.installed, app.scopes = True, scopes
    bot = _bot_token(ws, rotating=rotating) if code.bot_scopes else None
    user = (
        ws.grants.issue("user", code.user_scopes, code.user_id, rotating=rotating)
        if code.user_scopes
        else None
    )
    ws.notify("app")
    return bot, user


def _bot_token(ws: Workspace, *, rotating: bool) -> Grant:
    standing = [grant for grant in ws.grants.living("bot") if not grant.until]
    if standing and not rotating:
        standing[0].scopes = ws.app.scopes
        return standing[0]
    grant = ws.grants.issue("bot", ws.app.scopes, ws.app.user_id, rotating=rotating)
    ws.app.tokens = replace(ws.app.tokens, bot=grant.token)
    return grant


def revoke(ws: Workspace, grant: Grant) -> None:
    """End one token; with the last one the app is gone from the workspace."""
    ws.grants.end([grant], "token_revoked")
    _tell_revoked(ws, [grant])
    if not ws.grants.living("bot") and not ws.grants.living("user"):
        ws.app.installed = False
        publish(ws, {"type": "app_uninstalled"})
    ws.notify("app")


def uninstall(ws: Workspace) -> None:
    """Remove the app: its tokens end, and it hears so in two events that come in either order."""
    ended = [*ws.grants.living("bot"), *ws.grants.living("user")]
    ws.grants.end(ws.grants.living("bot"), "account_inactive")
    ws.grants.end(ws.grants.living("user"), "token_revoked")
    ws.app.installed = False
    told = [partial(_tell_revoked, ws, ended), partial(publish, ws, {"type": "app_uninstalled"})]
    ws.random.shuffle(told)
    for tell in told:
        tell()
    ws.notify("app")


def _tell_revoked(ws: Workspace, ended: list[Grant]) -> None:
    by_kind = {kind: [grant.user_id for grant in ended if grant.kind == kind] for kind in ("user", "bot")}
    tokens = {"oauth": by_kind["user"], "bot": list(dict.fromkeys(by_kind["bot"]))}
    publish(ws, {"type": "tokens_revoked", "tokens": tokens})
