from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import guests
from bot.permissions import Role
from storage import people
from stories.channels import ChannelState, StopReason
from tests.bot.digest.conftest import listens, settings_of, ticks
from tests.bot.stories.conftest import House
from tests.conftest import WORKSPACE

TUESDAY = datetime(2026, 11, 17, 9, 0, 5, tzinfo=UTC)


async def _direct(house: House, who: str, words: str) -> str:
    place = await house.person(who).dm()
    return (await house.world.channel(place).wait_for(words)).words()


async def _name_editor(house: House, who: str) -> None:
    ana = house.person("ana")
    await ana.command(f"/firsthand editors @{who}", channel="pilot")
    modal = await ana.modal("Who does what")
    await modal.submit()
    await ana.modal("Saved")
    await (await ana.modal()).close()


async def test_where_guests_read_along_it_posts_only_after_an_editor_says_so(house: House) -> None:
    await house.story()
    await _name_editor(house, "mika")
    ben, mika = house.person("ben"), house.person("mika")
    await ben.command("/firsthand", channel="lobby")
    await ben.submit()
    await (await ben.modal("Which stories")).submit()
    await house.world.channel("lobby").wait_for("waits for an editor", as_="ben")
    await _direct(house, "ben", "an editor has to agree first")
    house.clock.moment = TUESDAY
    assert await ticks(house) == 0

    place = await mika.dm()
    question = await house.world.channel(place).wait_for("guests from outside read that channel")
    await mika.click(question, "digest_allow_guests")
    await house.world.channel(place).wait_for("agreed that")
    await _direct(house, "ben", "agreed that")
    kept = await settings_of(house, "lobby")
    assert kept is not None
    assert (kept.state, kept.guests_allowed_by) == (ChannelState.ON, mika.id)
    house.clock.moment = TUESDAY.replace(day=18)
    assert await ticks(house) == 1
    acts = [row[0] for row in await house.rows("SELECT act FROM audit ORDER BY id")]
    assert acts == ["publish", "name_editor", "tune_channel", "stop_channel", "allow_guests"]


async def test_what_one_editor_agrees_to_answers_the_question_for_the_others(house: House) -> None:
    ben, mika, ana = (house.person(name) for name in ("ben", "mika", "ana"))
    async with house.desk.begin() as session:
        for who in (mika, ana):
            await people.grant(session, WORKSPACE, who.id, Role.EDITOR, by=ana.id, now=house.desk.now())
    await ben.command("/firsthand", channel="lobby")
    await ben.submit()
    await (await ben.modal("Which stories")).submit()
    asked = {}
    for who in (mika, ana):
        asked[who.id] = await house.world.channel(await who.dm()).wait_for("guests from outside read")
    await mika.click(asked[mika.id], "digest_allow_guests")
    for who in (mika, ana):
        answer = await house.world.channel(await who.dm()).wait_for("agreed that")
        assert "digest_allow_guests" not in answer.actions()


async def test_a_guest_who_joins_later_stops_it_before_the_next_digest(house: House) -> None:
    await house.story()
    await listens(house, by="ana")
    await house.person("ben").do("invite", channel="pilot", who="gus")
    house.clock.moment = TUESDAY
    assert await ticks(house) == 0
    kept = await settings_of(house)
    assert kept is not None
    assert (kept.state, kept.stopped_because) == (ChannelState.WAITING, StopReason.GUESTS)
    assert await house.world.channel("pilot").messages() == []


async def test_nobody_but_editors_lets_guests_in(house: House) -> None:
    await house.story()
    await _name_editor(house, "mika")
    await listens(house, "lobby", by="ben")
    house.clock.moment = TUESDAY
    await ticks(house)
    place = await house.person("mika").dm()
    question = await house.world.channel(place).wait_for("guests from outside")
    ana = house.person("ana")
    await ana.command("/firsthand editors", channel="pilot")
    modal = await ana.modal("Who does what")
    await modal.submit({"editors": []})
    await house.person("mika").click(question, "digest_allow_guests")
    await house.world.channel(place).wait_for("Only editors and workspace admins", as_="mika")
    kept = await settings_of(house, "lobby")
    assert kept is not None
    assert kept.state is ChannelState.WAITING


async def test_a_channel_too_large_to_look_at_needs_an_editors_word_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guests, "MOST_ASKED", 2)
    await house.story()
    await listens(house)
    house.clock.moment = TUESDAY
    assert await ticks(house) == 0
    kept = await settings_of(house)
    assert kept is not None
    assert (kept.state, kept.stopped_because) == (ChannelState.WAITING, StopReason.LARGE)
    assert await house.world.calls("users.info") <= 3


async def test_an_admin_who_sets_up_a_channel_with_guests_is_asked_right_there(house: House) -> None:
    ana = house.person("ana")
    await ana.command("/firsthand", channel="lobby")
    await ana.submit()
    await (await ana.modal("Which stories")).submit()
    question = await house.world.channel("lobby").wait_for("Is that all right?", as_="ana")
    await ana.click(question, "digest_allow_guests")
    kept = await settings_of(house, "lobby")
    assert kept is not None
    assert kept.guests_allowed_by == ana.id


async def test_only_admins_name_editors_and_never_guests(house: House) -> None:
    await house.person("noor").command("/firsthand editors", channel="pilot")
    said = (await house.person("noor").ephemerals("pilot"))[-1].words()
    assert "Only workspace admins name people" in said
    ana = house.person("ana")
    await ana.command("/firsthand editors", channel="pilot")
    await (await ana.modal("Who does what")).submit({"editors": ["gus"]})
    assert "roles are for the company’s own people" in (await ana.errors())["editors"]
