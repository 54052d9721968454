"""What stands on the centre, for whom, and what never does."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import httpx
from sqlalchemy import text

from storage import customer_colleagues, customers, moderation, projects, web_sessions, workspace_settings
from storage.projects import NewProject
from stories.avatars.project import Face, Rhythm
from stories.consent import Consent, Purpose
from tests.bot.centre.conftest import ADDRESS, Hall, read
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE

QUOTE = BAKER.quotes[0]
NAMED = replace(BAKER, sharing="with_name", title="Told with her name")


def _policy(page: httpx.Response) -> dict[str, str]:
    said = page.headers["content-security-policy"].split(";")
    return dict(one.strip().partition(" ")[::2] for one in said)


async def test_numbers_stand_with_their_uncertainty_beside_customers_words(hall: Hall) -> None:
    await hall.story()
    await hall.answers(140)
    page = await hall.wall()
    said = read(page)
    assert re.search("NPS .{1,3} ± 1[0-9] ", said)
    assert re.search("1[0-9]{2} answers", said)
    assert "There is no period before to compare it with." in said
    assert QUOTE in said
    assert "It lost the tax line twice." in said
    assert "4 of 10" in said or "10 of 10" in said
    assert 'class="band"' in page.text
    table = re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td><td>(\d+)</td>', page.text)
    assert len(table) > 1, "the same facts as a table"
    parts = await hall.http.get("/centre/parts")
    assert 'data-part="voices"' in parts.text
    assert "<html" not in parts.text


async def test_no_page_loads_anything_foreign_or_runs_anything_inline(hall: Hall) -> None:
    await hall.story()
    await hall.sign_in()
    pages = [await hall.http.get(there) for there in ("/centre", "/centre/search?q=oven", "/centre/parts")]
    hall.http.cookies.clear()
    pages += [await hall.http.get(there) for there in ("/centre", "/centre/screen/x.y", "/centre/signed-in")]
    for page in pages:
        policy = _policy(page)
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "noindex" in page.headers["x-robots-tag"]
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:", page.text)
        loaded = re.findall(r'(?:src|href|action)="([^"#]+)"', page.text)
        assert all(one.startswith("/centre") for one in loaded), loaded
    for name in set(re.findall(r'"(/centre/static/[^"]+)"', pages[0].text)):
        file = await hall.http.get(name)
        assert file.status_code == 200
        assert "immutable" in file.headers["cache-control"]
    assert (await hall.http.get("/centre/static/../page.py")).status_code == 404


async def test_a_screen_names_nobody_and_shows_nothing_of_a_customer_who_works_here(hall: Hall) -> None:
    await hall.story(NAMED, name="Ida Ek", alias="a florist", company="Ek Flowers", happened="Ida came by.")
    theirs = await hall.story(title="Her own", name="Ana Sousa", alias="a colleague", quotes=("Mine alone.",))
    async with hall.desk.begin() as session:
        (customer,) = (
            await session.execute(text("SELECT id FROM customers WHERE name = 'Ana Sousa'"))
        ).scalars()
        await customer_colleagues.name(session, WORKSPACE, customer, "UANA", by="UBEN", now=NOW)
    wall = await hall.wall()
    assert "a florist" in wall.text
    assert "Told with her name" in wall.text
    assert not re.search("Ida|Ek Flowers|Mine alone|Her own", wall.text)
    await hall.sign_in("UANA")
    own = await hall.http.get("/centre")
    assert "Ida Ek, Ek Flowers" in own.text, "as colleagues read it"
    hung = await hall.http.get("/centre?view=projector")
    assert "a florist" in hung.text
    assert "Ida" not in hung.text, "whoever hangs it up: visitors pass by a wall"
    assert "Mine alone" not in own.text, f"nobody meets story {theirs} about themselves"
    assert "Mine alone" not in (await hall.http.get("/centre/search?q=mine alone")).text
    await hall.sign_in("UBEN")
    assert "Mine alone" in (await hall.http.get("/centre")).text


async def test_what_is_taken_back_is_gone_at_the_next_request(hall: Hall) -> None:
    story_id = await hall.story()
    assert QUOTE in (await hall.wall()).text
    async with hall.desk.begin() as session:
        (customer,) = (await session.execute(text("SELECT customer_id FROM interviews"))).scalars()
        said = Consent(
            customer_id=customer,
            interview_id=None,
            purpose=Purpose.NOT_SHARED,
            recorded_by="UBEN",
            recorded_at=hall.desk.now(),
            valid_from=hall.desk.now(),
        )
        await customers.record_consent(session, WORKSPACE, said)
    assert story_id
    for there in ("/centre", "/centre/parts"):
        page = await hall.http.get(there)
        assert page.status_code == 200
        assert QUOTE not in page.text


async def test_what_is_not_for_everybody_is_on_no_centre_however_it_came_to_be_told(hall: Hall) -> None:
    ids = [await hall.story(title=f"Story {n}", quotes=(f"Sentence number {n} is this.",)) for n in range(3)]
    later = hall.desk.now().date() + timedelta(days=3)
    async with hall.desk.begin() as session:
        await moderation.label(session, WORKSPACE, ids[0], account_only=True, not_before=None)
        await moderation.label(session, WORKSPACE, ids[1], account_only=False, not_before=later)
    page = await hall.wall()
    assert "Sentence number 2" in page.text
    assert "Sentence number 0" not in page.text
    assert "Sentence number 1" not in page.text
    async with hall.desk.begin() as session:
        await workspace_settings.choose(
            session, WORKSPACE, {"sensitive": ["small business"]}, by="UANA", now=NOW
        )
    assert "Sentence number" not in (await hall.http.get("/centre")).text, "no editor has said yes to it"


async def test_a_view_is_narrowed_by_its_link_in_the_words_of_nps(hall: Hall) -> None:
    await hall.answers(segment="Enterprise", product="Billing")
    await hall.answers(60, shared=False, segment="Small business", product="Chat")
    await hall.story()
    page = await hall.wall("?segment=enterprze&period=last+10+weeks&look=dark")
    assert str(page.url) == f"{ADDRESS}/centre?segment=enterprze&period=last+10+weeks&look=dark"
    assert "Enterprise · " in read(page)
    assert 'data-look="dark"' in page.text
    assert '<option value="Enterprise" selected>' in page.text
    assert "Sentence" not in page.text
    assert QUOTE not in page.text, "the baker is a small business"
    wrong = await hall.http.get("/centre?segment=hospitals&product=Chart&period=soonish")
    said = read(wrong)
    assert "“hospitals” is no segment that I know. Nearest:" in said
    assert "“soonish” is no period that I know." in said
    assert "<option selected>Chat</option>" in wrong.text, "a slip of the keys is put right"
    assert QUOTE in (await hall.http.get("/centre?segment=small business")).text
    only_stories = await hall.http.get("/centre?segment=invoices")
    assert "No answer to a survey says “invoices”" in read(only_stories)
    assert QUOTE in only_stories.text
    everywhere = await hall.http.get("/centre?view=projector")
    assert 'data-view="projector"' in everywhere.text
    assert "<form" not in everywhere.text


async def test_too_few_are_not_counted_and_a_project_behind_closed_doors_is_not_told_of(hall: Hall) -> None:
    await hall.answers(3)
    for number in range(4):
        await hall.story(title=f"Talk {number}", by=f"U{number}")
    async with hall.desk.begin() as session:
        for number, channel in enumerate(("COPEN", "CSHUT")):
            new = NewProject(
                channel_id=channel,
                name=f"Project {channel}",
                goal="Less waiting.",
                segment="",
                owner_id="UANA",
                face=Face(name="Mair", emoji=":seedling:"),
                rhythm=Rhythm.WEEKLY,
            )
            await projects.begin(session, WORKSPACE, new, by="UANA", now=NOW - timedelta(days=10 * number))
    hall.slack.private.add("CSHUT")
    page = await hall.wall()
    said = read(page)
    assert "No answers of these days that can be shown." in said
    assert "Too few to count without singling somebody out." in said
    assert "Project COPEN" in said
    assert "🌱" in page.text
    assert "lively" in said
    assert "CSHUT" not in said
    await hall.story(title="Talk 5", by="U5")
    assert "5 by all parts of the business together" in read(await hall.http.get("/centre"))
    async with hall.desk.begin() as session:
        await workspace_settings.choose(session, WORKSPACE, {"participation": False}, by="UANA", now=NOW)
    assert "by all parts" not in read(await hall.http.get("/centre")), "switched off for everybody"


async def test_opening_a_screen_is_noted(hall: Hall) -> None:
    await hall.story()
    await hall.wall()
    assert await hall.rows("SELECT opened_at IS NOT NULL FROM screens") == [(1,)]


async def test_a_link_that_shows_nothing_is_answered_the_same_whyever(hall: Hall) -> None:
    over, revoked, right = await hall.screen(days=1), await hall.screen(), await hall.screen()
    async with hall.desk.begin() as session:
        await session.execute(text("UPDATE screens SET revoked_at = ends_at WHERE id = 2"))
        await web_sessions.end_all(session, WORKSPACE, "UANA")
    hall.clock.advance(timedelta(days=2))
    secrets = (
        f"{over.public_id}.{over.secret}",
        f"{revoked.public_id}.{revoked.secret}",
        f"{right.public_id}.{over.secret}",
        right.public_id,
        "",
        ".",
        "x" * 5000,
        "%00%00",
    )
    answers = [await hall.http.get(f"/centre/screen/{one}") for one in secrets]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    held = await hall.http.get(f"/centre/screen/{right.public_id}.{right.secret}")
    assert held.status_code == 200
    assert right.secret not in held.text
    assert right.secret not in str(await hall.rows("SELECT * FROM screens"))
    hall.slack.refusal = "account_inactive"
    hall.let_slack_be_asked_anew()
    assert (await hall.http.get("/centre")).status_code == 401, "the bot is not in this workspace any more"


async def test_words_can_be_narrowed_to_a_language_while_numbers_stay_everybodys(hall: Hall) -> None:
    german = "Das ist leider viel zu langsam und ich finde die Rechnung nicht."
    await hall.story(
        title="Zu langsam ist das und nicht gut", happened=german, meaning=german, quotes=(german,)
    )
    await hall.story()
    await hall.answers(140)
    everybody, narrowed, nobody = [await hall.wall(query) for query in ("", "?language=de", "?language=%22x")]
    assert all(words in read(everybody) for words in (german, QUOTE))
    assert german in read(narrowed)
    assert QUOTE not in read(narrowed)
    assert "It lost the tax line twice." not in read(narrowed)
    assert '<option value="de" selected>' in narrowed.text
    assert read(narrowed).count("answers") == read(everybody).count("answers")
    assert QUOTE in read(nobody), "a language that nobody knows narrows nothing"
