"""The receipt of an erasure: numbers, what Slack refused, and nothing that names anybody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attention import to_person
from bot.messages.erasing_receipt import receipt
from bot.notices import NOTICE
from bot.tongues import said_to
from storage import audit, deliveries
from storage.deliveries import Post
from storage.erasing import Erasure


async def send(session: AsyncSession, workspace_id: str, erasure: Erasure, *, now: datetime) -> None:
    """Tell whoever asked, in private, and write into the audit log that it is done."""
    entry = audit.Entry(
        at=now,
        actor_id=erasure.asked_by,
        act="erased",
        object_kind="erasure",
        object_id=str(erasure.id),
        detail={"what": erasure.about.value},
    )
    await audit.note(session, workspace_id, entry)
    if to_person(erasure.asked_by):
        slot = f"erasure:{erasure.id}:{now.isoformat()}"
        payload = await said_to(session, workspace_id, erasure.asked_by, lambda: receipt(erasure))
        post = Post(channel_id=erasure.asked_by, kind=NOTICE, slot_key=slot, payload=payload)
        await deliveries.plan(session, workspace_id, post, now=now)
