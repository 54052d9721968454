"""A channel hears the customers whom its rules ask for, at their hour, as long as it may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from bot import publishing
from bot.erasing.answers import quoted
from bot.routing import ids
from bot.routing.composing import told_now
from bot.routing.following import follow_changed_answers, follow_turned_routes
from bot.routing.planning import route_due
from bot.search_gleaning import glean
from bot.tuning import defaults
from playground.client import Modal
from storage import channels, nps_erasing, nps_settings, routes, workspaces
from storage.holdings import About
from storage.tables_posts import DeliveryRow
from stories.channels import ChannelState
from stories.routing.rule import Rule, as_kept, rule_of
from tests.blockkit import assert_valid
from tests.bot.routing.conftest import House, Survey
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE

TYPED = "detractors from enterprise about billing → #pilot, at most three a day, as a digest at 4 pm"
NASTY = "The billing is <!channel> *wrong*, again."
FOUR = datetime(2026, 11, 16, 16, tzinfo=UTC)


async def typed(house: House, sentence: str = TYPED, *, by: str = "ben") -> Modal:
    await house.person(by).command(f"/firsthand route {sentence}", channel="pilot")
    return await house.person(by).modal()


async def begun(house: House, sentence: str = TYPED) -> None:
    await (await typed(house, sentence)).submit()
    assert "It’s on" in (await house.person("ben").modal()).words()


async def test_a_rule_in_a_sentence_brings_a_digest_at_four(house: House, survey: Survey) -> None:
    preview = await typed(house)
    assert "Comments and stories of detractors from plan: “Enterprise”" in preview.words()
    assert "Last month it would have found 1" in preview.words().replace("*", "")
    assert "The billing page is slow." in preview.words()
    await preview.submit()
    assert "at most 3 a day at 16:00" in (await house.person("ben").modal()).words()
    late = [survey.answer(str(number), f"Billing took {number} days.") for number in range(2, 6)]
    others = [
        survey.answer("6", "The billing is fine.", score=9),
        survey.answer("7", "The billing is slow.", plan="Basic"),
        survey.answer("8", "The colours are odd."),
    ]
    for answers in ([survey.answer("1", NASTY)], *([one] for one in late), others):
        await survey.push_all(answers)
    assert await survey.until(FOUR - timedelta(minutes=1)) == 0
    assert await survey.until(FOUR) == 1
    post = await house.world.channel("pilot").wait_for("Customers’ words for this channel")
    for expected in ("took 5 days", "took 4 days", "took 3 days", "2 more fitted", "2 of 10, detractor"):
        assert expected in post.words()
    for unasked in ("slow", "fine", "odd"):
        assert unasked not in post.words()
    assert "/firsthand route" in post.words()
    assert_valid({"text": post.raw["text"], "blocks": post.raw["blocks"]}, "message")
    assert await survey.until(FOUR + timedelta(minutes=5)) == 0


async def test_what_was_brought_follows_its_customers_and_what_is_gone_stays_gone(
    house: House, survey: Survey
) -> None:
    await begun(house)
    await survey.push_all([survey.answer(key, f"Billing took {key} days.") for key in ("4", "5")])
    assert await survey.until(FOUR) == 1
    pilot = house.world.channel("pilot")
    await pilot.wait_for("took 5 days")
    await survey.push("5", NASTY)
    house.desk.wake_outbox()
    await pilot.wait_for("*wrong*, again")
    async with house.desk.begin() as session:
        person = await nps_erasing.person_of(session, WORKSPACE, "4@example.com")
        found = await quoted(session, WORKSPACE, About.RESPONDENT, person or "")
        assert len(found.posts) == 1
        await nps_erasing.erase_person(session, WORKSPACE, "4@example.com", now=NOW)
    assert await survey.share(shared=True) == 1
    await pilot.wait_until_gone("took 4 days")
    assert await survey.share(shared=False) == 1
    assert await survey.share(shared=False) == 0
    await pilot.wait_until_gone("Customers’ words for this channel")
    said = await house.rows("SELECT count(*) FROM deliveries")
    assert await survey.share(shared=True) == 1
    assert await house.rows("SELECT count(*) FROM deliveries") == said
    await _too_few_by_now(house, survey)


async def _too_few_by_now(house: House, survey: Survey) -> None:
    """What was brought is asked of the group again, and its post is not put right over and over for that."""
    async with house.desk.begin() as session:
        (post_id,) = await routes.posts_with_answers(session, WORKSPACE, [(survey.source, "5")])
        assert await told_now(session, WORKSPACE, post_id, NOW, command="/firsthand") is not None
        known = await nps_settings.get(session, WORKSPACE)
        await nps_settings.change(session, WORKSPACE, replace(known, smallest_group=50))
        assert await told_now(session, WORKSPACE, post_id, NOW, command="/firsthand") is None
        assert await follow_changed_answers(session, WORKSPACE, [(survey.source, "5")], now=NOW) == 1
    assert await follow_turned_routes(house.desk) == 0


async def test_what_is_wrong_is_said_with_what_was_typed_still_there(house: House, survey: Survey) -> None:
    wrong = await typed(house, "detractors from enterprize about billing")
    assert "Did you mean “Enterprise”" in wrong.words()
    await wrong.submit({"sentence": "detractors from enterprise to #lobby"})
    assert "type it there" in (await house.person("ben").errors())["sentence"]
    await wrong.submit({"sentence": "detractors about billing, at most 90 a day"})
    assert "At most 10" in (await house.person("ben").errors())["sentence"]
    await wrong.submit({"sentence": TYPED})
    assert "Last month" in (await house.person("ben").modal()).words()
    await house.person("gus").command(f"/firsthand route {TYPED}", channel="lobby")
    await house.world.channel("lobby").wait_for("own people", as_="gus")
    assert await house.rows("SELECT * FROM routes") == []


async def test_a_rule_by_fields_is_changed_and_stopped_and_all_of_it_is_on_record(
    house: House, survey: Survey
) -> None:
    ben = house.person("ben")
    modal = await typed(house, "")
    await ben.click(modal, ids.FIELDS)
    fields = await ben.modal("A rule")
    await fields.submit({"most": "40"})
    assert "1 to 10" in (await ben.errors())["most"]
    await fields.submit({"most": "2", "at": "half past"})
    assert "at" in await ben.errors()
    await fields.submit({"at": "4pm"})
    assert "bring everything" in (await ben.errors())["bands"]
    await fields.submit({"bands": ["detractors", "promoters"]})
    assert "two rules" in (await ben.errors())["bands"]
    await fields.submit(
        {"bands": ["detractors"], ids.SEGMENTS: ["Enterprise"], "words": "Billing", "day": "friday"}
    )
    await (await ben.modal("What it would bring")).submit()
    listed = await ben.modal("Customers’ words")
    await ben.click(listed, ids.CHANGE)
    await (await ben.modal("A rule")).submit({"day": "each_day"})
    await (await ben.modal("What it would bring")).submit()
    async with house.desk.read() as session:
        (route,) = await routes.of_channel(session, WORKSPACE, await house.channel_id("pilot"))
    wanted = Rule(
        scores=(0, 6), segments=(("plan", "Enterprise"),), words=("billing",), most=2, at=FOUR.time()
    )
    assert rule_of(route.rule) == wanted
    await ben.click(await ben.modal("Customers’ words"), ids.STOP)
    assert "stopped" in (await ben.modal("Customers’ words")).words()
    acts = await house.rows("SELECT act FROM audit WHERE act LIKE 'route%' ORDER BY id")
    assert acts == [("route",), ("route",), ("route_stopped",)]


async def test_a_story_is_brought_once_and_goes_when_it_is_taken_back(house: House, survey: Survey) -> None:
    await house.story(BAKER)
    await glean(house.desk, WORKSPACE)
    await begun(house, "stories from small business about invoices at 4 pm")
    story_id = await house.story(replace(BAKER, title="Invoices again"), by="mika")
    await survey.push("1", "The invoices are late.")
    assert await survey.until(FOUR) == 1
    pilot = house.world.channel("pilot")
    post = await pilot.wait_for("Customers’ words for this channel")
    assert "Invoices again" in post.words()
    assert BAKER.title not in post.words()
    assert "are late" not in post.words()
    assert await survey.until(FOUR + timedelta(days=1)) == 0
    async with house.desk.begin() as session:
        await publishing.withdraw(session, WORKSPACE, story_id, by="U1", now=house.desk.now())
    house.desk.wake_outbox()
    await pilot.wait_until_gone("Invoices again")


async def test_the_preview_says_what_the_ceiling_would_have_left(house: House, survey: Survey) -> None:
    """Of six on a Friday three come at four; what came on the Saturday waits for Monday."""
    for back, keys in ((3, "abcde"), (2, "fg")):
        house.clock.advance(-timedelta(days=back))
        await survey.push_all([survey.answer(key, f"Billing took {key}.") for key in keys])
        house.clock.advance(timedelta(days=back))
    preview = await typed(house)
    said = preview.words().replace("*", "")
    assert "Last month it would have found 8" in said
    assert "At most 3 come at once: that would have been 5 of them, in 2 posts." in said


async def test_a_few_are_no_group_to_hide_in_and_their_comments_stay_out(
    house: House, survey: Survey
) -> None:
    await survey.push("1", "The billing is slow.", plan="Basic")
    preview = await typed(house, "comments from basic about billing")
    assert "Too few of these customers answered" in preview.words()
    assert "is slow" not in preview.words()


async def test_on_a_day_that_is_taken_it_waits_for_the_next(house: House, survey: Survey) -> None:
    await begun(house)
    await survey.push("1", "Billing took two days.")
    await house.share(await house.story(BAKER))
    day = f"day:{FOUR.date().isoformat()}"
    async with house.desk.begin() as session:
        await session.execute(update(DeliveryRow).values(attention_window=day, attention_seat=1))
    assert await survey.until(FOUR) == 1
    assert await house.rows("SELECT state FROM unasked WHERE kind = 'routed'") == [("waiting",)]
    assert await survey.until(FOUR + timedelta(days=1)) == 0
    await house.world.channel("pilot").wait_for("took two days")


async def test_nothing_is_lost_while_nothing_may_be_posted(house: House, survey: Survey) -> None:
    await begun(house)
    await survey.push("1", "Billing took two days.")
    place = await house.channel_id("pilot")
    client = await house.desk.connections.client(WORKSPACE)
    asker = await house.desk.colleagues.get(client, WORKSPACE, house.person("ben").id)
    paused = replace(defaults(place, asker, country=None), state=ChannelState.PAUSED)
    for channel, brought in ((paused, 0), (replace(paused, state=ChannelState.ON), 1)):
        async with house.desk.begin() as session:
            await channels.save(session, WORKSPACE, channel, now=house.desk.now())
        assert await survey.until(house.desk.now() + timedelta(days=1) if brought else FOUR) == brought
    await house.world.channel("pilot").wait_for("took two days")


async def gone_with_rules(house: House) -> None:
    """A workspace for which nobody speaks any more, with as many rules due as are read at a time."""
    async with house.desk.database.begin() as session:
        await workspaces.ensure(session, "T0GONE", name="", installed_by=None, now=NOW)
        for _number in range(200):
            await routes.add_route(session, "T0GONE", "C1", as_kept(Rule()), by="U1", now=NOW, next_at=NOW)


async def test_where_the_days_digest_is_still_to_come_it_waits_to_ride_along(
    house: House, survey: Survey
) -> None:
    await gone_with_rules(house)
    await begun(house)
    await survey.push("1", "Billing took two days.")
    place = await house.channel_id("pilot")
    client = await house.desk.connections.client(WORKSPACE)
    asker = await house.desk.colleagues.get(client, WORKSPACE, house.person("ben").id)
    channel = replace(defaults(place, asker, country=None), next_at=FOUR + timedelta(hours=1))
    async with house.desk.begin() as session:
        await channels.save(session, WORKSPACE, channel, now=house.desk.now())
    house.clock.moment = FOUR
    assert await route_due(house.desk) == 1
    assert await house.rows("SELECT state FROM unasked WHERE kind = 'routed'") == [("waiting",)]
