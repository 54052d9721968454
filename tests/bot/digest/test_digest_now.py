from __future__ import annotations

from datetime import UTC, datetime

from bot import publishing
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import form, listens, settings_of, ticks
from tests.bot.stories.conftest import House

TUESDAY = datetime(2026, 11, 17, 9, 0, 5, tzinfo=UTC)


async def test_a_digest_now_is_seen_by_one_then_posted_and_is_not_the_days_digest(house: House) -> None:
    for number in range(3):
        await house.story(form(number))
    await listens(house, how_many=2)
    house.clock.moment = TUESDAY.replace(hour=7)
    ana = house.person("ana")
    await ana.command("/firsthand digest now", channel="pilot")
    modal = await ana.modal("Stories for this channel")
    assert_valid({k: modal.raw[k] for k in ("type", "title", "blocks", "close", "submit")}, "modal")
    assert modal.words().count("Story ") == 2
    assert await house.world.channel("pilot").messages() == []
    await modal.submit()
    post = await house.world.channel("pilot").wait_for("asked for by")
    assert f"<@{ana.id}>" in post.text
    before = await settings_of(house)
    house.clock.moment = TUESDAY
    assert await ticks(house) == 1, "the day's digest comes all the same"
    assert before is not None
    told = await house.rows("SELECT count(*), count(DISTINCT story_id) FROM tellings")
    assert told == [(3, 3)], "with the one story that is left"


async def test_the_same_word_given_twice_posts_once(house: House) -> None:
    await house.story()
    await listens(house)
    ana = house.person("ana")
    await ana.command("/firsthand digest now", channel="pilot")
    await house.world.faults.add("payload:view_submission", "twice")
    await (await ana.modal()).submit()
    await house.world.channel("pilot").wait_for("asked for by")
    assert await house.rows("SELECT count(*) FROM deliveries WHERE kind='digest'") == [(1,)]


async def test_what_was_withdrawn_meanwhile_is_not_posted(house: House) -> None:
    story = await house.story()
    ana = house.person("ana")
    await ana.command("/firsthand digest now", channel="pilot")
    modal = await ana.modal()
    async with house.desk.begin() as session:
        await publishing.withdraw(session, "T0TEST", story, by=ana.id, now=house.desk.now())
    await modal.submit()
    await ana.modal(holding="may be told any more")
    assert await house.rows("SELECT count(*) FROM deliveries") == [(0,)]


async def test_guests_keep_it_from_being_posted(house: House) -> None:
    await house.story()
    ana = house.person("ana")
    await ana.command("/firsthand digest now", channel="lobby")
    await (await ana.modal()).submit()
    await ana.modal(holding="an editor has to agree first")
