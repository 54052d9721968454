"""A company's history to be searched: comments, and conversations with what their customers agreed to."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from storage import nps_rebuild
from storage.bulk import insert_many
from storage.database import Database
from storage.search import indexed
from storage.tables import Base, ConsentRow, CustomerRow
from storage.tables_nps import NpsAnswerRow
from storage.tables_search import SearchTextRow, SearchVectorRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow
from storage.tables_themes import ThemeRow, ThemeTextRow
from stories.consent import Consent, Purpose
from stories.customers import Customer
from stories.interviews import How, Interview, Quote
from stories.search.encoders import SMALL, Encoder
from stories.search.texts import THEMED, Text, of_comment, of_story
from stories.story import Story, StoryState, tell, words_of

DAYS = 1096
TALKS = 0.117
"""The share of conversations beside comments: with their write-up, story and quotes three texts in ten."""

AT_ONCE = 2_000
THEMES = 20
SEGMENTS = ("small", "large", "public", "charity")
LEVELS = (Purpose.WITH_NAME, Purpose.WITHOUT_NAME, Purpose.WITH_NAME, Purpose.NOT_SHARED)
NUMBERED = ("customers", "interviews", "stories", "search_texts", "themes")

Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass(slots=True)
class Company:
    """Whose history it is, and what has been said in it so far; `share` of it are conversations."""

    workspace_id: str
    source_id: int
    said: Sequence[str]
    chance: random.Random
    now: datetime
    many: int
    texts: int = 0
    talks: int = 0
    share: float = TALKS

    def sentence(self, most: int = 200) -> str:
        """What somebody said in one turn, or the beginning of it."""
        return self.chance.choice(self.said)[:most]

    def day(self) -> datetime:
        """When what comes next was said: the last is of today."""
        return self.now - timedelta(days=DAYS * max(0.0, 1 - self.texts / self.many))


async def plant(database: Database, company: Company, encoder: Encoder) -> None:
    """So many texts with their full text, vectors, stories and consents, as the bot would have kept them."""
    async with database.begin() as session:
        await _unlink(session, database)
        await insert_many(session, ThemeRow, [_theme(company, one) for one in range(THEMES)])
    while company.texts < company.many:
        rows, told = _some(company)
        _add_meanings(company, rows, encoder)
        async with database.begin() as session:
            # The rows are ours and point where they should; they come in no particular order.
            later = "PRAGMA defer_foreign_keys = ON"
            unasked = "SET LOCAL session_replication_role = replica"
            await session.execute(text(later if database.embedded else unasked))
            for row, several in rows.items():
                await insert_many(session, row, several)
            key = "rowid" if database.embedded else "story_id"
            put = f"INSERT INTO story_words ({key}, workspace_id, words) VALUES (:id, :workspace, :words)"  # noqa: S608 a column's name
            if told:
                await session.execute(text(put), told)
    async with database.begin() as session:
        # A search narrowed to a kind of customer asks how many of it answered.
        await nps_rebuild.rebuild(session, company.workspace_id)
        await _link_again(session, database)


async def _unlink(session: Any, database: Database) -> None:
    if not database.embedded:
        await session.execute(text("DROP INDEX ix_search_texts_tsv"))


async def _link_again(session: Any, database: Database) -> None:
    if not database.embedded:
        await session.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
        await session.execute(text("CREATE INDEX ix_search_texts_tsv ON search_texts USING gin (tsv)"))
        for table in NUMBERED:
            query = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 ours
            await session.execute(text(query))
    # What the server does by itself once it is at rest.
    await session.execute(text("ANALYZE"))


def _some(company: Company) -> tuple[Rows, list[dict[str, Any]]]:
    """The next texts with all that they are of, and what the stories' own index holds."""
    rows: Rows = {}
    told: list[dict[str, Any]] = []
    first = company.texts
    while company.texts - first < AT_ONCE and company.texts < company.many:
        if company.chance.random() < company.share:
            told += _talk(company, rows)
        else:
            _comment(company, rows)
    return rows, told


def _comment(company: Company, rows: Rows) -> None:
    at, score = company.day(), company.chance.choice((10, 9, 8, 10, 3, 9, 7, 6, 10, 8, 0))
    words = f"{company.sentence()} {company.sentence(120)}"
    properties = {"plan": company.chance.choice(SEGMENTS), "region": company.chance.choice(("UK", "PL"))}
    own = {"source_id": company.source_id}
    made = of_comment(company.workspace_id, words, score=score, day=at.date(), properties=properties)
    key = f"c{company.texts}"
    answer = {"key": key, "score": score, "answered_at": at, "day": at.date(), "comment": words}
    answer |= {"properties": properties, "person": None, "searchable": True}
    _put(rows, NpsAnswerRow, company, own | answer)
    _text(company, rows, made, own | {"interview_id": None, "answer_key": key})


def _talk(company: Company, rows: Rows) -> list[dict[str, Any]]:
    company.talks += 1
    number, at = company.talks, company.day()
    story = _story(company, number, at)
    agreed = Consent(
        customer_id=number,
        interview_id=number,
        purpose=LEVELS[number % len(LEVELS)],
        recorded_by="U1",
        recorded_at=at,
        valid_from=at,
    )
    for row, values in _talk_rows(story, agreed, at):
        _put(rows, row, company, values)
    telling = tell(story, [agreed], company.now)
    for made in of_story(company.workspace_id, story, telling):
        _text(company, rows, made, {"interview_id": number, "source_id": None, "answer_key": None})
    if telling is None:
        return []
    return [{"id": number, "workspace": company.workspace_id, "words": indexed(words_of(telling))}]


def _story(company: Company, number: int, at: datetime) -> Story:
    customer = Customer(
        id=number,
        name=f"Ida{number} Ek{number}",
        alias="a customer",
        company=f"Ek{number} Works",
        segment=company.chance.choice(SEGMENTS),
        former_names=(),
        former_companies=(),
    )
    quotes = tuple(Quote(id=2 * number + place, text=company.sentence()) for place in (0, 1))
    interview = Interview(
        id=number,
        customer=customer,
        author_id=f"U{number % 400}",
        talked_on=at.date(),
        how=How.CALL,
        title=company.sentence(80),
        trying_to=company.sentence(),
        happened=f"{company.sentence()} {company.sentence()} {company.sentence()}",
        meaning=company.sentence(),
        quotes=quotes,
        score=None,
        themes=(f"theme {number % THEMES}",),
        promise=None,
        created_at=at,
        hidden=(),
        language="en",
    )
    return Story(
        id=number, interview=interview, state=StoryState.PUBLISHED, revision=1, published_at=at, counts={}
    )


def _talk_rows(story: Story, agreed: Consent, at: datetime) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    told, customer, number = story.interview, story.interview.customer, story.id
    yield (
        CustomerRow,
        {"id": number, "name": customer.name, "folded_name": customer.name.lower(), "alias": customer.alias}
        | {"company": customer.company, "segment": customer.segment, "contact": None, "former_names": []}
        | {"former_companies": [], "created_by": "U1", "created_at": at},
    )
    yield (
        InterviewRow,
        {"id": number, "source_key": f"k{number}", "customer_id": number, "author_id": told.author_id}
        | {"talked_on": told.talked_on, "how": told.how.value, "title": told.title}
        | {"trying_to": told.trying_to, "happened": told.happened, "meaning": told.meaning, "score": None}
        | {"themes": list(told.themes), "hidden": [], "language": told.language, "language_said": False}
        | {"created_at": at, "updated_at": at},
    )
    yield (
        ConsentRow,
        {"customer_id": number, "interview_id": number, "purpose": agreed.purpose.value, "granted": True}
        | {"words": "", "recorded_by": "U1", "recorded_at": at, "valid_from": at, "valid_until": None},
    )
    for place, quote in enumerate(told.quotes):
        yield QuoteRow, {"interview_id": number, "position": place, "text": quote.text}
    yield (
        StoryRow,
        {"id": number, "interview_id": number, "state": story.state.value, "revision": 1}
        | {"searchable_revision": 1, "appreciation": 0, "published_at": at, "created_at": at},
    )


def _text(company: Company, rows: Rows, made: Text, of: dict[str, Any]) -> None:
    company.texts += 1
    number = company.texts
    values = {"id": number, "kind": made.kind.value, "position": made.position, "day": made.day}
    values |= {"words": made.words, "facets": made.facets, "encoder": SMALL}
    _put(rows, SearchTextRow, company, of | values)
    if made.kind.value in THEMED and number % 5 == 0:
        theme = {"text_id": number, "theme_id": number // 5 % THEMES + 1, "how": "sorted", "rank": 0}
        _put(rows, ThemeTextRow, company, theme | {"said_by": None, "at": company.now})


def _add_meanings(company: Company, rows: Rows, encoder: Encoder) -> None:
    from stories.search.codes import signs, small

    texts = rows[SearchTextRow]
    vectors = small(encoder.encode([one["words"] for one in texts]))
    for one, code, vector in zip(texts, signs(vectors), vectors, strict=True):
        meaning = {"text_id": one["id"], "kind": one["kind"], "code": code.tobytes()}
        _put(rows, SearchVectorRow, company, meaning | {"vector": vector.tobytes(), "sorted": True})


def _put(rows: Rows, row: type[Base], company: Company, values: dict[str, Any]) -> None:
    rows.setdefault(row, []).append({"workspace_id": company.workspace_id, **values})


def _theme(company: Company, number: int) -> dict[str, Any]:
    return {
        "workspace_id": company.workspace_id, "id": number + 1, "name": f"theme {number}", "sentence": "",
        "state": "kept", "encoder": SMALL, "described": b"\0" * 256, "named_by": "U1",
        "created_at": company.now, "rose_on": None,
    }  # fmt: skip
