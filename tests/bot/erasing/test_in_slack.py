"""In Slack: an officer sees what would go, types the name, and it goes; anybody sees what is held of them."""

from __future__ import annotations

import json

import pytest

from bot import ids
from bot.erasing.rounds import Rounds
from bot.handed_files import hand
from bot.permissions import Role
from playground.controlling import plain_http
from storage import audit, nps_answers, nps_sources, people
from storage.nps_answers import Answer
from tests.bot.erasing.conftest import HERS, bytes_of, traces
from tests.bot.stories.conftest import BAKER, House
from tests.bot.stories.conftest import house as house
from tests.conftest import NOW, WORKSPACE


@pytest.fixture
async def officer(house: House) -> House:
    """Mika looks after privacy; Zephyrine's story stands in two channels, one of them with another's."""
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, house.person("mika").id, "privacy", by="U0", now=NOW)
    hers, other = await house.story(HERS), await house.story(BAKER)
    await house.share(hers, "pilot")
    await house.share(hers, "lobby")
    await house.share(other, "lobby")
    await house.world.channel("lobby").wait_for("Pelargonium", as_="mika")
    await house.world.channel("pilot").wait_for("Pelargonium", as_="mika")
    return house


async def test_what_goes_is_seen_first_and_goes_once_the_name_is_typed_with_files_that_were_handed_out(
    officer: House,
) -> None:
    mika = officer.person("mika")
    await mika.command("/firsthand export", channel="pilot")
    await (await mika.modal("Show what is held")).submit({"customer": "quillon"})
    dm = officer.world.channel(await mika.dm())
    message = await dm.wait_for("all that Firsthand holds", as_="mika")
    assert "pelargonium" in (await text_of(officer, message.raw["files"], ".json")).lower()
    await mika.command("/firsthand erase", channel="pilot")
    choice = await mika.modal("Take back what is held")
    assert await mika.suggest(choice, ids.ERASE_CUSTOMER, "quillon") == [
        "Zephyrine Quillonby, Quillonby Gardens (no. 1)"
    ]
    await choice.submit({"customer": "quillon"})
    preview = await mika.modal("This would go")
    assert "2 messages" in preview.words()
    assert "conversations (1)" in preview.words()
    await preview.submit({"typed": "Somebody Else"})
    assert "Nothing has been erased" in (await mika.errors())["typed"]
    await (await mika.modal("This would go")).submit({"typed": "zephyrine quillonby"})
    await mika.modal("It has begun")
    await officer.world.channel("pilot").wait_until_gone("Pelargonium", as_="mika")
    await officer.world.channel("lobby").wait_until_gone("Pelargonium", as_="mika")
    await officer.world.channel("lobby").wait_for("Invoices at four", as_="mika")
    await done(officer, 1)
    receipt = (await receipts(officer))[-1]
    assert "Erasure 1 is done" in receipt
    assert "2 messages in Slack are taken down" in receipt
    assert traces(bytes_of(officer.desk.database)) == []
    for channel in ("pilot", "lobby", await mika.dm()):
        seen = [one.raw for one in await officer.world.channel(channel).messages(as_="mika")]
        assert traces(json.dumps(seen).lower().encode()) == [], channel
    headers = {"Authorization": f"Bearer {officer.world.bot_token}"}
    async with plain_http(headers=headers) as http:
        url = next(file["url_private"] for file in message.raw["files"])
        assert "pelargonium" not in (await http.get(url)).text.lower()


async def test_somebody_who_answered_a_survey_is_named_by_their_address(officer: House) -> None:
    async with officer.desk.begin() as session:
        source = await nps_sources.create(session, WORKSPACE, kind="file", name="Survey", now=NOW)
        hers = Answer(key="1", score=9, at=NOW, comment="More tulips", person_key="iris@example.org")
        await nps_answers.take_in(session, WORKSPACE, source, [hers])
    mika = officer.person("mika")
    await mika.command("/firsthand erase", channel="pilot")
    await (await mika.modal("Take back what is held")).submit({"respondent": "IRIS@example.org"})
    preview = await mika.modal("This would go")
    assert "answers to surveys (1)" in preview.words()
    assert "What they answered under" in preview.words()
    await preview.submit({"typed": "ivo@example.org"})
    assert "isn’t what you typed before" in (await mika.errors())["typed"]
    await (await mika.modal("This would go")).submit({"typed": "iris@example.org"})
    await mika.modal("It has begun")
    await done(officer, 1)
    assert await officer.rows("SELECT key FROM nps_answers") == []
    assert b"iris@example" not in bytes_of(officer.desk.database)


async def done(house: House, number: int) -> None:
    """Look at it as the ticks do, until it is at its end."""

    async def finished() -> bool:
        await Rounds(house.desk).look()
        rows = await house.rows(f"SELECT finished_at FROM erasures WHERE id = {number}")
        return rows[0][0] is not None

    for _ in range(200):
        if await finished():
            return
        await house.world.control.changed(0.1)
    raise AssertionError("the erasure does not come to its end")


async def receipts(house: House) -> list[str]:
    mika = house.person("mika")
    dm = await mika.dm()
    await house.world.channel(dm).wait_for("Erasure", as_="mika")
    return [one.words() for one in await house.world.channel(dm).messages(as_="mika")]


async def test_one_alone_is_chosen_and_only_by_those_who_may_and_what_went_is_told(house: House) -> None:
    async with house.desk.begin() as session:
        await people.grant(session, WORKSPACE, house.person("mika").id, "privacy", by="U0", now=NOW)
    await house.story(HERS)
    await _one_alone_is_chosen_and_only_by_those_who_may(house)
    await _the_progress_is_told_and_slack_is_asked_again(house)
    await _admins_choose_how_long_things_are_kept(house)


async def _one_alone_is_chosen_and_only_by_those_who_may(officer: House) -> None:
    mika, noor = officer.person("mika"), officer.person("noor")
    await noor.command("/firsthand erase", channel="pilot")
    assert "privacy officers" in (await noor.ephemerals("pilot"))[-1].words()
    await noor.command("/firsthand export", channel="pilot")
    assert "privacy officers" in (await noor.ephemerals("pilot"))[-1].words()
    await mika.command("/firsthand erase", channel="pilot")
    await (await mika.modal("Take back what is held")).submit({"customer": "quillon", "colleague": "noor"})
    assert "choose one" in (await mika.errors())["customer"]


async def test_anybody_is_given_all_that_is_held_about_them(officer: House) -> None:
    ana = officer.person("ana")
    await ana.open_home()
    await ana.click(await ana.home("Show me what you hold"), ids.HOME_HELD)
    await ana.modal("On its way")
    message = await officer.world.channel(await ana.dm()).wait_for("all that Firsthand holds", as_="ana")
    held = await text_of(officer, message.raw["files"], ".json")
    assert json.loads(held)["about"] == "colleague"
    assert ana.id in held
    assert {one["table"] for one in json.loads(held)["held"]} >= {"people", "interviews"}
    page = await text_of(officer, message.raw["files"], ".html")
    assert "<h1>What Firsthand holds about" in page
    async with officer.desk.read() as session:
        assert (await audit.latest(session, WORKSPACE))[0].act == "export_held"


async def text_of(house: House, files: list[dict[str, str]], ending: str) -> str:
    url = next(file["url_private"] for file in files if file["name"].endswith(ending))
    headers = {"Authorization": f"Bearer {house.world.bot_token}"}
    async with plain_http(headers=headers) as http:
        return (await http.get(url)).text


async def test_who_wants_to_be_erased_is_passed_on_to_those_who_may(officer: House) -> None:
    noor, mika = officer.person("noor"), officer.person("mika")
    await noor.open_home()
    async with officer.desk.begin() as session:
        await people.revoke(session, WORKSPACE, mika.id, Role.PRIVACY)
    await noor.click(await noor.home("Erase me"), ids.HOME_ERASE_ME)
    told = officer.world.channel(await noor.dm())
    await told.wait_for("Nobody looks after privacy here yet", as_="noor")
    async with officer.desk.begin() as session:
        await people.grant(session, WORKSPACE, mika.id, Role.PRIVACY, by="UADMIN", now=officer.desk.now())
    await noor.click(await noor.home("Erase me"), ids.HOME_ERASE_ME)
    await noor.modal("Passed on")
    dm = officer.world.channel(await mika.dm())
    await mika.click(await dm.wait_for("asks that what Firsthand holds", as_="mika"), ids.ERASE_OPEN)
    preview = await mika.modal("This would go")
    await preview.submit({"typed": "Noor Haddad"})
    await mika.modal("It has begun")
    await dm.wait_for("a former colleague asks that", as_="mika")
    await done(officer, 1)
    assert noor.id.lower().encode() not in bytes_of(officer.desk.database)


async def _the_progress_is_told_and_slack_is_asked_again(officer: House) -> None:
    mika = officer.person("mika")
    await mika.command("/firsthand erasures", channel="pilot")
    assert "Nothing has been erased" in (await mika.ephemerals("pilot"))[-1].words()
    for number in ("7", "9" * 30, "seven"):
        await mika.command(f"/firsthand erasures again {number}", channel="pilot")
        assert "no finished erasure" in (await mika.ephemerals("pilot"))[-1].words()


async def _admins_choose_how_long_things_are_kept(officer: House) -> None:
    ana = officer.person("ana")
    await ana.command("/firsthand retention", channel="pilot")
    view = await ana.modal("How long things are kept")
    await view.submit({"drafts": "7"})
    saved = (await ana.modal("Saved")).words()
    assert "drafts nobody touched: 7 days" in saved
    await ana.command("/firsthand workspace", channel="pilot")
    assert "drafts nobody touched: 7 days" in (await ana.modal("For everybody here")).words()


async def test_no_file_is_shown_of_which_nobody_knows_that_it_is_to_go(house: House) -> None:
    client, mika = await house.desk.connections.client(WORKSPACE), house.person("mika")
    file = {"filename": "held.txt", "content": "all that is held", "title": "Held"}
    kept: list[str] = []

    async def keep(files: list[str]) -> None:
        if kept:
            raise TimeoutError
        kept.extend(files)
        assert not await shown_to(house)

    await hand(client, mika.id, [file], comment="Here it is.", keep=keep)
    assert await shown_to(house) == kept
    with pytest.raises(TimeoutError):
        await hand(client, mika.id, [file], comment="Here it is.", keep=keep)
    assert await shown_to(house) == kept


async def shown_to(house: House) -> list[str]:
    mika = house.person("mika")
    seen = await house.world.channel(await mika.dm()).messages(as_="mika")
    return [file["id"] for one in seen for file in one.raw.get("files", [])]
