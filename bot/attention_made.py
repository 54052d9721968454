"""What an unasked post is once it was put into words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.blocks import Block
from storage.attention import Waiting
from storage.deliveries import Subject
from storage.posted import Posted
from stories.story import Story
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An unasked post in words. `line` is the same for riding along in a digest: a block or two, with a
    heading of its own. `beside` are the customers (their ids) beside whose stories it may do so; None: all.

    `subjects` are the customers whose words it carries, `stories` the ids of those it speaks of,
    `thread_ts` the thread that it belongs in. `then` keeps what is to be kept of its delivery, once planned.
    """

    payload: dict[str, Any]
    line: tuple[Block, ...] = ()
    beside: frozenset[int] | None = None
    subjects: tuple[Subject, ...] = ()
    stories: frozenset[int] = frozenset()
    thread_ts: str | None = None
    then: Callable[[AsyncSession, int], Awaitable[None]] | None = None

    def rides_with(self, stories: Iterable[Story]) -> bool:
        """Whether it may ride along in a digest of these stories."""
        about = {story.interview.customer.id for story in stories}
        return bool(self.line) and (self.beside is None or not self.beside.isdisjoint(about))


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
