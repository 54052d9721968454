"""Answers to surveys that an erasure takes away, and the posts in which they are quoted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.following_comments import posts_saying
from bot.routing.following import posts_showing
from storage import nps_erasing
from storage.holdings import About
from storage.nps_movements import AnswerKey
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Somebody's answers to surveys, and the posts (their numbers) that quote what they wrote there."""

    answers: Sequence[AnswerKey]
    posts: Sequence[int]


async def quoted(session: AsyncSession, workspace_id: str, about: About, object_key: str) -> Quoted:
    """What stands of their answers; to be asked before these are deleted."""
    answers = await nps_erasing.answers_of(session, workspace_id, about, object_key)
    told = await nps_erasing.posts_quoting(session, workspace_id, answers)
    said = await posts_saying(session, workspace_id, answers)
    brought = await posts_showing(session, workspace_id, answers)
    return Quoted(answers=answers, posts=tuple(dict.fromkeys((*told, *said, *brought))))
