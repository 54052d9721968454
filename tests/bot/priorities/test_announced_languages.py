"""What is announced of the top three quotes customers in the languages that a channel chose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib.util import find_spec

import pytest

from bot.desk import Desk
from bot.priorities import announcing
from storage import channels, interviews, priorities, stories
from storage.attention import Waiting
from storage.priorities import NewPriority
from stories.channels import ChannelSettings, ChannelState, Kind
from stories.digest import DigestSettings
from tests.bot.digest.conftest import form
from tests.bot.home.test_near import TIMES
from tests.bot.priorities.conftest import theme
from tests.conftest import NOW, WORKSPACE

pytestmark = pytest.mark.skipif(find_spec("wordllama") is None, reason="the extra `meaning` is not installed")

SAID = {
    "en": "I print every order that we have and it is not what I want to do with the day.",
    "de": "Ich drucke jede Rechnung aus und das ist leider nicht was wir auf Dauer wollen.",
}


async def test_quotes_are_in_the_languages_that_the_channel_chose(desk: Desk) -> None:
    async with desk.begin() as session:
        for number, words in enumerate(SAID.values()):
            talk = form(number, quotes=(words,), title=words[:60], happened=words, meaning=words)
            key = f"t{number}"
            story_id = await interviews.store(
                session, WORKSPACE, talk, source_key=key, author_id="U1", now=NOW
            )
            story = await stories.get(session, WORKSPACE, story_id)
            assert story is not None
            await stories.publish(session, WORKSPACE, story, now=NOW)
    theme_id = await theme(desk, "Paper", *SAID.values())
    channel = ChannelSettings(
        channel_id="C1",
        set_up_by="U1",
        times=TIMES,
        digest=DigestSettings(),
        state=ChannelState.ON,
        kinds=(Kind.TOP_THREE,),
    )
    async with desk.begin() as session:
        new = NewPriority(
            theme_id=theme_id, quarter=date(2026, 10, 1), last_day=date(2026, 12, 31), owner_id="U1",
            done_means="No paper.", segment=(), start=None, chosen_by="U1", chosen_on=NOW.date(),
        )  # fmt: skip
        chosen = await priorities.choose(session, WORKSPACE, new, now=NOW)
        about = {"priority": chosen, "command": "/firsthand"}
        waiting = Waiting(
            id=1, place="C1", kind="top_three", slot_key=f"priority:{chosen}", about=about, since=NOW,
            fresh_until=NOW, state="waiting", reason=None, next_at=None, delivery_id=None,
        )  # fmt: skip
        told = {}
        for wanted in ((), ("de",), ("fr",)):
            digest = DigestSettings(languages=frozenset(wanted))
            await channels.save(session, WORKSPACE, replace(channel, digest=digest), now=NOW)
            made = await announcing.told_now(session, WORKSPACE, waiting, NOW)
            assert made is not None
            told[wanted] = {code for code, words in SAID.items() if words in str(made.payload)}
    assert told == {(): {"en", "de"}, ("de",): {"de"}, ("fr",): set()}
