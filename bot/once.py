"""What people click, type and submit is done once, however often Slack hands it over and to whom.

Slack names each by a trigger of its own. The first transaction that a listener makes writes it down together
with what it does: one that comes again, to any process, finds it there and does nothing. One whose process
died has left nothing, and is done. Write-ups are left out: each lives in a draft that only one can finish.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids
from storage import receipts
from stories.values import dataclass

_BY_ITS_DRAFT = frozenset({ids.INTERVIEW_VIEW, ids.INTERVIEW_PREVIEW_VIEW})


class DoneBefore(Exception):
    """This was handed over before, and done."""


@dataclass(slots=True)
class Doing:
    """What is being done for somebody, and whether it is written down already."""

    workspace_id: str
    key: str
    is_kept: bool = False

    async def keep(self, session: AsyncSession, now: datetime) -> None:
        """Write it down with what this transaction does. Raises DoneBefore when it stands already."""
        if not self.is_kept and not await receipts.first_time(session, self.workspace_id, self.key, now=now):
            raise DoneBefore


_doing: ContextVar[Doing | None] = ContextVar("doing", default=None)


def doing() -> Doing | None:
    """What this task does for somebody; None for an event, or work of our own."""
    return _doing.get()


def nothing() -> None:
    """Nothing is being done for anybody yet: tasks hand over one request after the other."""
    _doing.set(None)


def notice(body: Mapping[str, Any], workspace_id: str) -> None:
    """From here on this task does what Slack hands over with this body, if a trigger names it."""
    trigger = body.get("trigger_id")
    named = trigger and workspace_id and _callback_of(body) not in _BY_ITS_DRAFT
    _doing.set(Doing(workspace_id, f"trigger:{trigger}") if named else None)


def _callback_of(body: Mapping[str, Any]) -> str:
    return str((body.get("view") or {}).get("callback_id", ""))
