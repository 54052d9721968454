"""What an unasked post is once it was put into words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.blocks import Block
from storage.attention import Waiting
from storage.deliveries import Subject
from storage.posted import Posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An unasked post in words. `line` is the same for riding along in a digest: a block or two.

    `subjects` are the customers whose words it carries, `stories` the ids of those it speaks of,
    `thread_ts` the thread that it belongs in. `then` keeps what is to be kept of its delivery, once planned.
    """

    payload: dict[str, Any]
    line: tuple[Block, ...] = ()
    subjects: tuple[Subject, ...] = ()
    stories: frozenset[int] = frozenset()
    thread_ts: str | None = None
    then: Callable[[AsyncSession, int], Awaitable[None]] | None = None


Compose = Callable[[AsyncSession, str, Waiting, datetime], Awaitable[Made | None]]
"""Given session, workspace, what was offered and the moment: the words; None when nothing may be told."""


def as_note(one: Waiting) -> Posted:
    """What waits as the post that it will be."""
    return Posted(
        id=one.delivery_id or 0,
        channel_id=one.place,
        kind=one.kind,
        slot_key=one.slot_key,
        state="pending",
        slack_ts=None,
        created_at=one.since,
    )
