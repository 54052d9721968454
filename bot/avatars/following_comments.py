"""What avatars say of surveys' comments follows: an admin's yes, an edit, an erasure, each at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter

from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest
from bot.avatars.restating import AVATAR, done_slot, restated, why_slot
from bot.avatars.swerves import slot as swerve_slot
from bot.desk import Desk
from bot.log_ids import each
from bot.looping import one_by_one
from bot.revising import say_now
from storage import avatar_comments, avatar_quotes, posted, projects
from storage.avatar_comments import AnswerKey
from storage.posted import Posted

AT_ONCE = 100
"""Comments that one round puts right."""


async def follow_turned(desk: Desk) -> int:
    """Put right what avatars say of comments that may not be said any more, or may again; how many.

    To be called at each tick. A comment whose answer is gone is forgotten after its posts were put right.
    """
    async with desk.read() as session:
        turned = await avatar_comments.turned(session, most=AT_ONCE)

    async def follow(one: tuple[str, int]) -> None:
        workspace_id, comment_id = one
        async with desk.database.begin() as session:
            await _follow(session, workspace_id, comment_id, desk.now())
            stands = bool(await avatar_comments.sayable(session, workspace_id, [comment_id]))
            await avatar_comments.settle(session, workspace_id, comment_id, stands=stands)

    try:
        await one_by_one(each(turned, itemgetter(0)), follow)
    finally:
        if turned:
            desk.wake_outbox()
    return len(turned)


async def follow_changed(
    session: AsyncSession, workspace_id: str, answers: Sequence[AnswerKey], *, now: datetime
) -> int:
    """Have the posts say what these answers' comments say now; how many comments that were.

    The outbox wants waking after the commit.
    """
    changed = await avatar_comments.of_answers(session, workspace_id, answers)
    for comment_id in changed:
        await _follow(session, workspace_id, comment_id, now)
    return len(changed)


async def posts_saying(
    session: AsyncSession, workspace_id: str, answers: Sequence[AnswerKey]
) -> tuple[int, ...]:
    """The posts (their numbers) in which an avatar says one of these answers' comments."""
    found: dict[int, None] = {}
    for comment_id in await avatar_comments.of_answers(session, workspace_id, answers):
        found |= {post.id: None for post in await _posts(session, workspace_id, comment_id)}
    return tuple(found)


async def _follow(session: AsyncSession, workspace_id: str, comment_id: int, now: datetime) -> None:
    for post in await _posts(session, workspace_id, comment_id):
        if post.kind in avatar_quotes.KINDS:
            payload = await restated(session, workspace_id, post, now)
        else:
            payload = await digest.recompose(session, workspace_id, post.id, now)
        await say_now(session, workspace_id, post.id, payload, now=now, gone_stays=True)


async def _posts(session: AsyncSession, workspace_id: str, comment_id: int) -> tuple[Posted, ...]:
    """The posts in which this comment stands, and the digests in which such a line rides."""
    found: dict[int, Posted] = {}
    for line_id, delivery_id in await avatar_comments.lines_with(session, workspace_id, comment_id):
        own = await posted.standing(session, workspace_id, delivery_id) if delivery_id else None
        said = await avatar_quotes.posts_of_line(session, workspace_id, line_id, swerve_slot(line_id))
        found |= {one.id: one for one in (own, *said) if one is not None}
    for project_id in await avatar_comments.projects_on(session, workspace_id, comment_id):
        project = await projects.get(session, workspace_id, project_id)
        for slot in (why_slot(project_id), done_slot(project_id)) if project else ():
            channel_id = project.channel_id if project else ""
            own = await posted.in_slot(session, workspace_id, channel_id, AVATAR, slot)
            found |= {own.id: own} if own is not None else {}
    return tuple(found.values())
