"""Each text has a language; channels choose which they hear, and what nobody can tell goes everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from bot import digest, digests_together, publishing
from bot.colleagues import Colleague
from bot.languages import heard_in, refuse_other_languages
from bot.messages.channel_settings import what_view
from bot.messages.channel_words import what_said
from bot.messages.story_language import language_modal
from bot.tuning import defaults, read_wanted
from storage import channels, interviews, stories
from storage.database import Database
from stories.digest import DigestSettings
from stories.errors import UserError
from stories.forms import Form
from stories.languages import KNOWN, language_name, written_in
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import form, listens
from tests.bot.stories.conftest import House
from tests.conftest import NOW, WORKSPACE

GERMAN = form(
    2,
    happened="Die Kundin hat die Rechnungen nicht gefunden, und das war für sie ein großes Problem.",
    trying_to="Sie wollte wissen, wie sie die Liste aus der Kasse bekommt.",
    meaning="",
    quotes=(),
)
SHORT = form(3, happened="Printer. Invoices. Despair.", trying_to="", meaning="", quotes=(), title="Hm")


async def told(database: Database, one: Form) -> int:
    async with database.begin() as session:
        story_id = await interviews.store(
            session, WORKSPACE, one, source_key=one.title, author_id="U1", now=NOW
        )
        await publishing.publish(session, WORKSPACE, story_id, by="U1", now=NOW)
        # As before anybody counted how much a story tells: here it is the language alone that decides.
        await session.execute(text("UPDATE interviews SET substance = 0"))
    return story_id


async def heard(database: Database, *languages: str) -> set[int]:
    """What a channel hears that wants these, decided alone and with others."""
    wanted = DigestSettings(how_many=5, languages=frozenset(languages))
    async with database.read() as session:
        alone = await digest.decide(session, WORKSPACE, "C1", wanted, NOW)
        together = await digests_together.decide(session, WORKSPACE, {"C1": wanted}, NOW)
    found = {one.story_id for one in together.get("C1", ())}
    assert found == {one.story_id for one in alone}
    return found


async def test_a_channel_hears_the_languages_it_chose_and_what_nobody_can_tell(database: Database) -> None:
    english, german, short = [await told(database, one) for one in (form(1), GERMAN, SHORT)]
    assert await heard(database) == {english, german, short}
    assert await heard(database, "de") == {german, short}
    assert await heard(database, "fr") == {short}
    async with database.begin() as session:
        story = await stories.get(session, WORKSPACE, english)
        assert story is not None
        assert story.interview.language == "en"
        await interviews.say_language(session, WORKSPACE, story.interview.id, "fr")
        # Its author said so: writing on does not change it again.
        await interviews.change(session, WORKSPACE, story.interview.id, form(1), by="U1", now=NOW)
    assert await heard(database, "fr") == {english, short}


async def test_a_channel_whose_settings_are_unusable_holds_back_nobody_who_takes_something_back(
    database: Database,
) -> None:
    async with database.begin() as session:
        colleague = Colleague(
            user_id="U1", name="Ana", time_zone="Europe/Lisbon", locale="en-GB", admin=True, guest=False
        )
        chosen = replace(
            defaults("C1", colleague, country=None), digest=DigestSettings(languages=frozenset({"de"}))
        )
        await channels.save(session, WORKSPACE, chosen, now=NOW)
        # As when a newer list of time zones does not know one any more.
        await session.execute(text("UPDATE channels SET time_zone = 'Europe/Atlantis'"))
        with pytest.raises(UserError):
            await channels.get(session, WORKSPACE, "C1")
        assert await heard_in(session, WORKSPACE, "C1") == {"de", ""}, "what stands there is told anew by it"


async def test_sharing_keeps_to_what_a_channel_chose(house: House) -> None:
    english, short = await house.story(form(1)), await house.story(SHORT)
    pilot = await house.channel_id("pilot")
    await refuse_other_languages(house.desk, WORKSPACE, english, pilot)
    await listens(house, languages=frozenset({"de"}))
    await refuse_other_languages(house.desk, WORKSPACE, short, pilot)
    with pytest.raises(UserError, match="wants stories in German, and this one is in English"):
        await refuse_other_languages(house.desk, WORKSPACE, english, pilot)
    channel = await listens(house, languages=frozenset({"de"}))
    view = what_view(channel, new=True, segments=False, themes=False, private_metadata="{}")
    assert_valid(view, "modal")
    assert_valid(language_modal(1, "de"), "modal")
    given = {"how_many": "2", "retell": None, "languages": ["de", "fr"]}
    assert read_wanted(given, channel.digest).languages == {"de", "fr"}
    without = {"how_many": "2", "retell": None}
    assert read_wanted(without, channel.digest).languages == {"de"}, "as it was where nobody asked"
    assert "in French or German" in what_said(replace(channel.digest, languages=frozenset({"de", "fr"})))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It took me weeks to find the button and then it was gone.", "en"),
        ("Le bouton est introuvable et les collègues ne le voient pas.", "fr"),
        ("ボタンが見つかりません", "ja"),
        ("great product", ""),
        ("Nem találtam meg a gombot és a kollégák sem, de ez nem baj.", ""),
        ("", ""),
    ],
)
def test_a_language_is_told_by_its_little_words_or_not_at_all(text: str, language: str) -> None:
    assert written_in(text) == language


def test_every_language_has_a_name() -> None:
    assert all(language_name(code) != code for code in KNOWN)
    assert language_name("<!channel>") == "<!channel>"
