from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot import ids
from storage import channels
from stories.channels import ChannelState
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import form, listens, settings_of, ticks
from tests.bot.stories.conftest import House
from tests.conftest import WORKSPACE


async def _said(house: House, who: str, channel: str = "pilot") -> str:
    return (await house.person(who).ephemerals(channel))[-1].words()


async def test_a_channel_is_set_up_in_two_views(house: House) -> None:
    await house.story()
    ana = house.person("ana")
    await ana.command("/firsthand", channel="pilot")
    when = await ana.modal("Customer stories here")
    assert_valid({k: when.raw[k] for k in ("type", "title", "blocks", "close", "submit")}, "modal")
    assert when.values["time_zone"]["time_zone"]["selected_option"]["value"] == "Europe/Lisbon"
    assert when.values["country"]["country"]["selected_option"]["value"] == "PT"
    await when.fill(
        {"at": "10:30", "time_zone": "berlin", "country": "germany", "days": ["Tuesday", "Thursday"]}
    )
    await when.submit()
    what = await ana.modal("Which stories")
    assert_valid({k: what.raw[k] for k in ("type", "title", "blocks", "close", "submit")}, "modal")
    await what.submit(
        {
            "how_many": "2 stories",
            "told_as": "In their words, in short",
            "channel_themes": ["invoices"],
            "managers": ["ana", "ben"],
        }
    )
    kept = await settings_of(house)
    assert kept is not None
    assert kept.times.days == {1, 3}
    assert (kept.times.at, kept.times.time_zone, kept.times.country) == (time(10, 30), "Europe/Berlin", "DE")
    assert (kept.digest.how_many, kept.digest.themes) == (2, frozenset({"invoices"}))
    assert kept.managers == (ana.id, house.person("ben").id)
    assert kept.template == "in-their-words"
    assert kept.next_at == datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
    said = await house.world.channel("pilot").wait_for("up to 2 stories, about invoices", as_="ana")
    assert "Tuesday 17 November at 10:30" in said.words()
    assert [row[0] for row in await house.rows("SELECT act FROM audit")] == ["publish", "tune_channel"]
    assert await house.world.channel("pilot").messages() == [], "setting up posts nothing"
    await _set_up_from_outside(house)
    await ana.command("/firsthand digest now", channel="pilot")
    preview = (await ana.modal("Stories for this channel")).words()
    assert "flour on the screen" in preview
    assert "What happened" not in preview


async def _set_up_from_outside(house: House) -> None:
    """Whoever sets a channel up from App Home need not be in it, and hears in private what became of it."""
    ana = house.person("ana")
    await house.world.faults.add("chat.postEphemeral", "refuse", error="user_not_in_channel")
    await ana.command("/firsthand", channel="pilot")
    await (await ana.modal("Customer stories here")).submit()
    await (await ana.modal("Which stories")).submit({"how_many": "3 stories"})
    await house.world.channel(await ana.dm()).wait_for("up to 3 stories", as_="ana")


async def test_choosing_a_day_is_asked_for_beside_the_days(house: House) -> None:
    ana = house.person("ana")
    await ana.command("/firsthand", channel="pilot")
    when = await ana.modal()
    await when.submit({"days": []})
    assert set(await ana.errors()) == {"days"}
    assert len(await ana.modals()) == 1


async def test_only_managers_change_settings_and_the_refusal_names_them(house: House) -> None:
    await listens(house, by="mika")
    await house.person("noor").command("/firsthand", channel="pilot")
    said = await _said(house, "noor")
    assert "up to Mika Laine" in said
    assert "snooze" in said
    assert await house.person("noor").modals() == []
    await house.person("gus").command("/firsthand", channel="lobby")
    assert "company’s own people" in await _said(house, "gus", "lobby")


async def test_whoever_opened_the_channel_may_change_settings_and_name_others(house: House) -> None:
    await listens(house, by="mika")
    ana, noor = house.person("ana"), house.person("noor")
    await ana.command("/firsthand", channel="pilot")
    await ana.submit()
    await (await ana.modal("Which stories")).submit({"managers": ["mika", "noor"]})
    await noor.command("/firsthand", channel="pilot")
    await noor.modal(holding="Customer stories here")
    await house.person("ben").command("/firsthand", channel="pilot")
    assert "up to Mika Laine, Noor Haddad or Ana Sousa" in await _said(house, "ben")


async def test_a_manager_who_has_left_is_not_named(house: House) -> None:
    channel = await listens(house, by="mika")
    async with house.desk.begin() as session:
        await channels.save(session, WORKSPACE, replace(channel, managers=("UGONE",)), now=house.desk.now())
    await house.person("ben").command("/firsthand", channel="pilot")
    assert "up to Ana Sousa." in await _said(house, "ben")


async def test_pausing_keeps_and_off_forgets(house: House) -> None:
    await listens(house)
    ana = house.person("ana")
    for state, left in (("Paused", ChannelState.PAUSED), ("On", ChannelState.ON), ("Off", None)):
        await ana.command("/firsthand", channel="pilot")
        await ana.submit()
        await (await ana.modal("Which stories")).submit({"state": state})
        kept = await settings_of(house)
        assert (kept and kept.state) == left
        assert kept is None or (kept.next_at is None) == (left is ChannelState.PAUSED)


async def test_a_later_time_today_does_not_promise_a_second_digest(house: House) -> None:
    await house.story()
    await listens(house)
    house.clock.moment = datetime(2026, 11, 17, 9, 0, 5, tzinfo=UTC)
    assert await ticks(house) == 1
    ana = house.person("ana")
    await ana.command("/firsthand", channel="pilot")
    await ana.submit({"at": "15:00"})
    await ana.submit()
    kept = await settings_of(house)
    assert kept is not None
    assert kept.next_at == datetime(2026, 11, 18, 15, tzinfo=UTC)
    await house.story(form(2))
    house.clock.moment = datetime(2026, 11, 17, 15, 0, 5, tzinfo=UTC)
    assert await ticks(house) == 0


async def test_searches_find_zones_countries_segments_and_themes(house: House) -> None:
    await house.story(form(1, segment="Bakeries", themes=("pricing", "vat")))
    ana = house.person("ana")
    await ana.command("/firsthand", channel="pilot")
    when = await ana.modal()
    assert (await ana.suggest(when, "time_zone", "new y"))[0] == "New York (America)"
    assert "Germany, BY" in await ana.suggest(when, "country", "germany")
    await when.submit()
    what = await ana.modal("Which stories")
    assert await ana.suggest(what, "channel_segments", "bak") == ["Bakeries"]
    assert await ana.suggest(what, "channel_themes", "") == ["pricing", "vat"]


async def test_an_empty_database_shows_the_next_step(house: House) -> None:
    ana = house.person("ana")
    await ana.command("/firsthand status", channel="pilot")
    assert "hears no stories yet" in await _said(house, "ana")
    await ana.command("/firsthand digest now", channel="pilot")
    await ana.modal(holding="/interview")
    await (await ana.modal()).close()
    await ana.command("/firsthand", channel="pilot")
    await ana.submit()
    what = await ana.modal("Which stories")
    assert "Until then every story fits" in what.words()
    await what.submit()
    await house.world.channel("pilot").wait_for("/interview writes one up", as_="ana")


async def test_the_command_says_where_and_what_it_can(house: House) -> None:
    ana, ben = house.person("ana"), house.person("ben")
    for place, words in (("general", "/invite @Firsthand"), ("closed", "private ones work too")):
        await ana.command("/firsthand", channel=place)
        assert words in await _said(house, "ana", place)
    await ana.command("/firsthand", channel="partners")
    assert "other companies" in await _said(house, "ana", "partners")
    await ben.command("/firsthand", channel=await ben.dm())
    assert "in the channel that should hear stories" in await _said(house, "ben", "@app")
    await ana.command("/firsthand statsu", channel="pilot")
    assert "Did you mean status?" in await _said(house, "ana")
    await ana.command("/firsthand wibble", channel="pilot")
    assert "These I do: settings, help, status" in await _said(house, "ana")
    await ana.command("/firsthand help", channel="pilot")
    assert "digest now" in await _said(house, "ana")


async def test_status_says_what_and_when_in_plain_words(house: House) -> None:
    await listens(house, how_many=1, themes=frozenset({"pricing"}))
    await house.person("ben").command("/firsthand status", channel="pilot")
    said = await _said(house, "ben")
    assert "one story, about pricing" in said
    assert "Monday to Friday at 09:00 London time, except on public holidays" in said
    assert "Tuesday 17 November at 09:00" in said


async def test_anybody_snoozes_and_wakes_and_the_settings_say_so(house: House) -> None:
    await house.story()
    await listens(house)
    house.clock.moment = datetime(2026, 11, 17, 9, 0, 5, tzinfo=UTC)
    await ticks(house)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    noor = house.person("noor")
    await noor.pick(post, "digest_snooze", "For a week")
    until = "no digest until Wednesday 25 November at 09:00"
    said = await house.world.channel("pilot").wait_for(until, as_="noor")
    kept = await settings_of(house)
    assert kept is not None
    assert kept.next_at == datetime(2026, 11, 25, 9, tzinfo=UTC)
    await house.person("ana").command("/firsthand", channel="pilot")
    modal = await house.person("ana").modal()
    assert "snoozed it until Tuesday 24 November" in modal.words()
    await noor.click(said, "digest_wake")
    await house.world.channel("pilot").wait_for("Wednesday 18 November", as_="noor")
    await noor.pick(post, "digest_snooze", "Skip the next one")
    kept = await settings_of(house)
    assert kept is not None
    assert kept.next_at == datetime(2026, 11, 19, 9, tzinfo=UTC)
    await (await modal.refresh()).choose("digest_wake")
    assert "snoozed" not in modal.words()
    kept = await settings_of(house)
    assert kept is not None
    assert kept.next_at == datetime(2026, 11, 18, 9, tzinfo=UTC)
    house.clock.advance(timedelta(days=1))


async def test_why_this_says_who_asked_and_how_to_turn_it_down(house: House) -> None:
    await house.story()
    await listens(house)
    house.clock.moment = datetime(2026, 11, 17, 9, 0, 5, tzinfo=UTC)
    await ticks(house)
    post = await house.world.channel("pilot").wait_for("Invoices at four")
    await house.person("noor").click(post, "digest_why")
    said = await _said(house, "noor")
    assert "asked for it" in said
    assert "Snooze" in said
    await house.person("ana").click(post, "digest_tune")
    assert "Customer stories here" in (await house.person("ana").modal()).title


async def test_a_channel_chosen_on_app_home_goes_on_to_its_settings(house: House) -> None:
    ana = house.person("ana")
    await ana.open_home()
    await ana.click(await ana.home("Your first week"), ids.HOME_CHANNEL)
    modal = await ana.modal("A pilot channel")
    await modal.fill({"channel": "general"})
    await ana.modal(holding="/invite @Firsthand")
    await modal.submit()
    assert "/invite @Firsthand" in (await ana.errors())["channel"]
    await modal.fill({"channel": "pilot"})
    await (await ana.modal("Customer stories here")).submit()
    await (await ana.modal("Which stories")).submit()
    await house.world.channel("pilot").wait_for("The first digest comes on", as_="ana")
    assert await settings_of(house) is not None
