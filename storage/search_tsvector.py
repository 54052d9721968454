"""Full text on PostgreSQL: tsvector, ranked by BM25, which tells rare words from frequent ones.

How many texts a search is about is asked of the planner, who knows how frequent words are: counting them
would take as long as ranking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import run_written
from storage.search_asked import Asked, Marks, Ranked
from stories.search.frequent import rare
from stories.values import dataclass

COMMON = 0.25
"""The share of texts from which on a mark is looked at text by text, not in the index."""


DEARER = 2
"""What looking at a text costs beside what finding it in the index does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Texts that are ranked: those of these words, from this id on, and how many at the most.

    `by_number`: every text from that id on is looked at, since the index would go through more of them.
    """

    said: str
    most: int
    first: int = 0
    by_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Expected:
    """How many texts the planner expects: in all, of all marks, of any word with them, of each word.

    `seldom` and `common` are the marks by whether few or many texts bear them.
    """

    every: int
    borne: int
    fitting: int
    words: Mapping[str, int]
    seldom: Marks
    common: Marks


class Tsvector:
    """How texts are found in it."""

    @staticmethod
    async def found(session: AsyncSession, workspace_id: str, asked: Asked) -> Ranked:
        """The texts that fit, best first."""
        expected = await _expected(session, asked)
        every = _Part(said=_any(asked.words, asked), most=max(asked.reach.ranked, asked.reach.newest))
        if asked.themes or expected.fitting <= asked.reach.ranked:
            return await _ranked(session, workspace_id, asked, [every], expected)
        parts = await _parts(session, workspace_id, asked, expected)
        ranked = await _ranked(session, workspace_id, asked, parts, expected)
        if 2 * len(ranked) < asked.most:
            # The planner took the newest for fuller than they are.
            ranked = await _ranked(session, workspace_id, asked, [*parts, every], expected)
        return ranked

    @staticmethod
    async def newest(session: AsyncSession, workspace_id: str, asked: Asked) -> tuple[int, ...]:
        """The newest texts that bear the marks, whatever their words."""
        values: dict[str, Any] = {"marks": _borne(asked.marks), "workspace": workspace_id}
        values |= {"most": asked.most, "themes": list(asked.themes)}
        query = _NEWEST.format(about=_ABOUT.format(newest="") if asked.themes else "")
        return tuple(number for (number,) in await run_written(session, query, values))


async def _ranked(
    session: AsyncSession, workspace_id: str, asked: Asked, parts: Sequence[_Part], expected: _Expected
) -> Ranked:
    values: dict[str, Any] = {"workspace": workspace_id, "themes": list(asked.themes), "most": asked.most}
    values |= {"all": expected.borne, "seldom": _borne(expected.seldom)}
    values |= {
        _common(group, n): mark for group, some in enumerate(expected.common) for n, mark in enumerate(some)
    }
    for number, part in enumerate(parts):
        values |= {f"words_{number}": part.said, f"most_{number}": part.most}
    for number, word in enumerate(asked.words):
        values[f"word_{number}"] = _term(word, asked)
        # Where not all texts of a word are looked through, they say too little of how many there are.
        values[f"least_{number}"] = expected.words[word] if len(parts) > 1 else 0
    rows = await run_written(session, _ranking(parts, asked, expected), values)
    return tuple((number, rank) for number, rank in rows)


def _ranking(parts: Sequence[_Part], asked: Asked, expected: _Expected) -> str:
    """BM25 over the texts of these parts, with how often a word comes as `ts_rank` tells it.

    A text in which it comes once has 0.061 there, and the most is 0.1.
    """
    every = range(len(asked.words))
    said = ", ".join(_SAID.format(n=n) for n in every)
    borne = _SELDOM if expected.seldom else ""
    only = _commonly(expected.common)
    if asked.themes:
        # Of words that are everywhere it is what is new of a theme: each of its texts would be looked at.
        often = expected.fitting > asked.reach.ranked
        only += _ABOUT.format(newest=_NEWEST_ONES.format(most=parts[0].most) if often else "")
    found = " UNION ALL ".join(
        _PART.format(
            n=number, said=said, borne=borne, only=only, first=part.first, how=_LOOK if part.by_number else ""
        )
        for number, part in enumerate(parts)
    )
    if len(parts) > 1:
        found = f"SELECT DISTINCT ON (id) * FROM ({found}) AS parts"  # noqa: S608 our own parts
    counts = ", ".join(_COUNT.format(n=n) for n in every)
    weights = ", ".join(_WEIGHT.format(n=n) for n in every)
    rank = " + ".join(_BM25.format(n=n) for n in every)
    return _RANKED.format(found=found, counts=counts, weights=weights, as_usual=_AS_USUAL, rank=rank)


async def _parts(session: AsyncSession, workspace_id: str, asked: Asked, expected: _Expected) -> list[_Part]:
    """What is looked through where a search is about very many texts."""
    seldom = rare(expected.words, asked.reach.ranked)
    often = [word for word in asked.words if word not in seldom]
    parts = [_Part(said=_any(seldom, asked), most=asked.reach.ranked)] if seldom else []
    if often:
        parts.append(await _newest(session, workspace_id, often, asked, expected))
    if len(often) > 1:
        # Each beginning of a word that is typed would be looked up in the index and put together first.
        parts.append(_Part(said=" & ".join(often), most=asked.reach.together))
    return parts


async def _newest(
    session: AsyncSession, workspace_id: str, often: Sequence[str], asked: Asked, expected: _Expected
) -> _Part:
    """About as many of the newest texts of these words as may be looked through."""
    sizes = [expected.words[word] for word in often]
    share = asked.reach.newest / max(1, *sizes)
    by_number = share * expected.every < sum(sizes) / DEARER
    # The planner takes looking at a tsvector for cheap: it would always look at that of every text.
    values = {"workspace": workspace_id, "on": "on" if by_number else "off"}
    ((lowest, highest, _set),) = await run_written(session, _ENDS, values)
    first = max(0, int(highest - (highest - lowest) * share)) if highest else 0
    return _Part(said=_any(often, asked), most=2 * asked.reach.newest, first=first, by_number=by_number)


async def _expected(session: AsyncSession, asked: Asked) -> _Expected:
    """What the planner expects, asked in one go: it plans a part of its own for each."""
    looks = [("", ""), ("", _borne(asked.marks)), (_any(asked.words, asked), _borne(asked.marks))]
    looks += [("", _borne([some])) for some in asked.marks]
    looks += [(_term(word, asked), "") for word in asked.words]
    values = {f"words_{n}": said for n, (said, _marks) in enumerate(looks) if said}
    values |= {f"marks_{n}": marks for n, (_said, marks) in enumerate(looks) if marks}
    query = f"EXPLAIN (FORMAT JSON) {' UNION ALL '.join(_look(n, *look) for n, look in enumerate(looks))}"
    ((told,),) = await run_written(session, query, values)
    every, borne, fitting, *rows = (int(part["Plan Rows"]) for part in told[0]["Plan"]["Plans"])
    common = [some for some, texts in zip(asked.marks, rows, strict=False) if texts > COMMON * every]
    return _Expected(
        every=every,
        borne=borne,
        fitting=fitting,
        words=dict(zip(asked.words, rows[len(asked.marks) :], strict=True)),
        seldom=[some for some in asked.marks if some not in common],
        common=common,
    )


def _look(number: int, said: str, borne: str) -> str:
    conditions = [f"tsv @@ to_tsquery('english', %(words_{number})s)"] if said else []
    conditions += [f"tsv @@ to_tsquery('simple', %(marks_{number})s)"] if borne else []
    which = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    # It is planned, never run: what no two processes may do together is planned for one, with all its rows.
    return f"SELECT pg_current_xact_id() FROM search_texts {which}"  # noqa: S608 our own conditions


def _borne(marks: Marks) -> str:
    return " & ".join(f"({' | '.join(some)})" for some in marks)


def _commonly(common: Marks) -> str:
    """That a text bears one of each of these marks: read where they are written, without its long vector."""
    some = (
        " OR ".join(f"strpos(facets, %({_common(group, n)})s) > 0" for n in range(len(marks)))
        for group, marks in enumerate(common)
    )
    return "".join(f" AND ({either})" for either in some)


def _common(group: int, number: int) -> str:
    return f"common_{group}_{number}"


def _any(words: Sequence[str], asked: Asked) -> str:
    return " | ".join(_term(word, asked) for word in words)


def _term(word: str, asked: Asked) -> str:
    """A word as it is looked for: the last one that was typed may go on."""
    return f"{word}:*" if word == asked.words[-1] else word


_ABOUT = """ AND id IN (SELECT text_id FROM theme_texts WHERE workspace_id = %(workspace)s
    AND theme_id = ANY(CAST(%(themes)s AS bigint[])) AND how <> 'taken_out' {newest})"""

_NEWEST_ONES = "ORDER BY text_id DESC LIMIT {most}"

_SELDOM = "&& to_tsquery('simple', %(seldom)s)"

_LOOK = "IS TRUE"
"""Said so, the index is not asked for it."""

# The number stands in the statement itself, so that the planner knows how few texts there are from it on.
_PART = """(SELECT id, length(tsv)::float8 AS long, {said} FROM search_texts
    WHERE (tsv @@ (to_tsquery('english', %(words_{n})s) {borne})) {how} AND id >= {first}
    AND workspace_id = %(workspace)s {only} LIMIT %(most_{n})s)"""

_SAID = "ts_rank(tsv, to_tsquery('english', %(word_{n})s), 0) / 0.0607927::float8 AS said_{n}"
"""How often a word comes: 1 where it comes once."""

_COUNT = "greatest(%(least_{n})s, count(*) FILTER (WHERE said_{n} > 0))::float8 AS texts_{n}"

_WEIGHT = """ln(1 + (greatest(number, %(all)s, texts_{n}) - texts_{n} + 0.5::float8)
    / (texts_{n} + 0.5::float8)) AS weight_{n}"""

_BM25 = """weight_{n} * said_{n} * 2.2::float8
    / (said_{n} + 1.2::float8 * (0.25::float8 + 0.75::float8 * long / usual))"""

_RANKED = """WITH told AS MATERIALIZED ({found}),
counted AS (SELECT count(*)::float8 AS number, avg(long) AS usual, {counts} FROM told),
weighed AS MATERIALIZED (SELECT usual, {weights}, {as_usual} FROM counted)
SELECT id, {rank} AS rank FROM told, weighed ORDER BY rank DESC, id DESC LIMIT %(most)s"""

_AS_USUAL = "set_config('enable_indexscan', 'on', true) AS as_usual"
"""Once it is planned, what is asked next is planned as ever (see `_newest`)."""

_NEWEST = """SELECT id FROM search_texts WHERE tsv @@ to_tsquery('simple', %(marks)s)
AND workspace_id = %(workspace)s {about} ORDER BY id DESC LIMIT %(most)s"""

_ENDS = """SELECT min(id), max(id), set_config('enable_indexscan', %(on)s, true)
FROM search_texts WHERE workspace_id = %(workspace)s"""
