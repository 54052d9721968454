"""The only wiring: from settings, a database and a clock to an app that listens."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot import failures, inbox, listeners, once
from bot.connections import OneWorkspace, client_for
from bot.desk import Desk
from bot.installing import events
from bot.installing.flow import INSTALL_PATH, install_flow
from bot.installing.installed import Installed
from bot.settings import Settings
from bot.switchboard import Passing, Straight, Switchboard
from storage import people, workspaces
from stories.language import ENGLISH, _, speak

log = logging.getLogger(__name__)

MOST_MET = 50_000
"""People whom a process remembers to have met; then it starts anew, which costs each of them one look."""


def create_app(desk: Desk, *, process_before_response: bool = False) -> AsyncApp:
    """The bot with every listener registered; it talks to nobody yet."""
    settings, secret = desk.settings, desk.settings.slack_signing_secret
    app = Switchboard(
        name="Firsthand",
        signing_secret=secret.get_secret_value() if secret else "unused in Socket Mode",
        process_before_response=process_before_response,
        raise_error_for_unhandled_request=True,
        **_speaking(desk),
    )
    inbox.attach(app, desk)
    app.use(Straight(_introduce(desk)))
    failures.register(app)
    inbox.mark_failures(app)
    listeners.register(app, settings)
    events.register(app, desk.connections)
    return app


def _speaking(desk: Desk) -> dict[str, Any]:
    """What Bolt wants to know about tokens: the one, or where those of all workspaces are."""
    connections = desk.connections
    if isinstance(connections, OneWorkspace):
        return {"client": connections.only_client}
    if not isinstance(connections, Installed):
        raise TypeError(f"Bolt cannot be told how to speak by {type(connections).__name__}")
    flow = install_flow(desk.settings, desk.database, connections)
    return {
        "client": client_for(desk.settings, None),
        "oauth_flow": flow,
        # Without them Bolt would make settings of its own from the environment.
        "oauth_settings": flow.settings,
        "user_facing_authorize_error_message": not_connected(desk.settings),
    }


def not_connected(settings: Settings) -> str:
    """What somebody is told whose workspace has no live installation."""
    said = _("Firsthand is not connected with this workspace any more. An admin can install it again: {link}")
    return said.format(link=f"{settings.firsthand_address}{INSTALL_PATH}")


def _introduce(desk: Desk) -> Passing:
    """Every listener finds the desk in its arguments; every workspace and person is known from then on."""
    met: set[tuple[str, str, str]] = set()

    async def introduce(
        body: dict[str, Any],
        context: AsyncBoltContext,
        next: Callable[[], Awaitable[Any]],  # noqa: A002 Bolt's name
    ) -> BoltResponse | None:
        context["desk"] = desk
        speak(ENGLISH)
        workspace, person = context.team_id or "", context.user_id or ""
        if workspace and not _is_spoken_for(desk, workspace):
            log.info("somebody from %s, which has not installed the bot, is not answered", workspace)
            return BoltResponse(status=200, body="")
        if inbox.overheard(body):
            # Nothing is kept of who writes in a channel, not even that they did.
            await next()
            return None
        # A workspace that left and came back has another token: its people are met anew.
        seen = (workspace, person, context.bot_token or "")
        if workspace and person and seen not in met:
            async with desk.begin() as session:
                await workspaces.ensure(session, workspace, name="", installed_by=None, now=desk.now())
                await people.meet(session, workspace, person, now=desk.now())
            if len(met) >= MOST_MET:
                met.clear()
            met.add(seen)
        if workspace and person:
            await desk.tongues.speak_to(desk.database, desk.colleagues, context.client, workspace, person)
        once.notice(body, workspace)
        await next()
        return None

    return introduce


def _is_spoken_for(desk: Desk, workspace_id: str) -> bool:
    """Whether a request may be about this workspace; with many, `Authorize` has asked that already.

    In a channel that two companies share, a click bears the workspace of whoever clicked.
    """
    return not isinstance(desk.connections, OneWorkspace) or desk.connections.is_for(workspace_id)
