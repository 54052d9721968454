"""What happened for an objective: all of it, in words that may be read now, in nobody's order but time's."""

from __future__ import annotations

from datetime import date, timedelta

from bot import publishing
from bot.desk import Desk
from bot.messages import objective as words
from bot.messages import objective_page as page
from bot.objective.lines import Line, latest_day, lines_of, stories_in
from storage import objectives, themes
from storage.themes import NewTheme
from stories.nps.periods import Calendar
from stories.objectives.objective import Aim, Objective, Span, days_of
from tests.blockkit import assert_valid
from tests.bot.objective.conftest import changed, listened, set_out, told
from tests.conftest import NOW, WORKSPACE

SPANS = {span: days_of(span, NOW.date(), Calendar()) for span in (Span.QUARTER, Span.HALF, Span.YEAR)}


async def test_what_people_do_stands_there_and_goes_with_consent(desk: Desk) -> None:
    mine, bens = await a_quarter(desk)
    standing, found = await of_ana(desk)
    async with desk.read() as session:
        assert await latest_day(session, WORKSPACE, standing) == NOW.date()
    assert [one.happened.what.value for one in found[Aim.GATHERING]] == ["wrote_up", "listened"]
    assert [one.happened.words for one in found[Aim.MAKING_SENSE]] == ["printing"]
    changes = {one.happened.what.value: one.happened.who for one in found[Aim.CHANGING]}
    assert changes == {"did": "", "came": "UBEN"}
    window = str(words.objective_modal(standing, found, NOW.date()))
    assert "as the baker from Leeds wanted" in window
    assert "Marta" not in window, "without a name, whoever reads"
    assert stories_in(found) == {mine, bens}
    async with desk.begin() as session:
        await publishing.withdraw(session, WORKSPACE, mine, by="UANA", now=desk.now())
    _standing, after = await of_ana(desk)
    assert stories_in(after) == {bens}
    assert "not shown any more" in str(words.objective_modal(standing, after, NOW.date()))


async def test_slack_takes_every_window(desk: Desk) -> None:
    mine, _bens = await a_quarter(desk)
    standing, found = await of_ana(desk)
    names, links = {"UBEN": "Ben"}, {mine: "https://x.example/p1"}
    for view in (
        words.objective_modal(standing, found, NOW.date()),
        page.lines_modal(standing, found),
        page.page_modal(standing, found, names=names, links=links, note="n"),
        words.form_modal(standing, SPANS),
        words.form_modal(None, SPANS),
        page.sent_modal(30),
    ):
        assert_valid(view, "modal")
    gone = page.page_modal(standing, found, names={}, links=links, note="n")
    assert "A colleague, because of" in str(gone), "whoever was erased, or Slack does not know, is somebody"


async def a_quarter(desk: Desk) -> tuple[int, int]:
    """What Ana and Ben did: her story and his."""
    await set_out(desk, "UANA")
    mine = await told(desk, "UANA")
    bens = await told(desk, "UBEN", title="Ortega waits", key="draft:2")
    await changed(desk, mine, "UBEN", "The VAT number is asked for first, as Marta wanted.")
    await changed(desk, bens, "UANA", "We ring before noon.")
    await listened(desk, "UANA", date(2026, 11, 10))
    async with desk.begin() as session:
        proposal = NewTheme(name="printing", described=b"", text_ids=())
        theme = await themes.add_proposal(session, WORKSPACE, "wordllama", proposal, now=desk.now())
        said = {"called": "printing", "sentence": ""}
        await themes.name(session, WORKSPACE, theme, **said, described=b"", by="UANA")
    return mine, bens


async def of_ana(desk: Desk) -> tuple[Objective, dict[Aim, tuple[Line, ...]]]:
    """Her objective, and what happened for it as it may be told now."""
    async with desk.read() as session:
        standing = await objectives.standing(session, WORKSPACE, "UANA")
        assert standing is not None
        return standing, await lines_of(session, WORKSPACE, standing, desk.now())


async def test_home_shows_the_objective_until_its_period_is_over(desk: Desk) -> None:
    await set_out(desk, "UANA")
    async with desk.read() as session:
        standing = await objectives.standing(session, WORKSPACE, "UANA")
    assert standing is not None
    shown = words.on_home(standing, None, NOW.date())
    assert "four bakeries" in str(shown)
    assert_valid({"type": "home", "blocks": shown}, "home")
    assert words.on_home(standing, None, standing.last + timedelta(days=1)) == []
    over = words.objective_modal(standing, {}, standing.last + timedelta(days=1))
    assert "A new one" in str(over)
    assert_valid(over, "modal")
