"""App Home as people meet it: empty, busy, somebody else's, a guest's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import ids
from bot.home import publish
from bot.preferences import Private
from playground.panes import Window
from storage import customers, drafts, people
from stories.consent import Consent, Purpose
from stories.forms import Form
from tests.bot.stories.conftest import BAKER, House
from tests.conftest import WORKSPACE


async def home_of(house: House, name: str, holding: str = "") -> Window:
    """Open somebody's App Home and wait until it holds these words."""
    person = house.person(name)
    await person.open_home()
    return await person.home(holding)


async def test_an_empty_home_says_what_this_is_and_offers_the_first_step(house: House) -> None:
    home = await home_of(house, "ben", "What this is")
    assert home.actions()[0] == ids.INTERVIEW_OPEN
    assert "Nothing is published yet" in home.words()
    assert "first week" not in home.words()


async def test_opening_it_again_costs_no_second_call_until_something_changed(house: House) -> None:
    await home_of(house, "ben", "What this is")
    client = await house.desk.connections.client(WORKSPACE)
    ben = house.person("ben")
    shown = (await ben.home()).raw["hash"]

    async def remembered() -> bool:
        return any(shown in str(row) for row in await house.rows("SELECT home_hash FROM people"))

    await house.world.until(remembered, "what was shown to be remembered")
    assert not await publish(house.desk, client, WORKSPACE, ben.id, shown=shown)
    # Slack lost it (the app was installed anew): what we remember does not count.
    assert await publish(house.desk, client, WORKSPACE, ben.id, shown=None)
    shown = (await ben.home()).raw["hash"]
    await house.story()
    assert await publish(house.desk, client, WORKSPACE, ben.id, shown=shown)


async def test_an_author_sees_what_came_of_a_story(house: House) -> None:
    story_id = await house.story()
    await house.share(story_id)
    message = await house.world.channel("pilot").wait_for(BAKER.title)
    await house.person("ben").click(message, ids.STORY_THOUGHT)
    home = await home_of(house, "ana", "Your stories")
    words = home.words()
    assert "It made one person think" in words
    assert "Published" in words
    assert {ids.STORY_PREVIEW, ids.STORY_EDIT, ids.STORY_WITHDRAW} <= set(home.actions())


async def test_a_story_withdrawn_on_the_home_changes_the_home(house: House) -> None:
    await house.story()
    ana = house.person("ana")
    home = await home_of(house, "ana", "Your stories")
    await ana.click(home, ids.STORY_WITHDRAW)
    home = await ana.home("Withdrawn")
    assert ids.STORY_WITHDRAW not in home.actions()


async def test_a_kept_story_is_published_with_the_one_button_of_the_next_step(house: House) -> None:
    await house.story(published=False, by="ben")
    ben = house.person("ben")
    home = await home_of(house, "ben", "only you see it")
    assert home.actions()[0] == ids.STORY_PUBLISH
    await ben.click(home, ids.STORY_PUBLISH, block_id="next_step")
    assert "Published 16 November 2026" in (await ben.home("Published 16")).words()


async def test_others_read_only_what_consent_allows(house: House) -> None:
    await house.story()
    words = (await home_of(house, "ben", "Invoices at four")).words()
    assert "baker from Leeds" in words
    assert "Marta" not in words
    assert "Ortega" not in words


async def test_a_story_whose_consent_was_taken_back_leaves_everybodys_home(house: House) -> None:
    story_id = await house.story()
    await home_of(house, "ben", BAKER.title)
    [(customer,)] = await house.rows("SELECT id FROM customers")
    taken_back = Consent(
        customer_id=customer,
        interview_id=None,
        purpose=Purpose.NOT_SHARED,
        recorded_by="U",
        recorded_at=house.desk.now() + timedelta(seconds=1),
        valid_from=house.desk.now(),
    )
    async with house.desk.begin() as session:
        await customers.record_consent(session, WORKSPACE, taken_back)
    assert story_id
    assert BAKER.title not in (await home_of(house, "ben", "Nothing is published yet")).words()
    assert "Not shown" in (await home_of(house, "ana", "Not shown")).words()


async def test_drafts_are_found_again(house: House) -> None:
    ben = house.person("ben")
    async with house.desk.begin() as session:
        form = Form(name="Ida <!channel>", trying_to="Print the rota")
        await drafts.begin(session, WORKSPACE, ben.id, form, step="who", now=house.desk.now())
    home = await home_of(house, "ben", "Your drafts")
    assert "Print the rota" in home.words()
    assert "<!channel>" not in str(home.blocks)
    assert home.actions()[0] == ids.DRAFT_OPEN
    assert ids.DRAFT_DROP in home.actions()


async def test_a_person_with_hundreds_of_stories_gets_a_short_page_that_points_on(house: House) -> None:
    for number in range(60):
        await house.story(replace(BAKER, title=f"Story {number}"), published=number % 6 == 0)
    home = await home_of(house, "ana", "newest 5 of 60")
    assert len(home.blocks) < 60
    assert "/stories mine" in home.words()
    assert "Story 59" in home.words()
    assert "Story 54" not in home.words()


async def test_a_guest_learns_that_this_is_not_for_guests(house: House) -> None:
    await house.story()
    home = await home_of(house, "gus", "nothing in it for guests")
    assert BAKER.title not in home.words()
    assert home.actions() == []


async def test_the_messages_tab_is_left_alone(house: House) -> None:
    await house.person("ben").open_home(tab="messages")
    await home_of(house, "mika", "What this is")
    assert await house.world.calls("views.publish") == 1
    assert await house.world.calls("chat.postMessage") == 0


async def test_what_somebody_wants_to_hear_is_kept_and_shown(house: House) -> None:
    ben = house.person("ben")
    home = await home_of(house, "ben", "tell you in private")
    await ben.click(home, ids.HOME_TELL_ME, {"selected_options": []})
    async with house.desk.read() as session:
        chosen = await people.settings(session, WORKSPACE, ben.id)
    assert chosen["off"] == sorted(kind.value for kind in Private)

    async def unticked() -> bool:
        return not (await ben.home()).values["tell_me"][ids.HOME_TELL_ME]["selected_options"]

    await house.world.until(unticked, "no tick")


async def test_help_tells_what_is_posted_and_how_to_turn_it_down(house: House) -> None:
    ben = house.person("ben")
    await ben.click(await home_of(house, "ben", "What this is"), ids.HOME_HELP)
    words = (await ben.modal("How Firsthand works")).words()
    assert "/interview" in words
    assert "Nothing anywhere until" in words
