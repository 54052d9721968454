"""What was said about a theme, as somebody may see it now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.own_customers import not_about
from bot.search_seeing import Comment, Result, of_stories
from storage import search_finding
from storage.search_finding import FoundText
from stories.search.asking import Search
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One text about a theme as this person may see it, and where it comes from."""

    text_id: int
    words: str
    of: Result


async def voices_of(
    session: AsyncSession, workspace_id: str, user_id: str, ids: Sequence[int], now: datetime
) -> dict[int, Voice]:
    """The texts that this person may see, as they may be told now; a quote that reads otherwise is not."""
    texts = await search_finding.texts(session, workspace_id, ids, "")
    asked = Search(workspace_id=workspace_id, user_id=user_id, words="", today=now.date())
    talks = sorted({one.interview_id for one in texts if one.interview_id is not None})
    numbers = await search_finding.stories_of(session, workspace_id, talks) if talks else {}
    told = await of_stories(session, asked, sorted(numbers.values()), now) if numbers else {}
    others = await _of_others(session, workspace_id, user_id, told.values())
    comments = await _comments(session, workspace_id, texts)
    found = {}
    for text in texts:
        story = told.get(numbers.get(text.interview_id or 0, 0))
        shown = story if story and story.telling and story.telling.story_id in others else None
        result = shown or comments.get((text.source_id or 0, text.answer_key or ""))
        words = _as_told(result, text.words) if result else ""
        if result and words:
            found[text.id] = Voice(text_id=text.id, words=words, of=result)
    return found


async def _of_others(
    session: AsyncSession, workspace_id: str, user_id: str, results: Iterable[Result]
) -> frozenset[int]:
    """Those of these stories that are not about this person, who may be a customer too."""
    tellings = [one.telling for one in results if one.telling is not None]
    return frozenset(one.story_id for one in await not_about(session, workspace_id, user_id, tellings))


async def _comments(
    session: AsyncSession, workspace_id: str, texts: Sequence[FoundText]
) -> dict[tuple[int, str], Result]:
    keys = [(one.source_id, one.answer_key) for one in texts if one.source_id and one.answer_key]
    rows = await search_finding.comments(session, workspace_id, keys) if keys else {}
    return {
        key: Result(comment=Comment(source=row.source, score=row.score, day=row.day, words=row.comment))
        for key, row in rows.items()
        if row.comment
    }


def _as_told(result: Result, words: str) -> str:
    if result.comment is not None:
        return result.comment.words
    quotes = result.telling.quotes if result.telling is not None else ()
    return next((one for one in quotes if one.replace("<", " ").replace(">", " ")[: len(words)] == words), "")
