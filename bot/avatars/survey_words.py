"""Surveys' comments that are about something, found by words and by meaning, for avatars to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.sayings import Saying, of_comments
from bot.desk import Desk
from bot.search_ranking import ranked_texts
from storage import avatar_comments, search_finding
from stories.avatars.evidence import Kind, Ref
from stories.avatars.evidence import comment as numbered_comment
from stories.search import asking
from stories.search.asking import Narrowed, Search
from stories.search.texts import Kind as TextKind

MOST = 20
"""Comments that one look hands on."""


async def comments_about(
    desk: Desk, workspace_id: str, words: str, *, segment: str = "", since: datetime | None = None
) -> tuple[Saying, ...]:
    """The comments nearest to these words that avatars may say, best first.

    None where no admin lets avatars quote a survey. `since`: only what was answered after that moment.
    """
    terms = asking.terms(words)
    async with desk.read() as session:
        if not terms or not await avatar_comments.speak_here(session, workspace_id):
            return ()
    meaning = await desk.shelves.encoder(desk.settings.firsthand_search_encoder)
    async with desk.read() as session:
        asked = Search(
            workspace_id=workspace_id,
            user_id="",
            words=words,
            today=desk.now().date(),
            narrowed=Narrowed(kind=TextKind.COMMENT, segment=segment),
        )
        found = await ranked_texts(desk, session, asked, terms, meaning)
        texts = {(one.source_id or 0, one.answer_key or ""): one.id for one in found}
        known = await avatar_comments.sayable_answers(session, workspace_id, list(texts))
        pairs = [
            (numbered_comment(one.id) if one.id is not None else Ref(Kind.FOUND, text), one)
            for key, text in texts.items()
            if (one := known.get(key)) and (since is None or one.at > since)
        ]
        return await of_comments(session, workspace_id, pairs[:MOST], segment=segment)


async def in_use(session: AsyncSession, workspace_id: str, refs: Sequence[Ref]) -> tuple[Ref, ...]:
    """These words under the numbers that they keep: what a search found is numbered when it is used.

    To be called in the transaction that uses them; what is not there any more is left out.
    """
    texts = [one.id for one in refs if one.kind is Kind.FOUND]
    kept = {one: one for one in refs if one.kind is not Kind.FOUND}
    for text in await search_finding.texts(session, workspace_id, texts, "") if texts else ():
        if text.source_id is not None and text.answer_key is not None:
            key = (text.source_id, text.answer_key)
            number = await avatar_comments.number(session, workspace_id, key)
            kept[Ref(Kind.FOUND, text.id)] = numbered_comment(number)
    return tuple(dict.fromkeys(kept[one] for one in refs if one in kept))
