"""What rules brought, in the words that may be shown at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import routing as words
from bot.messages.blocks import Block
from bot.messages.routing import Part
from bot.nps.enough import are_enough
from bot.routing.showing import Shown, shown
from storage import routes
from storage.deliveries import Subject
from storage.routes import Brought, Item
from stories.attention import ROUTED
from stories.routing.rule import rule_of
from stories.routing.saying import what
from stories.values import dataclass

__all__ = ["ROUTED", "Told", "slot_of", "told_now"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A post of its own, the same as lines of a digest, and what they show."""

    payload: dict[str, Any]
    line: tuple[Block, ...]
    subjects: tuple[Subject, ...]
    shown: dict[Item, Shown]


def slot_of(post_id: int) -> str:
    """The slot of what was brought at one moment."""
    return f"{ROUTED}:{post_id}"


async def told_now(
    session: AsyncSession, workspace_id: str, post_id: int, at: datetime, *, command: str
) -> Told | None:
    """What was brought as it may be told now; None when nothing of it may be."""
    known = await routes.brought(session, workspace_id, post_id)
    if known is None:
        return None
    few = await _of_few(session, workspace_id, known)
    may_be_told = [item for item in known.items if item.story_id is not None or item.part not in few]
    bare = {replace(item, part=0): item for item in may_be_told}
    may = await shown(session, workspace_id, list(bare), known.channel_id, at)
    found = {bare[item]: one for item, one in may.items()}
    parts = [
        Part(
            rule=rule if isinstance(rule, str) else what(rule_of(rule)),
            more=more,
            shown=tuple(found[item] for item in known.items if item.part == number and item in found),
        )
        for number, (rule, more) in enumerate(known.parts)
    ]
    parts = [part for part in parts if part.shown]
    if not parts:
        return None
    subjects = dict.fromkeys(subject for one in found.values() for subject in one.subjects)
    return Told(
        payload=words.post(parts, command),
        line=words.line(parts),
        subjects=tuple(subjects),
        shown=found,
    )


async def _of_few(session: AsyncSession, workspace_id: str, known: Brought) -> frozenset[int]:
    """The parts by whose rules comments are told apart that are too few to hide among now."""
    rules = {
        number: rule_of(rule) for number, (rule, _) in enumerate(known.parts) if not isinstance(rule, str)
    }
    return frozenset(
        [
            number
            for number, rule in rules.items()
            if not await are_enough(session, workspace_id, rule.by_property())
        ]
    )
