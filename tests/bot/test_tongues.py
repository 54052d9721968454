"""In which language somebody is spoken to, and how that is learnt."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.types import Message

from bot.colleagues import Colleagues
from bot.tongues import REMEMBERED_SECONDS, Tongues, said_to
from bot.web_language import AsAsked, asked_for
from storage import languages, people, workspace_settings
from storage.database import Database
from stories.language import ENGLISH, speak, spoken
from tests.conftest import NOW, WORKSPACE

ANA = "U0ANA"


class Seconds:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Slack(AsyncWebClient):
    """Says of everybody that they use Slack in `locale`, or nothing at all; counts how often it is asked."""

    def __init__(self, locale: str | None) -> None:
        super().__init__()
        self.locale, self.asked = locale, 0

    async def users_info(self, *, user: str, **_kwargs: Any) -> Any:
        self.asked += 1
        if self.locale is None:
            raise TimeoutError
        return {"user": {"id": user, "team_id": WORKSPACE, "locale": self.locale}}


@pytest.fixture
async def met(database: Database) -> AsyncIterator[Database]:
    """A database that knows Ana."""
    async with database.begin() as session:
        await people.meet(session, WORKSPACE, ANA, now=NOW)
    yield database
    speak(ENGLISH)


async def test_somebody_new_is_asked_for_once_and_remembered_for_good(met: Database) -> None:
    slack, seconds = Slack("de-DE"), Seconds()
    tongues = Tongues(seconds)
    for _ in range(2):
        speak(ENGLISH)
        await tongues.speak_to(met, Colleagues(seconds), slack, WORKSPACE, ANA)
        assert spoken().language == "de"
    assert slack.asked == 1
    speak(ENGLISH)
    await Tongues(seconds).speak_to(met, Colleagues(seconds), slack, WORKSPACE, ANA)
    assert (spoken().language, slack.asked) == ("de", 1), "another process reads it from the database"


async def test_while_slack_does_not_answer_the_workspaces_language_has_to_do(met: Database) -> None:
    async with met.begin() as session:
        await workspace_settings.choose(session, WORKSPACE, {"language": "de"}, by=ANA, now=NOW)
    slack, seconds = Slack(None), Seconds()
    tongues = Tongues(seconds)
    for _ in range(2):
        await tongues.speak_to(met, Colleagues(seconds), slack, WORKSPACE, ANA)
        assert spoken().language == "de"
    assert slack.asked == 1, "it is left alone for a while"
    slack.locale = "en-GB"
    seconds.now += REMEMBERED_SECONDS + 1
    await tongues.speak_to(met, Colleagues(seconds), slack, WORKSPACE, ANA)
    assert spoken().language == "en"


async def test_a_change_is_noticed_when_slack_tells_of_them_anyway(met: Database) -> None:
    seconds = Seconds()
    tongues, colleagues = Tongues(seconds), Colleagues(seconds)
    await tongues.speak_to(met, colleagues, Slack("de-DE"), WORKSPACE, ANA)
    seconds.now += 301
    await colleagues.get(Slack("en-GB"), WORKSPACE, ANA)
    await tongues.speak_to(met, colleagues, Slack(None), WORKSPACE, ANA)
    assert spoken().language == "en"
    async with met.read() as session:
        assert await languages.of_place(session, WORKSPACE, ANA) == "en-GB"


async def test_a_note_is_put_into_words_in_the_language_of_whom_it_goes_to(met: Database) -> None:
    async with met.begin() as session:
        await languages.keep(session, WORKSPACE, ANA, "de-DE")
        told = [await said_to(session, WORKSPACE, who, lambda: spoken().language) for who in (ANA, "U0NEW")]
    assert told == ["de", "en"]
    assert spoken().language == "en"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de-AT"),
        ("fr-FR,fr;q=0.9,de;q=0.5,en;q=0.4", "de"),
        ("en;q=0.4,de;q=0.9", "de"),
        ("de;q=0,en", "en"),
        ("fr", "en"),
        ("", "en"),
        ("de;q=much, *", "en"),
        (",".join(["xx"] * 500 + ["de"]), "en"),
    ],
)
def test_a_browser_gets_the_best_language_that_it_asks_for(header: str, language: str) -> None:
    assert asked_for(header) == language


async def test_a_page_is_made_in_the_language_of_its_request() -> None:
    found = []

    async def page(_scope: Any, _receive: Any, _send: Any) -> None:
        found.append(spoken().language)

    async def nothing(*_given: Any) -> Message:
        return {}

    scope = {"type": "http", "headers": [(b"accept-language", b"de")]}
    await AsAsked(page)(scope, nothing, nothing)  # type: ignore[arg-type]  # neither is called
    await AsAsked(page)({"type": "http", "headers": []}, nothing, nothing)  # type: ignore[arg-type]  # likewise
    assert found == ["de", "en"]
    speak(ENGLISH)
