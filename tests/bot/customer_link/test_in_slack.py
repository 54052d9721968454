"""An author gives a link, takes it away, and answers what the customer corrected; editors likewise."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest

from bot import ids
from bot.app import create_app
from bot.customer_link.secret import as_typed
from bot.messages import customer_links as words
from bot.web import create_web
from playground.panes import Modal
from storage import people
from storage.corrections import LEFT, TAKEN, Correction
from storage.customer_links import Link
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER, House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["house"]
ADDRESS = "https://firsthand.example.com"
NEW = "I do my invoices at five."


async def _links(house: House, who: str = "ana") -> Modal:
    """The view of a story's links, opened from one's own stories."""
    person = house.person(who)
    await person.command("/stories mine", channel="general")
    mine = await house.world.channel("general").wait_for("Your stories", as_=who)
    await person.click(mine, ids.STORY_PREVIEW)
    await person.click(await person.modal(), ids.LINKS_OPEN)
    return await person.modal("A link for the customer")


async def _given(house: House, days: str = "30") -> str:
    """A link, as its author reads it once."""
    await (await _links(house)).submit({"days": days})
    made = await house.person("ana").modal("A link for the customer")
    found = re.search(re.escape(ADDRESS) + r"/your-words/[\w.-]+", made.words())
    assert found, made.words()
    return found[0]


def _browser(house: House) -> httpx.AsyncClient:
    web = create_web(create_app(house.desk), house.desk)
    return httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url=ADDRESS, follow_redirects=True)


async def test_from_the_link_to_the_corrected_post_and_back(house: House) -> None:
    house.desk.settings.firsthand_address = ADDRESS
    story_id = await house.story()
    await house.share(story_id)
    pilot = house.world.channel("pilot")
    await pilot.wait_for("flour on the screen")
    link = await _given(house)
    secret = as_typed(link.rpartition("/")[2])
    async with _browser(house) as http:
        page = await http.get(link)
        mark = re.search(r'name="quote" value="([0-9a-f]+)"', page.text)
        assert mark
        form = {"form": secret.form_mark()}
        await http.post(link, data={**form, "act": "correct", "quote": mark[1], "words": NEW, "hide": "yes"})
        await pilot.wait_until_gone("flour on the screen")
        ana = house.person("ana")
        note = await house.world.channel(await ana.dm()).wait_for("corrected their own words")
        await ana.click(note, ids.CORRECTION_OPEN)
        asked = await ana.modal("What they said")
        assert NEW in asked.words()
        await asked.submit()
        await ana.modal("Their words")
        await pilot.wait_for(NEW)
        await house.world.channel(await ana.dm()).wait_for("put the correction in")
        await http.post(link, data={**form, "act": "withdraw", "sure": "yes"})
        await pilot.wait_until_gone(NEW)
        await house.world.channel(await ana.dm()).wait_for("took a story of yours back")


async def test_a_link_is_revoked_by_its_author_and_opens_nothing_from_then_on(house: House) -> None:
    house.desk.settings.firsthand_address = ADDRESS
    await house.story()
    link = await _given(house)
    async with _browser(house) as http:
        assert (await http.get(link)).status_code == 200
        ana = house.person("ana")
        await ana.click(await _links(house), ids.LINK_REVOKE)
        await house.world.until(lambda: _revoked(house), "the link is revoked")
        assert (await http.get(link)).status_code == 404
    acts = await house.rows("SELECT act FROM audit WHERE act LIKE '%link' ORDER BY id")
    assert acts == [("give_link",), ("revoke_link",)]


async def _revoked(house: House) -> bool:
    return bool(await house.rows("SELECT 1 FROM customer_links WHERE revoked_at IS NOT NULL"))


async def test_where_browsers_do_not_reach_it_the_button_says_why(house: House) -> None:
    await house.story()
    said = (await _links(house)).words()
    assert "Socket Mode" in said
    assert "FIRSTHAND_ADDRESS" in said


@pytest.mark.parametrize("days", ["0", "9999", "x"])
async def test_for_how_long_is_said_in_days(house: House, days: str) -> None:
    house.desk.settings.firsthand_address = ADDRESS
    await house.story()
    view = await _links(house)
    await view.submit({"days": days})
    assert view.errors or "1 to 365 days" in view.words()
    assert await house.rows("SELECT 1 FROM customer_links") == []


async def test_an_editor_gives_a_link_to_what_is_told_and_to_nothing_else(house: House) -> None:
    house.desk.settings.firsthand_address = ADDRESS
    told, kept = await house.story(), await house.story(replace(BAKER, title="Kept"), published=False)
    mika, noor = house.person("mika"), house.person("noor")
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, mika.id, "editor", by="UADMIN", now=NOW)
    await house.share(told)
    post = await house.world.channel("pilot").wait_for("flour on the screen")
    await noor.pick(post, ids.STORY_MENU, "Read it all")
    assert ids.LINKS_OPEN not in (await noor.modal()).actions()
    await mika.pick(post, ids.STORY_MENU, "Read it all")
    await mika.click(await mika.modal(), ids.LINKS_OPEN)
    await (await mika.modal("A link for the customer")).submit({"days": "7"})
    assert await house.rows("SELECT story_id, given_by FROM customer_links") == [(told, mika.id)]
    assert kept not in [row[0] for row in await house.rows("SELECT story_id FROM customer_links")]


def _link(number: int, *, opened: bool) -> Link:
    return Link(
        id=number,
        workspace_id=WORKSPACE,
        story_id=1,
        given_by="U1",
        given_at=NOW,
        ends_at=NOW + timedelta(days=30),
        opened_at=NOW if opened else None,
    )


def test_what_people_see_is_what_slack_takes() -> None:
    links = [_link(n, opened=bool(n % 2)) for n in range(words.MOST_LINKS)]
    assert_valid(words.links_modal(1, []), "modal")
    assert_valid(words.links_modal(1, links[:-1]), "modal")
    assert_valid(words.links_modal(1, links), "modal")
    made = words.link_modal(
        f"{ADDRESS}/your-words/x.y",
        first_name="<!here>",
        talked_on=date(2026, 11, 12),
        ends_on=date(2026, 12, 12),
    )
    assert_valid(made, "modal")
    for socket in (True, False):
        assert_valid(words.no_links_modal(socket=socket), "modal")
    correction = Correction(
        id=1, interview_id=1, before="*a*" * 300, words="<@U1>" * 200, hide=True, said_at=NOW
    )
    assert_valid(words.correction_modal(correction), "modal")
    for hide in (True, False):
        assert_valid(words.corrected_note(1, hide=hide), "message")
    for outcome in (TAKEN, LEFT):
        assert_valid(words.answered_note(replace(correction, outcome=outcome, settled_by="U1")), "message")
    for part in ("withdrew", "withdrew_all"):
        assert_valid(words.withdrew_note(part, 1), "message")
