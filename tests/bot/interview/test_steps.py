"""From step to step: nothing typed is lost, and what is wrong stands beside its field."""

from __future__ import annotations

from sqlalchemy import delete

from bot import ids
from storage import customers
from storage.tables import CustomerRow
from tests.bot.interview.conftest import ALIAS, MEANING, WHAT, WHO, WORDS, World
from tests.conftest import NOW


async def known(world: World, name: str = "Marta Ortega", company: str = "Ortega Pottery") -> int:
    async with world.desk.begin() as session:
        return await customers.create(
            session,
            world.team,
            name=name,
            alias="the potter",
            company=company,
            segment="small shop",
            created_by=world.ana.id,
            now=NOW,
        )


def text_in(modal_values: dict[str, dict[str, dict[str, str]]], block: str) -> str | None:
    return next(iter(modal_values[block].values()))["value"]


async def test_an_error_stands_beside_its_field_and_what_was_typed_is_kept(world: World) -> None:
    modal = await world.opened()
    outcome = await modal.submit(WHO | {ALIAS: "Marta from payroll", "Their company": "Ortega"})
    assert outcome["errors"] == {
        "alias:0": "This gives the name away; try something like “the baker from Leeds”."
    }
    draft = await world.only_draft()
    assert (draft.form.name, draft.form.company, draft.step) == ("Marta Ortega", "Ortega", "who")


async def test_an_empty_form_is_told_what_is_missing(world: World) -> None:
    modal = await world.opened()
    answer = await world.submitted(modal)
    assert answer["response_action"] == "errors"
    assert answer["errors"] == {
        "name": "Please say who you talked with; a nickname will do.",
        "how": "Please choose how you talked.",
    }


async def test_the_day_defaults_to_today_where_the_author_is(world: World) -> None:
    modal = await world.opened()
    assert modal.values["talked_on"]["talked_on"]["selected_date"] == "2026-11-16"


async def test_a_name_of_emoji_alone_is_refused_kindly(world: World) -> None:
    modal = await world.opened()
    outcome = await modal.submit(WHO | {"name": "🎉🎉"})
    assert outcome["errors"]["name"].startswith("Please use at least one letter or number")


async def test_a_name_written_from_right_to_left_goes_all_the_way(world: World) -> None:
    modal = await world.opened()
    who = WHO | {"name": "שלום לוי", ALIAS: "בעלת חנות"}
    await world.walked(modal, who, WHAT, {"quote_0": "אין לי זמן לזה."}, {}, {"sharing": "With their name"})
    assert "שלום לוי" in modal.words()
    await modal.submit()
    (story,) = await world.stories()
    assert story.interview.customer.name == "שלום לוי"
    assert story.interview.quotes[0].text == "אין לי זמן לזה."


async def test_back_keeps_what_was_typed_and_shows_what_was_before(world: World) -> None:
    modal = await world.walked(await world.opened(), WHO, WHAT)
    await modal.fill({"quote_0": "Half a sentence"})
    await modal.choose(ids.INTERVIEW_BACK)
    assert text_in(modal.values, "trying_to") == WHAT["trying_to"]
    assert (await world.only_draft()).form.quotes == ("Half a sentence",)
    await modal.submit()
    assert text_in(modal.values, "quote_0") == "Half a sentence"


async def test_quotes_are_added_up_to_five_and_stay_as_typed(world: World) -> None:
    modal = await world.walked(await world.opened(), WHO, WHAT)
    await modal.fill({"quote_0": "One."})
    for count in range(2, 6):
        await modal.choose(ids.INTERVIEW_ADD_QUOTE)
        assert [b["block_id"] for b in modal.blocks if b["type"] == "input"] == [
            f"quote_{i}" for i in range(count)
        ]
    assert ids.INTERVIEW_ADD_QUOTE not in modal.actions()
    assert text_in(modal.values, "quote_0") == "One."


async def test_an_error_in_a_later_quote_stands_beside_that_quote(world: World) -> None:
    modal = await world.walked(await world.opened(), WHO, WHAT)
    await modal.choose(ids.INTERVIEW_ADD_QUOTE)
    modal.values["quote_1"]["quote_1"]["value"] = "🎉"
    answer = await world.submitted(modal)
    assert list(answer["errors"]) == ["quote_1"]


async def test_a_channel_mention_in_a_quote_is_shown_and_obeyed_by_nobody(world: World) -> None:
    said = "<!channel> *please* & never <b>again</b>"
    modal = await world.opened()
    await world.walked(modal, WHO, WHAT, {"quote_0": said}, {}, {"sharing": "With their name"})
    quotes = [block for block in modal.blocks if block["type"] == "rich_text"]
    assert quotes[0]["elements"][0]["elements"] == [{"type": "text", "text": said}]
    assert [block["text"]["type"] for block in modal.blocks if block["type"] == "header"] == ["plain_text"]
    await modal.submit()
    assert "<!channel>" not in str(modal.raw)


async def test_choosing_a_known_customer_fills_in_what_we_know(world: World) -> None:
    marta = await known(world)
    modal = await world.opened()
    await modal.fill({"name": "Marta"})
    assert text_in(modal.values, f"company:{marta}") == "Ortega Pottery"
    assert text_in(modal.values, f"alias:{marta}") == "the potter"
    await modal.fill({"name": "Nia"})
    assert text_in(modal.values, "company:0") is None


async def test_the_search_offers_those_we_know_and_what_was_typed(world: World) -> None:
    await known(world)
    await known(world, "Nia Jones", "")
    modal = await world.opened()
    assert await world.ana.suggest(modal, ids.CUSTOMER_SEARCH, "") == [
        "Marta Ortega, Ortega Pottery",
        "Nia Jones",
    ]
    assert await world.ana.suggest(modal, ids.CUSTOMER_SEARCH, "POTT") == [
        "Marta Ortega, Ortega Pottery",
        "Add “POTT”",
    ]


async def test_themes_in_use_are_offered_and_a_new_one_can_be_added(world: World) -> None:
    modal = await world.previewed()
    await modal.submit()
    modal = await world.walked(await world.opened(), WHO, WHAT, WORDS)
    await world.walked(modal, MEANING | {"themes": ["Wages", "trust"]}, {"sharing": "Not for sharing"}, {})
    (story, _) = await world.stories()
    assert story.interview.themes == ("wages", "trust")
    modal = await world.walked(await world.opened(), WHO, WHAT, WORDS)
    assert await world.ana.suggest(modal, ids.THEME_SEARCH, "wag") == ["wages", "Add “wag”"]


async def test_a_customer_removed_meanwhile_is_said_beside_the_field(world: World) -> None:
    await known(world)
    modal = await world.opened()
    await modal.fill(WHO)
    await _remove_everybody(world)
    outcome = await modal.submit()
    assert outcome["errors"]["name"].startswith("This customer was removed")
    assert (await modal.submit({"name": "Marta O."}))["ok"]


async def test_a_customer_removed_before_the_end_leads_back_to_the_first_step(world: World) -> None:
    await known(world)
    modal = await world.previewed()
    await _remove_everybody(world)
    await modal.submit()
    assert "This customer was removed" in modal.words()
    assert "step 1 of 6" in modal.words()
    assert (await world.only_draft()).form.happened == WHAT["happened"]
    assert await world.stories() == ()


async def _remove_everybody(world: World) -> None:
    async with world.desk.begin() as session:
        await session.execute(delete(CustomerRow))


async def test_forty_thousand_characters_are_answered_with_the_limit(world: World) -> None:
    modal = await world.walked(await world.opened(), WHO)
    modal.values["trying_to"]["trying_to"]["value"] = "Get paid."
    modal.values["happened"]["happened"]["value"] = "word " * 8000
    answer = await world.submitted(modal)
    assert answer["errors"] == {"happened": "This is 39,999 characters; 3,000 fit here. Please shorten it."}
    assert len((await world.only_draft()).form.happened) == 39_999


async def test_a_draft_thrown_away_elsewhere_begins_anew_with_what_is_typed(world: World) -> None:
    modal = await world.walked(await world.opened(), WHO)
    draft = await world.only_draft()
    await world.clicked(None, ids.DRAFT_DROP, draft.id, words="")
    assert (await modal.submit(WHAT))["ok"]
    again = await world.only_draft()
    assert again.id != draft.id
    assert again.form.happened == WHAT["happened"]
