"""What candidates are worth: beside each and under `/nps worth`, with its doubt; or why nobody can say."""

from __future__ import annotations

import json
from importlib.util import find_spec

import pytest

from bot.desk import Desk
from bot.messages.priorities_candidates import Spoken, candidates_view
from bot.messages.priorities_stakes import learned, stake
from bot.priorities import evidence
from bot.priorities.stakes import stakes
from storage import interviews, nps_figures, nps_sources, stories
from storage.database import Database
from storage.nps_figures import Figure
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import form
from tests.bot.nps.asking.conftest import Company
from tests.bot.nps.asking.test_worth import months, told
from tests.bot.priorities.conftest import theme
from tests.conftest import NOW, WORKSPACE

pytestmark = pytest.mark.skipif(find_spec("wordllama") is None, reason="the extra `meaning` is not installed")

HOSTILE = "Paper <!channel> *x*"


async def spoken(desk: Desk) -> None:
    """Nine customers who print and are cross, and thirty others who are not."""
    async with desk.begin() as session:
        for number in range(39):
            cross = number < 9
            words = f"I print order {number}." if cross else f"All is well with order {number}."
            talk = form(number, quotes=(words,), segment="Pro" if cross else "Free", score=2 if cross else 9)
            key = f"t{number}"
            story_id = await interviews.store(
                session, WORKSPACE, talk, source_key=key, author_id="U1", now=NOW
            )
            story = await stories.get(session, WORKSPACE, story_id)
            assert story is not None
            await stories.publish(session, WORKSPACE, story, now=NOW)
    await theme(desk, HOSTILE, *(f"I print order {number}." for number in range(9)))


async def seen(desk: Desk) -> str:
    """The window of the candidates."""
    async with desk.read() as session:
        found = await evidence.gather(session, WORKSPACE, NOW.date())
        known = await stakes(session, WORKSPACE, found, NOW)
    shown = [Spoken(candidate=one, stakes=tuple(stake(known, one))) for one in found.candidates]
    view = candidates_view(
        shown, found.everybody, found.period, editor=True, command="/stories", learned=learned(known)
    )
    assert_valid(view, "modal")
    return json.dumps(view, ensure_ascii=False)


async def test_a_candidate_is_worth_what_goes_with_its_points_and_says_how_sure(
    desk: Desk, database: Database
) -> None:
    async with database.begin() as session:
        source_id = await nps_sources.create(session, WORKSPACE, kind="file", name="Survey", now=NOW)
    company = Company(database, source_id)
    await spoken(desk)
    assert "nobody has brought in a business figure" in await seen(desk)

    await told(company, 10, linked=True)
    early = await seen(desk)
    assert "Too early to say" in early
    assert "So what a theme is worth in revenue, nobody can say yet." in early
    assert "more revenue a month" not in early

    await told(company, 36, linked=True)
    async with database.begin() as session:
        own = Figure(name="revenue", month=months(1)[0], amount=123456.0, segment=("plan", "Pro"))
        await nps_figures.take_in(session, WORKSPACE, [own])
    window = await seen(desk)
    assert "It costs about" in window
    assert "As many go together with about" in window
    assert "more revenue a month" in window
    assert "Pro: 123,456 of revenue in Oct ’26" in window

    answer = await company.ask("worth revenue")
    assert_valid(answer, "message")
    said = json.dumps(answer["blocks"], ensure_ascii=False)
    assert "What that makes of the candidates" in said
    assert "&lt;!channel&gt;" in said
    assert "<!channel>" not in said
    assert "more revenue a month" in said
    shared = json.dumps(await company.ask("worth revenue plan Pro"), ensure_ascii=False)
    assert "candidates for the top three" not in shared, "of one kind of customers it says nothing of themes"
