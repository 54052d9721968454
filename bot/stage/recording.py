"""Where an event can be watched: shown only while whoever came agrees. In the caller's transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.stage import planning
from bot.stage.agreeing import agree
from bot.stage.following import follow
from stories.consent import Purpose
from stories.errors import UserError
from stories.language import _
from stories.links import https_link
from stories.stage.events import Event


async def show(
    session: AsyncSession,
    workspace_id: str,
    event: Event,
    typed: str,
    *,
    agreed: bool,
    words: str,
    by: str,
    now: datetime,
) -> None:
    """Show a link, now that they agreed. Raises UserError for what is no link, and without their yes."""
    link = https_link(typed, field="recording")
    if not link:
        raise UserError(_("Please give the link; it begins with https://."), field="recording")
    if not agreed:
        raise UserError(
            _("A recording is only shown once they agreed to it. Ask them, and tick this."), field="agreed"
        )
    if event.customer_id is not None:
        await agree(session, workspace_id, event.customer_id, Purpose.RECORDED, words=words, by=by, now=now)
    await _keep(session, workspace_id, event, link, "show_recording", by=by, now=now)


async def take_down(
    session: AsyncSession, workspace_id: str, event: Event, *, by: str, now: datetime
) -> None:
    """Forget the link; it goes from every message at once."""
    if event.recording:
        await _keep(session, workspace_id, event, "", "drop_recording", by=by, now=now)


async def _keep(
    session: AsyncSession, workspace_id: str, event: Event, link: str, act: str, *, by: str, now: datetime
) -> None:
    await follow(session, workspace_id, replace(event, recording=link), now)
    await planning.note(session, workspace_id, act, event, by=by, now=now)
