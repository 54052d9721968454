"""The centre in the demo: a page of the made-up company for a wall, and the step that leads there."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta

from bot.centre.viewers import screen_address
from bot.customer_link.secret import Secret
from playground.setup import Step
from storage import screens
from storage.database import Database

SCREEN = "The demo’s screen"
LASTS = timedelta(days=30)


def step(address: str, secret: Secret) -> Step:
    """The step that opens it."""
    return Step(
        "Look at the centre",
        "One page for a browser or a wall: customers’ own words beside the numbers, the top three, and the "
        "projects. This link is a screen’s; an admin makes one with /firsthand screen.",
        screen_address(address, secret),
    )


async def put_up(database: Database, workspace_id: str, secret: Secret, *, by: str, now: datetime) -> None:
    """Have the link show something."""
    async with database.begin() as session:
        await screens.issue(
            session,
            workspace_id,
            name=SCREEN,
            public_id=secret.public_id,
            secret=secret.secret,
            by=by,
            now=now,
            ends_at=now + LASTS,
        )


def free_port() -> int:
    """A port of this machine's own that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
