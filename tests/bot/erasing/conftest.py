"""A customer whose words went everywhere, a Slack that takes whatever the outbox has, and eyes for traces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest, notices, publishing
from bot.avatars import setting_up
from bot.erasing import asking
from bot.erasing.work import Worker, carry_on
from bot.messages.moderation import approved_note
from storage import drafts, interviews, search_texts, stories
from storage.database import Database
from storage.holdings import About
from storage.projects import NewProject
from storage.tables import CustomerRow
from stories.avatars.evidence import quote
from stories.avatars.project import Face, Rhythm
from stories.forms import Form
from stories.search import texts
from tests.conftest import NOW, WORKSPACE, SetClock, file_of

NAME = "Zephyrine Quillonby"
TRACES = ("zephyrin", "quillonb", "pelargonium", "zq@example.org")
"""What of her must stand nowhere: her name as it is, and as an index of words has it; a word; an address."""

HERS = Form(
    name=NAME,
    alias="the gardener from Truro",
    company="Quillonby Gardens",
    segment="pelargonium growers",
    talked_on="2026-11-12",
    how="video",
    title="Pelargonium and invoices",
    trying_to="Send pelargonium invoices.",
    happened="Zephyrine Quillonby waited for her pelargonium export.",
    quotes=("My pelargonium orders vanish.",),
    meaning="Nobody exports pelargonium.",
    themes=("pelargonium",),
    sharing="with_name",
    agreed=("quoted_by_avatar",),
    promise="Write to Zephyrine",
    promise_by="2026-11-20",
)
OTHER = replace(
    HERS,
    name="Marta Ortega",
    alias="the baker",
    company="Ortega Bakery",
    segment="bakers",
    title="Invoices at four",
    trying_to="Get invoices out.",
    happened="Marta heard of it from zephyrine quillonby, whom she knows.",
    quotes=("I do my invoices at four.",),
    meaning="We ask too late.",
    themes=("invoices",),
    promise="Ring her",
)


@dataclass
class Planted:
    """Whose words stand where: story ids, the customer's and the author's ids."""

    database: Database
    clock: SetClock
    hers: int
    others: int
    customer_id: int
    author: str = "U0AUTHOR"

    @property
    def worker(self) -> Worker:
        return Worker(database=self.database, now=self.clock.now)

    async def begin(self, about: About = About.CUSTOMER, key: str = "") -> int:
        async with self.database.begin() as session:
            whom = await asking.subject(
                session, WORKSPACE, about, key or str(self.customer_id), name="Author"
            )
            return await asking.begin(session, WORKSPACE, whom, by="U0PRIVACY", now=NOW)

    async def carry_on(self) -> None:
        await carry_on(self.worker, WORKSPACE)

    async def one(self, sql: str) -> object:
        async with self.database.read() as session:
            return (await session.execute(text(sql))).scalar()

    async def rows(self, sql: str) -> list[tuple[object, ...]]:
        async with self.database.read() as session:
            return [tuple(row) for row in await session.execute(text(sql))]


@pytest.fixture
async def planted(database: Database, clock: SetClock) -> Planted:
    """Her story told in a digest and shared, in a note to its author, a draft, a project's reasons."""
    return await plant(database, clock)


async def plant(database: Database, clock: SetClock) -> Planted:
    """The same in any database that knows the workspace."""
    author = "U0AUTHOR"
    async with database.begin() as session:
        hers = await told(session, HERS, author)
        others = await told(session, OTHER, author)
        story = await stories.get(session, WORKSPACE, hers)
        assert story is not None
        customer_id = story.interview.customer.id
        await session.execute(
            update(CustomerRow).where(CustomerRow.id == customer_id).values(contact="zq@example.org")
        )
        await post_everywhere(session, hers, others, author)
        draft = replace(HERS, customer_id=customer_id, title="Once more")
        await drafts.begin(session, WORKSPACE, author, draft, now=NOW, step="story")
    return Planted(database, clock, hers, others, customer_id)


async def told(session: AsyncSession, form: Form, author: str) -> int:
    """A published story."""
    story_id = await interviews.store(
        session, WORKSPACE, form, source_key=form.title, author_id=author, now=NOW
    )
    telling = await publishing.publish(session, WORKSPACE, story_id, by=author, now=NOW)
    story = await stories.get(session, WORKSPACE, story_id)
    assert story is not None
    found_by = texts.of_story(WORKSPACE, story, telling)
    await search_texts.keep_story(session, WORKSPACE, story.interview.id, found_by)
    return story_id


async def post_everywhere(session: AsyncSession, hers: int, others: int, author: str) -> None:
    """A digest of both stories, her story shared, and a note about it to its author."""
    both = await digest.gather(session, WORKSPACE, [(hers, False), (others, False)], NOW)
    assert both is not None
    await digest.plan(
        session, WORKSPACE, "C0DIGEST", both, slot="asked:U0ASKER:1", now=NOW, asked_by="U0ASKER"
    )
    await publishing.share(session, WORKSPACE, hers, "C0SHARED", by=author, now=NOW, request="r")
    story = await stories.get(session, WORKSPACE, hers)
    assert story is not None
    await a_project(session, [quote.id for quote in story.interview.quotes], author)
    note = approved_note(title=story.interview.title, by="U0EDITOR", when="")
    await notices.plan(session, WORKSPACE, author, f"approved:{hers}", note, about={hers}, now=NOW)


async def a_project(session: AsyncSession, quotes: list[int], owner: str) -> None:
    """A project whose first reason rests on her quote and names her; its avatar says so in the channel."""
    new = NewProject(
        channel_id="C0PROJECT",
        name="Exports",
        goal="Nobody waits.",
        segment="",
        owner_id=owner,
        face=Face(name="Maya", emoji=":bread:"),
        rhythm=Rhythm.NEVER,
    )
    reason = f"{NAME} asked us for it."
    await setting_up.begin(session, WORKSPACE, new, reason, [quote(one) for one in quotes], by=owner, now=NOW)


async def slack_takes(database: Database, *, refuses: str = "") -> int:
    """Have Slack carry out all that waits; with `refuses`, answer every change with this word instead."""
    moved = (
        "UPDATE deliveries SET state = :state, last_error = :error, slack_ts = :ts || id, "
        "posted_in = channel_id WHERE state = 'pending' AND method {} 'chat.postMessage'"
    )
    async with database.begin() as session:
        values = {"state": "sent", "error": None, "ts": "1700000000."}
        posted = await session.execute(text(moved.format("=")), values)
        if refuses:
            values |= {"state": "failed", "error": refuses}
        changed = await session.execute(text(moved.format("<>")), values)
    return posted.rowcount + changed.rowcount  # type: ignore[attr-defined, no-any-return]  # an UPDATE's


def bytes_of(database: Database) -> bytes:
    """Everything in the files of an embedded database, its write-ahead log too, in lower case."""
    file = file_of(database)
    files = (file, Path(f"{file}-wal"))
    return b"".join(one.read_bytes() for one in files if one.exists()).lower()


def traces(found: bytes) -> list[str]:
    """What of her stands in these bytes."""
    return [one for one in TRACES if one.encode() in found]
