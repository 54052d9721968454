"""Listening to watched channels: what people write is in memory until eight messages are together.

Each process gathers what Slack tells it, so with several a window may hold other messages than it would have
with one; what is learnt is kept under one lock. What is in memory when a process ends is lost, on purpose.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackClientError

from bot.avatars.asking import can_search_meaning
from bot.avatars.listening_windows import Due, Outcome, keep, seen_together
from bot.connections import NotConnected
from bot.desk import Desk
from bot.failures import DATABASE_TROUBLE
from bot.terms import rules
from storage import projects
from stories.drift.gathering import Gathering
from stories.transcripts.languages import language_of
from stories.values import dataclass

if TYPE_CHECKING:
    from stories.drift.judging import Judge

log = logging.getLogger(__name__)

KNOWN_SECONDS = 60.0
"""How long a process goes by what it knows of who listens where."""

CHANNELS = frozenset({"channel", "group"})
"""The kinds of conversations that can be listened to."""

SPOKEN = frozenset({None, "file_share", "thread_broadcast"})
"""What a new message of a person may be; all else is an edit, a deletion, or Slack's own."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A message that somebody wrote: where, its stamp, its text as Slack sends it."""

    channel_id: str
    stamp: str
    text: str


def talk_in(event: Mapping[str, Any]) -> Talk | None:
    """What a person wrote in a channel; None for bots, edits, deletions and all that Slack says itself."""
    if event.get("channel_type") not in CHANNELS or event.get("subtype") not in SPOKEN:
        return None
    if event.get("bot_id") or not event.get("user") or not event.get("text"):
        return None
    return Talk(event["channel"], event["ts"], event["text"])


class Ears:
    """The open windows of this process, and what judges those that close.

    `seconds` is a clock that never goes back; `judge` is made when the first window closes.
    """

    def __init__(
        self, seconds: Callable[[], float] = time.monotonic, judge: Callable[[], Judge] | None = None
    ) -> None:
        self._seconds = seconds
        self._gathering = Gathering()
        self._watched: dict[str, tuple[float, dict[str, int]]] = {}
        self._switched = 0
        self._closed: list[Due] = []
        self._busy = asyncio.Lock()
        self._make_judge = judge or _made
        self._judge: Judge | None = None

    def look_again(self, workspace_id: str) -> None:
        """Forget who listens where: somebody has just switched it on or off."""
        self._watched.pop(workspace_id, None)
        self._switched += 1

    async def hear(self, desk: Desk, workspace_id: str, talk: Talk) -> bool:
        """Take a message in; tells whether somebody is to hear of a swerve now.

        Windows that close while others are being judged are judged together.
        """
        project_id = (await self._listened_to(desk, workspace_id)).get(talk.channel_id)
        if project_id is None:
            return False
        said = self._gathering.add((workspace_id, talk.channel_id), talk.stamp, talk.text)
        if said is None:
            return False
        self._closed.append(Due(workspace_id=workspace_id, project_id=project_id, said=said))
        async with self._busy:
            many, self._closed = self._closed, []
            return await self._conclude(desk, many)

    async def _listened_to(self, desk: Desk, workspace_id: str) -> dict[str, int]:
        until, known = self._watched.get(workspace_id, (0.0, {}))
        if self._seconds() < until:
            return known
        switched = self._switched
        async with desk.read() as session:
            watches = (await rules(session, workspace_id)).drift
            found = await projects.listened_to(session, workspace_id) if watches else {}
        if switched != self._switched:
            # Somebody switched it on or off while this was read.
            return await self._listened_to(desk, workspace_id)
        for channel_id in known.keys() - found.keys():
            self._gathering.forget((workspace_id, channel_id))
        self._watched[workspace_id] = (self._seconds() + KNOWN_SECONDS, found)
        return found

    async def _conclude(self, desk: Desk, many: Sequence[Due]) -> bool:
        """Judge closed windows and keep what is learnt; a window that cannot be kept is lost."""
        if not many or not can_search_meaning():
            return False
        speaks = False
        try:
            seen = await seen_together(desk, many)
            outcomes = await asyncio.to_thread(self._judged, [found.due for found in seen])
            for found, outcome in zip(seen, outcomes, strict=True):
                speaks |= await keep(desk, found, outcome)
        except (*DATABASE_TROUBLE, SlackClientError, NotConnected) as trouble:
            log.warning("windows of talk are lost, as they are never stored: %s", type(trouble).__name__)
        return speaks

    def _judged(self, many: Sequence[Due]) -> list[Outcome]:
        """In a thread of its own; the model is loaded by the first window of this process."""
        judge = self._judge = self._judge or self._make_judge()
        english = [_is_english(due.said) for due in many]
        closed = [due.closed for due in many]
        judged = judge.judge(closed)
        return [
            Outcome(
                english=plain,
                whole=found.vectors.whole,
                score=found.score,
                least_covered=judge.least_covered(one, found),
                sounds_like=judge.sounds_like(found),
            )
            for plain, one, found in zip(english, closed, judged, strict=True)
        ]


def _made() -> Judge:
    from stories.drift.background import background, bank
    from stories.drift.judging import Judge
    from stories.drift.meaning import encoder

    return Judge(background(bank(), encoder()))


def _is_english(said: Sequence[str]) -> bool:
    """Whether a window may be English: what is too short to tell is taken for it."""
    return language_of("\n".join(said)).code in {"en", ""}
