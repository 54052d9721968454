from __future__ import annotations

from dataclasses import replace

from storage import interviews, people, reactions, stories, workspaces
from stories.story import StoryState
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import NOW, WORKSPACE


async def _editor(house: House, name: str) -> None:
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, house.person(name).id, "editor", by="U0", now=NOW)


async def _report(house: House, by: str = "ben") -> int:
    story = await house.story()
    await house.share(story)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    reader = house.person(by)
    await reader.pick(post, "story_menu", "Something’s wrong with this")
    modal = await reader.modal("Something’s wrong")
    await modal.submit({"wrong": "It gives somebody away", "more": "Everybody in Leeds knows her."})
    assert "It is hidden now" in (await reader.modal("Thank you")).words()
    await (await reader.modal()).close()
    return story


async def test_a_story_with_something_wrong_is_hidden_at_once(house: House) -> None:
    await _editor(house, "mika")
    await _report(house)
    pilot = house.world.channel("pilot")
    await pilot.wait_until_gone("Invoices at four")
    await pilot.wait_for("hidden while we look at it again")
    assert await house.rows("SELECT state FROM stories") == [("hidden",)]
    assert await house.rows("SELECT count(*) FROM story_words") == [(0,)]
    assert [row[0] for row in await house.rows("SELECT act FROM audit ORDER BY id")][-1] == "hide"


async def test_author_and_editor_hear_why_kindly(house: House) -> None:
    await _editor(house, "mika")
    await _report(house)
    ana, mika = house.person("ana"), house.person("mika")
    told = await house.world.channel(await ana.dm()).wait_for("may need another look")
    assert "Everybody in Leeds knows her." in told.words()
    assert "story_edit" in told.actions()
    assert house.person("ben").id not in told.words()
    asked = await house.world.channel(await mika.dm()).wait_for("hidden until you decide")
    assert {"report_put_back", "report_keep_hidden"} <= set(asked.actions())


async def test_an_editor_puts_it_back_where_it_stood(house: House) -> None:
    await _editor(house, "mika")
    await _report(house)
    mika, ana, ben = (house.person(name) for name in ("mika", "ana", "ben"))
    asked = await house.world.channel(await mika.dm()).wait_for("hidden until you decide")
    await mika.click(asked, "report_put_back")
    await house.world.channel("pilot").wait_for("Invoices at four")
    await house.world.channel(await ana.dm()).wait_for("is back where it was")
    await house.world.channel(await ben.dm()).wait_for("Thank you for looking out")
    done = await house.world.channel(await mika.dm()).wait_for("put “Invoices at four in the morning” back")
    assert done.actions() == []
    assert await house.rows("SELECT outcome, settled_by FROM reports") == [("put_back", mika.id)]


async def test_a_story_that_stays_hidden_cannot_be_published_by_its_author(house: House) -> None:
    await _editor(house, "mika")
    await _report(house)
    mika, ana = house.person("mika"), house.person("ana")
    asked = await house.world.channel(await mika.dm()).wait_for("hidden until you decide")
    await mika.click(asked, "report_keep_hidden")
    await house.world.channel(await ana.dm()).wait_for("keeps it hidden")
    await ana.command("/stories mine", channel="pilot")
    mine = await house.world.channel("pilot").wait_for("Your stories", as_="ana")
    assert "Hidden while an editor" in mine.words()
    assert {"story_publish", "story_withdraw"}.isdisjoint(mine.actions())
    assert await house.rows("SELECT state FROM stories") == [("hidden",)]


async def test_somebody_who_is_no_editor_cannot_decide(house: House) -> None:
    await _editor(house, "mika")
    await _report(house)
    mika = house.person("mika")
    asked = await house.world.channel(await mika.dm()).wait_for("hidden until you decide")
    async with house.desk.begin() as session:
        await people.revoke(session, WORKSPACE, mika.id, "editor")
    await mika.click(asked, "report_put_back")
    await house.world.channel(await mika.dm()).wait_for("Only editors can decide", as_="mika")
    assert await house.rows("SELECT state FROM stories") == [("hidden",)]


async def test_what_one_editor_decided_is_not_decided_again(house: House) -> None:
    await _editor(house, "mika")
    await _editor(house, "ben")
    story = await _report(house, by="noor")
    mika, ben = house.person("mika"), house.person("ben")
    first = await house.world.channel(await mika.dm()).wait_for("hidden until you decide")
    second = await house.world.channel(await ben.dm()).wait_for("hidden until you decide")
    await mika.click(first, "report_keep_hidden")
    decided = await house.world.channel(await ben.dm()).wait_for("keeps “Invoices")
    assert decided.ts == second.ts
    assert decided.actions() == []
    assert await house.rows("SELECT story_id, settled_by FROM reports") == [(story, mika.id)]


async def test_a_click_on_a_decided_report_changes_nothing(house: House) -> None:
    await _editor(house, "mika")
    story = await _report(house)
    mika = house.person("mika")
    asked = await house.world.channel(await mika.dm()).wait_for("hidden until you decide")
    async with house.desk.begin() as session:
        await reactions.settle(session, WORKSPACE, story, by="U0", outcome="kept_hidden", now=NOW)
    await mika.click(asked, "report_put_back")
    await house.world.channel(await mika.dm()).wait_for("Somebody has decided", as_="mika")
    assert await house.rows("SELECT state FROM stories") == [("hidden",)]


async def test_without_editors_whoever_installed_the_bot_is_asked(house: House) -> None:
    async with house.desk.begin() as session:
        await workspaces.name_installer(session, WORKSPACE, house.person("mika").id)
    await _report(house)
    mika = house.person("mika")
    asked = await house.world.channel(await mika.dm()).wait_for("hidden until you decide")
    await mika.click(asked, "story_preview")
    assert "the screen" in (await mika.modal("As others read it")).words()
    await (await mika.modal()).close()
    await mika.click(asked, "report_put_back")
    await house.world.channel("pilot").wait_for("Invoices at four")


async def test_an_editor_finds_all_that_waits_page_by_page(house: House) -> None:
    await _editor(house, "mika")
    async with house.desk.begin() as session:
        for number in range(7):
            form = replace(BAKER, title=f"Story {number}")
            story = await interviews.store(
                session, WORKSPACE, form, source_key=form.title, author_id="U1", now=NOW
            )
            await reactions.report(session, WORKSPACE, story, reporter_id="U2", reason=f"R{number}.", now=NOW)
            await stories.take_back(session, WORKSPACE, story, state=StoryState.HIDDEN)
    mika, pilot = house.person("mika"), house.world.channel("pilot")
    await mika.command("/stories reports", channel="pilot")
    first = await pilot.wait_for("What waits for an editor", as_="mika")
    assert ("R0." in first.words(), "R4." in first.words(), "R5." in first.words()) == (True, True, False)
    await mika.click(first, "reports_later")
    last = await pilot.wait_for("R6.", as_="mika")
    assert "R4." not in last.words()
    assert "reports_later" not in last.actions()
    assert_valid({"text": last.text, "blocks": last.blocks}, "message")


async def test_who_is_no_editor_sees_no_reports(house: House) -> None:
    await house.person("ben").command("/stories reports", channel="pilot")
    await house.world.channel("pilot").wait_for("Only editors see what was reported", as_="ben")
