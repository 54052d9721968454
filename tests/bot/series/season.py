"""A customer whose conversations are told, and a season that follows her."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot import attention
from bot import publishing as telling
from bot.desk import Desk
from bot.series import posting, publishing, rounds, seasons, trying
from bot.series.seasons import Wanted
from storage import attention as waiting
from storage import interviews, posted, series, series_episodes, series_follows, series_posts, stories
from storage.database import Database
from storage.deliveries import Seat
from stories.forms import Form
from stories.series.episodes import Episode
from stories.series.seasons import Season
from tests.conftest import NOW, WORKSPACE

EDITOR, AUTHOR = "U0EDITOR", "U0AUTHOR"
CHANNEL, READER = "C0FOLLOWS", "U0READER"
FIRST = Form(
    name="Marta Ortega",
    alias="the baker from Leeds",
    segment="small business",
    talked_on="2026-11-02",
    how="video",
    title="Invoices at four in the morning",
    trying_to="Get her invoices out before the ovens are hot.",
    happened="Marta printed every order since March, because the export lost the VAT line.",
    quotes=(
        "I do my invoices at four in the morning, with flour on the screen.",
        "But now the form asks for my VAT number when I am too tired to know it.",
        "I would like to have my Sunday evenings back for the children.",
    ),
    meaning="We ask for a VAT number when people are already tired.",
    themes=("invoices",),
    sharing="without_name",
    score=6,
)
SECOND = replace(
    FIRST,
    talked_on="2026-11-12",
    title="The new form",
    trying_to="See whether the new form is quicker.",
    happened="She filled in the new form in two minutes.",
    quotes=(
        "The new form took me two minutes, and I still do not trust it.",
        "I hope to be done before the bread is in the oven one day.",
    ),
    score=8,
)


async def told(database: Database, form: Form, *, customer_id: int | None = None, at: datetime = NOW) -> int:
    """Keep and publish a conversation; the customer's number."""
    async with database.begin() as session:
        story_id = await interviews.store(
            session,
            WORKSPACE,
            replace(form, customer_id=customer_id),
            source_key=f"{form.title}:{form.alias}",
            author_id=AUTHOR,
            now=at,
        )
        await telling.publish(session, WORKSPACE, story_id, by=AUTHOR, now=at)
        story = await stories.get(session, WORKSPACE, story_id)
    assert story is not None
    return story.interview.customer.id


async def opened(desk: Desk, *customers: int, agreed: bool = True, title: str = "First year") -> int:
    """Open a season that follows these customers, who say yes to it."""
    now = desk.now()
    wanted = Wanted(title=title, weeks=13, every_days=14, customer_ids=customers)
    async with desk.database.begin() as session:
        season_id = await seasons.begin(session, WORKSPACE, wanted, by=EDITOR, now=now)
    if agreed:
        for customer_id in customers:
            await says(desk, customer_id, "followed")
    return season_id


async def says(desk: Desk, customer_id: int, *what: str, words: str = "Yes, do follow me.") -> None:
    """Record what a customer agrees to."""
    async with desk.database.begin() as session:
        season = await seasons.running(session, WORKSPACE, desk.now())
        one = seasons.whom(season, customer_id)
        await seasons.keep_consent(session, WORKSPACE, one, what, words, by=EDITOR, now=desk.now())


async def drafted(desk: Desk) -> Episode:
    """Have the next episode drafted."""
    async with desk.database.begin() as session:
        season = await seasons.running(session, WORKSPACE, desk.now())
        await rounds.draft(session, WORKSPACE, season, now=desk.now())
        found = await series_episodes.draft_of(session, WORKSPACE, season.id)
    assert found is not None
    return found


async def of_season(desk: Desk, season_id: int) -> Season:
    async with desk.read() as session:
        found = await series.season(session, WORKSPACE, season_id, desk.now())
    assert found is not None
    return found


async def published(desk: Desk, *questions: str) -> int:
    """Have the next episode go to one channel, as if Slack had taken it; its id."""
    episode = await drafted(desk)
    assert episode.id is not None
    async with desk.database.begin() as session:
        await series_follows.follow(session, WORKSPACE, CHANNEL, by=READER, now=desk.now())
        season = await seasons.running(session, WORKSPACE, desk.now())
        places = trying.placed(season, {CHANNEL: 20}, episode.number)
        await publishing.publish(
            session, WORKSPACE, episode.id, places, questions, by=EDITOR, command="/firsthand", now=desk.now()
        )
        (one,) = [
            each
            for each in await waiting.waiting_for(session, WORKSPACE, CHANNEL)
            if each.slot_key == posting.slot_of(episode.id)
        ]
        seat = Seat(window=f"{CHANNEL}:{episode.number}", number=1)
        assert await attention._go(session, WORKSPACE, one, seat, desk.now()) is not None
    return episode.id


async def stands(desk: Desk, episode_id: int) -> dict[str, object] | None:
    """What the episode's post in the channel says now."""
    async with desk.read() as session:
        posts = await series_posts.posts_of(session, WORKSPACE, episode_id)
        return await posted.says(session, WORKSPACE, posts[0].delivery_id) if posts else None
