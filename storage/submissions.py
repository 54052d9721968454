"""A write-up about a new customer as it is sent: its draft becomes a story, all of it or nothing.

On PostgreSQL the submissions that wait together go there in one statement; on SQLite, and inside a
transaction, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnDefault
from sqlalchemy.ext.asyncio import AsyncSession

from storage import audit, customers, drafts, interview_consent, interviews, search, stories
from storage.audit import Entry
from storage.rows import table_of
from storage.server import LooseSession
from storage.tables import AuditRow, Base, ConsentRow, CustomerRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow
from stories.forms import Form
from stories.story import StoryState
from stories.substance import Judged
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Under what a published story is found: its topics, and the words of its telling."""

    topics: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A form without problems, about nobody known yet and with no promise in it, and its draft.

    `seen_at` is when the draft was touched last as the form was read from it, `said` what its words say of
    it. `filing` is set for a story that is published with it.
    """

    draft_id: int
    seen_at: datetime
    form: Form
    said: Judged
    source_key: str
    author_id: str
    now: datetime
    filing: Filing | None

    @property
    def state(self) -> StoryState:
        """Where the story stands from the start."""
        return StoryState.KEPT if self.filing is None else StoryState.PUBLISHED

    def entry(self, story_id: int) -> Entry:
        """What the audit log says of it."""
        act = "store" if self.filing is None else "publish"
        return Entry(
            at=self.now, actor_id=self.author_id, act=act, object_kind="story", object_id=str(story_id)
        )


async def take_in(session: AsyncSession, workspace_id: str, sent: Submission) -> int | None:
    """Keep a submission; its story's id. None, and nothing is done, when its draft is not as it was read."""
    if isinstance(session, LooseSession) and session.stands_alone:
        found = await session.together.ask(
            _all_at_once(), _given(workspace_id, sent), key=(workspace_id, sent.draft_id)
        )
        return int(found[0][0]) if found else None
    if not await drafts.take_seen(session, workspace_id, sent.draft_id, sent.seen_at):
        return None
    story_id = await interviews.store_new(
        session,
        workspace_id,
        sent.form,
        source_key=sent.source_key,
        author_id=sent.author_id,
        now=sent.now,
        state=sent.state,
        said=sent.said,
    )
    if sent.filing is not None:
        await stories.add_filed(session, workspace_id, story_id, sent.filing.topics)
        await search.add(session, workspace_id, story_id, sent.filing.words)
    await audit.note(session, workspace_id, sent.entry(story_id))
    return story_id


def _given(workspace_id: str, sent: Submission) -> dict[str, Any]:
    form, own = sent.form, {"workspace_id": workspace_id}
    agreed = interview_consent.consents_of(form, 0, 0, by=sent.author_id, now=sent.now)
    entry = sent.entry(0)
    return {
        "workspace": workspace_id,
        "draft": sent.draft_id,
        "seen": sent.seen_at,
        "customer": own | interviews.new_customer(form, author_id=sent.author_id, now=sent.now),
        "interview": own
        | {"source_key": sent.source_key, "author_id": sent.author_id, "created_at": sent.now}
        | interviews.columns_of(form, sent.now, sent.said),
        "quotes": [own | {"position": at, "text": quote} for at, quote in enumerate(form.quotes)],
        "consents": [own | customers.consent_columns(one) for one in agreed],
        "story": own
        | {"state": sent.state.value, "created_at": sent.now}
        | {"published_at": None if sent.filing is None else sent.now},
        "topics": [] if sent.filing is None else sent.filing.topics,
        "words": None if sent.filing is None else search.indexed(sent.filing.words),
        "entry": own | audit.columns_of(entry),
    }


@cache
def _all_at_once() -> str:
    """See `storage.prepared.Gathered`; a draft that is gone or was changed answers with no row.

    Ids are drawn first, so that each row knows those it belongs to.
    """
    story, interview, customer = "live.story_id", "live.interview_id", "live.customer_id"
    # What was said about everything is about no conversation.
    talk = f"CASE WHEN said.interview_id IS NULL THEN NULL ELSE {interview} END"
    parts = [
        _GIVEN,
        _insert("customer", CustomerRow, {"id": customer}),
        _insert("interview", InterviewRow, {"id": interview, "customer_id": customer}),
        _insert("quotes", QuoteRow, {"interview_id": interview}, many="set"),
        _insert("consents", ConsentRow, {"customer_id": customer, "interview_id": talk}, many="set"),
        _insert("story", StoryRow, {"id": story, "interview_id": interview}),
        _insert("entry", AuditRow, {"object_id": f"{story}::text"}),
        _FILED,
    ]
    return ",\n".join(parts) + "\nSELECT live.n, live.story_id FROM live"


_GIVEN = """WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(given)s::json) AS sent (n int, workspace text, draft bigint,
    seen timestamptz, customer json, interview json, quotes json, consents json, story json, topics json,
    words text, entry json)),
taken AS (
    DELETE FROM drafts USING given WHERE drafts.workspace_id = given.workspace AND drafts.id = given.draft
    AND drafts.updated_at = given.seen RETURNING given.n),
live AS MATERIALIZED (
    SELECT given.*, nextval(pg_get_serial_sequence('customers', 'id')) AS customer_id,
    nextval(pg_get_serial_sequence('interviews', 'id')) AS interview_id,
    nextval(pg_get_serial_sequence('stories', 'id')) AS story_id
    FROM given JOIN taken ON taken.n = given.n ORDER BY given.n)"""

_FILED = """put_topics AS (
    INSERT INTO story_topics (workspace_id, topic, story_id)
    SELECT live.workspace, topic.value, live.story_id
    FROM live CROSS JOIN json_array_elements_text(live.topics) AS topic),
put_words AS (
    INSERT INTO story_words (workspace_id, story_id, words)
    SELECT live.workspace, live.story_id, live.words FROM live WHERE live.words IS NOT NULL)"""


def _insert(given: str, row: type[Base], drawn: Mapping[str, str], *, many: str = "") -> str:
    """The rows of one table: `drawn` columns as said, the others as given, else by their default."""
    table, source = table_of(row), dict(_columns(row))
    source |= drawn
    names, values = ", ".join(source), ", ".join(source.values())
    read = f"json_populate_record{many}(NULL::{table.name}, live.{given})"
    return (
        f"put_{given} AS (INSERT INTO {table.name} ({names}) "  # noqa: S608 names of our own tables
        f"SELECT {values} FROM live CROSS JOIN {read} AS said)"
    )


def _columns(row: type[Base]) -> Iterator[tuple[str, str]]:
    for column in table_of(row).columns:
        if isinstance(column.default, ColumnDefault) and column.default.is_scalar:
            yield column.name, f"coalesce(said.{column.name}, {column.default.arg!r})"
        elif not (column.name == "id" and column.autoincrement is True):
            yield column.name, f"said.{column.name}"
