"""The same look in the index of words: what may be found of other stories, where it names somebody."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage import search
from storage.sweeping import Change

_SQLITE = """SELECT rowid, words FROM story_words
WHERE story_words MATCH :phrase AND workspace_id = :workspace"""
_POSTGRESQL = """SELECT story_id, words FROM story_words
WHERE tsv @@ phraseto_tsquery('english', :phrase) AND workspace_id = :workspace"""


async def take_out(session: AsyncSession, workspace_id: str, needles: Sequence[str], change: Change) -> int:
    """Change what stories are found by where one of these stands in it; how many stories that were."""
    embedded = session.get_bind().dialect.name == "sqlite"
    found: dict[int, str] = {}
    for needle in needles:
        phrase = '"' + needle.replace('"', " ") + '"' if embedded else needle
        query = text(_SQLITE if embedded else _POSTGRESQL).bindparams(bindparam("phrase", phrase))
        rows = (await session.execute(query, {"workspace": workspace_id})).all()
        found |= {number: words for number, words in rows}  # noqa: C416 rows are not pairs
    for number, words in found.items():
        await search.reword(session, workspace_id, number, change(words))
    return len(found)
