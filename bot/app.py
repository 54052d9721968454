"""The only wiring: from settings, a database and a clock to an app that listens."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot import failures, listeners
from bot.connections import OneWorkspace
from bot.desk import Desk
from storage import people, workspaces

log = logging.getLogger(__name__)


def create_app(desk: Desk, *, process_before_response: bool = False) -> AsyncApp:
    """The bot for one workspace's token, with every listener registered; it talks to nobody yet."""
    settings, connection = desk.settings, desk.connections
    if not isinstance(connection, OneWorkspace):
        raise TypeError("an app for one token needs the connection that has it")
    secret = settings.slack_signing_secret
    app = AsyncApp(
        name="Firsthand",
        signing_secret=secret.get_secret_value() if secret else "unused in Socket Mode",
        client=connection.only_client,
        process_before_response=process_before_response,
    )
    app.use(_introduce(desk))
    failures.register(app)
    listeners.register(app, settings)
    return app


def _introduce(desk: Desk) -> Callable[..., Awaitable[None]]:
    """Every listener finds the desk in its arguments; every workspace and person is known from then on."""
    met: set[tuple[str, str]] = set()

    async def introduce(context: AsyncBoltContext, next: Callable[[], Awaitable[Any]]) -> None:  # noqa: A002 Bolt's name
        context["desk"] = desk
        workspace, person = context.team_id or "", context.user_id or ""
        if workspace and person and (workspace, person) not in met:
            async with desk.begin() as session:
                await workspaces.ensure(session, workspace, name="", installed_by=None, now=desk.now())
                await people.meet(session, workspace, person, now=desk.now())
            met.add((workspace, person))
        await next()

    return introduce


async def connect_socket(app: AsyncApp, desk: Desk) -> AsyncSocketModeHandler:
    """Listen through Socket Mode; raises LookupError without an app token."""
    token = desk.settings.slack_app_token
    if token is None:
        raise LookupError("Socket Mode needs SLACK_APP_TOKEN")
    handler = AsyncSocketModeHandler(app, token.get_secret_value())
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    return handler
