"""A workspace of a million conversations, planted in bulk, and one customer whose words stand in it."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database

NAME = "Zephyrine Quillonby"
TRACES = ("zephyrin", "quillonb", "pelargonium")
"""What of her must be nowhere: her name as it is, and as an index of words has it; a word of hers alone."""

EACH = 10
"""Conversations with each customer."""

THEMES = 50
"""Themes under which the texts of all conversations are sorted."""

_NUMBERED = (
    "customers",
    "interviews",
    "quotes",
    "stories",
    "consents",
    "deliveries",
    "delivery_subjects",
    "search_texts",
    "themes",
)
_SIGNS, _VECTOR = 32, 256
"""Bytes of a text's signs and of its vector, by the small encoder."""
AT = "2026-11-12 09:00:00.000000"


async def plant(database: Database, workspace_id: str, *, talks: int, posts: int) -> None:
    """Customers with ten conversations each (published stories, a quote, consent, words and a text with its
    vector to be found by, sorted under a theme), and messages that stand in channels, one story each. The
    first customer is like all others so far."""
    async with database.begin() as session:
        for statement in _STATEMENTS:
            await _put(session, statement, workspace_id, talks=talks, posts=posts)
    async with database.begin() as session:
        await session.execute(text("ANALYZE"))
        for table in () if database.embedded else _NUMBERED:
            # Numbers were given by hand: the next ones follow them.
            query = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608
            await session.execute(text(query))


async def plant_her(session: AsyncSession, workspace_id: str, mentions: int) -> None:
    """Make the first customer the one who is to be found again, and have others' conversations name her."""
    values = {"ws": workspace_id, "name": NAME, "folded": NAME.lower(), "mentions": mentions}
    for statement in _HERS:
        await session.execute(text(statement), values)


async def _put(session: AsyncSession, statement: str, workspace_id: str, *, talks: int, posts: int) -> None:
    embedded = session.get_bind().dialect.name == "sqlite"
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) "
    customers = talks // EACH
    for name, size in (("SIGNS", _SIGNS), ("VECTOR", _VECTOR)):
        made = f"zeroblob({size})" if embedded else f"decode(repeat('00', {size}), 'hex')"
        statement = statement.replace(f"{name}_BYTES", made)
    numbers = (("CUSTOMERS", customers), ("TALKS", talks), ("POSTS", posts), ("THEMES", THEMES))
    for name, most in numbers:
        if f"FROM {name}" in statement:
            series = "n" if embedded else f"generate_series(1, {most}) AS n(i)"
            head, tail = statement.split("SELECT", 1)
            tail = tail.replace(f"FROM {name}", f"FROM {series}").replace("EACH", str(EACH))
            statement = head + (many.format(most=most) if embedded else "") + "SELECT" + tail
    key = "rowid" if embedded else "story_id"
    await session.execute(text(statement.replace("STORY_KEY", key)), {"ws": workspace_id})


_STATEMENTS = (
    f"""INSERT INTO customers (id, workspace_id, name, folded_name, alias, company, segment, former_names,
    former_companies, created_by, created_at) SELECT i, :ws, 'Customer ' || i, 'customer ' || i,
    'somebody ' || i, 'Company ' || i, 'shops', '[]', '[]', 'U1', '{AT}' FROM CUSTOMERS""",  # noqa: S608
    f"""INSERT INTO interviews (id, workspace_id, source_key, customer_id, author_id, talked_on, how, title,
    trying_to, happened, meaning, themes, hidden, created_at, updated_at)
    SELECT i, :ws, 'k' || i, (i - 1) / EACH + 1, 'U' || (i % 500), '2026-11-12', 'call', 'Talk ' || i,
    'Send invoices on day ' || i % 31, 'They waited for an export of order ' || i || ' and rang us twice.',
    'We ask too late.', '[]', '[]', '{AT}', '{AT}' FROM TALKS""",  # noqa: S608
    """INSERT INTO quotes (id, workspace_id, interview_id, position, text)
    SELECT i, :ws, i, 0, 'Order ' || i || ' was lost for a week.' FROM TALKS""",
    f"""INSERT INTO stories (id, workspace_id, interview_id, state, revision, appreciation, published_at,
    created_at) SELECT i, :ws, i, 'published', 1, 0, '{AT}', '{AT}' FROM TALKS""",  # noqa: S608
    f"""INSERT INTO consents (id, workspace_id, customer_id, interview_id, purpose, granted, words,
    recorded_by, recorded_at, valid_from) SELECT i, :ws, (i - 1) / EACH + 1, i, 'with_name', true, '', 'U1',
    '{AT}', '{AT}' FROM TALKS""",  # noqa: S608
    """INSERT INTO story_words (STORY_KEY, workspace_id, words)
    SELECT i, :ws, 'Talk ' || i || ' Order ' || i || ' was lost for a week' FROM TALKS""",
    """INSERT INTO search_texts (id, workspace_id, kind, interview_id, position, day, words, facets, encoder)
    SELECT i, :ws, 'quote', i, 0, '2026-11-12', 'Order ' || i || ' was lost for a week.', 'kquote',
    'wordllama' FROM TALKS""",
    """INSERT INTO search_vectors (workspace_id, text_id, kind, code, vector, sorted)
    SELECT :ws, i, 'quote', SIGNS_BYTES, VECTOR_BYTES, true FROM TALKS""",
    f"""INSERT INTO themes (id, workspace_id, name, sentence, state, encoder, described, created_at)
    SELECT i, :ws, 'Theme ' || i, 'Orders that are lost', 'kept', 'wordllama', VECTOR_BYTES, '{AT}'
    FROM THEMES""",  # noqa: S608
    f"""INSERT INTO theme_texts (workspace_id, text_id, theme_id, how, rank, at)
    SELECT :ws, i, i % {THEMES} + 1, 'sorted', 0, '{AT}' FROM TALKS""",  # noqa: S608
    f"""INSERT INTO deliveries (id, workspace_id, channel_id, kind, slot_key, method, revision, payload,
    state, attempt, not_before, posted_in, slack_ts, created_at)
    SELECT i + 1000000, :ws, 'C' || i % 300, 'share', 'share:' || i || ':U1:r',
    'chat.postMessage', 1, '{{"text": "Order was lost for a week."}}', 'sent', 1,
    '{AT}', 'C' || i % 300, '1.' || i, '{AT}' FROM POSTS""",  # noqa: S608
    f"""INSERT INTO tellings (workspace_id, delivery_id, story_id, channel_id, position, retold, told_at)
    SELECT :ws, i + 1000000, i + EACH, 'C' || i % 300, 0, false, '{AT}' FROM POSTS""",  # noqa: S608
    """INSERT INTO delivery_subjects (id, workspace_id, delivery_id, customer_id, quote_id)
    SELECT i, :ws, i + 1000000, (i + EACH - 1) / EACH + 1, i + EACH FROM POSTS""",
)
"""What stands in every table that grows, `i` from 1."""

_HERS = (
    "UPDATE customers SET name = :name, folded_name = :folded WHERE workspace_id = :ws AND id = 1",
    """UPDATE interviews SET title = :name || ' and pelargonium', happened = :name || ' lost her pelargonium.'
    WHERE workspace_id = :ws AND customer_id = 1""",
    """UPDATE quotes SET text = 'My pelargonium orders vanish, says ' || :name WHERE workspace_id = :ws
    AND interview_id IN (SELECT id FROM interviews WHERE workspace_id = :ws AND customer_id = 1)""",
    """UPDATE search_texts SET words = 'My pelargonium orders vanish, says ' || :name WHERE workspace_id = :ws
    AND interview_id IN (SELECT id FROM interviews WHERE workspace_id = :ws AND customer_id = 1)""",
    """UPDATE interviews SET happened = 'Heard of it from ' || :name || ', whom they know.'
    WHERE workspace_id = :ws AND id > 1000 AND id <= 1000 + :mentions""",
)
