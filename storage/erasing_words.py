"""What else may name a customer in other people's texts: single words, for somebody to decide about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.customers import folded
from storage.tables import CustomerRow
from stories.values import dataclass

SHORTEST = 3
"""Letters of the shortest word that is offered."""

_SQLITE = """SELECT count(*) FROM search_words
JOIN search_texts ON search_texts.id = search_words.rowid
LEFT JOIN interviews ON interviews.id = search_texts.interview_id
WHERE search_words MATCH :phrase AND search_texts.workspace_id = :workspace
AND (interviews.id IS NULL OR interviews.customer_id <> :customer)"""
_POSTGRESQL = """SELECT count(*) FROM search_texts
LEFT JOIN interviews ON interviews.workspace_id = search_texts.workspace_id
AND interviews.id = search_texts.interview_id
WHERE search_texts.tsv @@ phraseto_tsquery('english', :phrase) AND search_texts.workspace_id = :workspace
AND (interviews.id IS NULL OR interviews.customer_id <> :customer)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maybe:
    """A word or two that may name a customer; `texts` is in how many texts that can be found it stands.

    Their own conversations are not among these: they go as a whole.
    """

    words: str
    texts: int


async def maybe_naming(session: AsyncSession, workspace_id: str, customer_id: int) -> tuple[Maybe, ...]:
    """A customer's company, alias, first name and last name, as far as no other customer bears them."""
    row = CustomerRow
    query = select(row.name, row.alias, row.company, row.former_names, row.former_companies).where(
        row.workspace_id == workspace_id, row.id == customer_id
    )
    known = (await session.execute(query)).first()
    if known is None:
        return ()
    names = [name.strip() for name in (known.name, *known.former_names)]
    wholes = [known.company, *known.former_companies, known.alias, *names]
    words = [*wholes, *(part for name in names for part in name.split())]
    # Whole names of several words are taken out in any case.
    found = {folded(one): one.strip() for one in words if one.strip() and not (one in names and " " in one)}
    long_enough = {fold: one for fold, one in found.items() if len(one) >= SHORTEST}
    taken = await _of_others(session, workspace_id, customer_id, list(long_enough))
    own = [one for fold, one in long_enough.items() if fold not in taken]
    return tuple(
        [Maybe(words=one, texts=await _texts(session, workspace_id, customer_id, one)) for one in own]
    )


async def _of_others(
    session: AsyncSession, workspace_id: str, customer_id: int, words: Sequence[str]
) -> set[str]:
    """Those of these folded words that stand in another customer's name, alias or company."""
    if not words:
        return set()
    row = CustomerRow
    holds = [
        column.icontains(word, autoescape=True)
        for word in words
        for column in (row.folded_name, row.company, row.alias)
    ]
    query = select(row.folded_name, row.company, row.alias).where(
        row.workspace_id == workspace_id, row.id != customer_id, or_(*holds)
    )
    others = [" ".join(map(folded, one)) for one in await session.execute(query.limit(1000))]
    return {word for word in words if any(word in other for other in others)}


async def _texts(session: AsyncSession, workspace_id: str, customer_id: int, words: str) -> int:
    embedded = session.get_bind().dialect.name == "sqlite"
    phrase = 'words : "' + words.replace('"', " ") + '"' if embedded else words
    query = text(_SQLITE if embedded else _POSTGRESQL).bindparams(bindparam("phrase", phrase))
    found = await session.execute(query, {"workspace": workspace_id, "customer": customer_id})
    return int(found.scalar_one())
