"""A draft in an editor's hands: what no source bears is signed, and what nothing stands behind is refused."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Select, event
from sqlalchemy.orm import ORMExecuteState

from bot.desk import Desk
from bot.series import drafts, publishing
from storage import series_episodes, series_follows, workspace_settings
from stories.errors import UserError
from stories.language import speaking
from stories.series.episodes import Part
from stories.series.sources import Signed
from tests.bot.series.season import EDITOR, FIRST, drafted, opened, told
from tests.conftest import NOW, WORKSPACE


async def test_an_editor_changes_strikes_and_adds_and_signs_what_no_source_bears(desk: Desk) -> None:
    marta = await told(desk.database, FIRST)
    await opened(desk, marta)
    episode = await drafted(desk)
    assert episode.id is not None
    number, now = episode.id, desk.now()
    quote = next(one for one in episode.passage(Part.SCENE) if one.spoken)
    lead = next(one for one in episode.passage(Part.SCENE) if not one.spoken)
    async with desk.database.begin() as session:
        with pytest.raises(UserError, match="stay as they were said"):
            await drafts.change(session, WORKSPACE, number, quote.id or 0, "Nicer.", by=EDITOR, now=now)
        await drafts.change(
            session, WORKSPACE, number, lead.id or 0, "Marta is delighted.", by=EDITOR, now=now
        )
        await drafts.add(session, WORKSPACE, number, Part.TURN, "We <care>.", by=EDITOR, now=now)
    async with desk.read() as session:
        at_hand = await drafts.draft(session, WORKSPACE, number, now)
    signed = [one for one in at_hand.episode.sentences() if isinstance(one.source, Signed)]
    assert [one.text for one in signed][-1] == "We <care>."
    # Her name may not be told: her alias stands there, whatever an editor types.
    assert "Marta" not in str(at_hand.episode)
    assert all(one.signed_by == EDITOR and one.customer_id == marta for one in signed)
    async with desk.database.begin() as session:
        held: list[bool] = []
        event.listen(session.sync_session, "do_orm_execute", lambda asked: held.append(_holds(asked)))
        await drafts.strike(session, WORKSPACE, number, signed[-1].id or 0, now=now)
        assert held[0], "two editors at once would both write all of it, and each sentence stood there twice"
        left = await drafts.draft(session, WORKSPACE, number, now)
    assert "We <care>." not in [one.text for one in left.episode.sentences()]


def _holds(asked: ORMExecuteState) -> bool:
    """Whether others wait for what is read until the transaction ends, where a server keeps the database."""
    asks = asked.statement
    return isinstance(asks, Select) and asks._for_update_arg is not None


async def test_what_nothing_stands_behind_is_refused_whatever_a_window_says(desk: Desk) -> None:
    marta = await told(desk.database, FIRST)
    await opened(desk, marta)
    episode = await drafted(desk)
    assert episode.id is not None
    lead = next(one for one in episode.passage(Part.SCENE) if not one.spoken)
    forged = replace(lead, text="She will leave us for a competitor.")
    passages = [
        replace(each, sentences=tuple(forged if one == lead else one for one in each.sentences))
        for each in episode.passages
    ]
    async with desk.database.begin() as session:
        await series_episodes.rewrite(
            session, WORKSPACE, episode.id, replace(episode, passages=tuple(passages))
        )
        with pytest.raises(UserError, match="no source that bears it"):
            await publishing.publish(
                session, WORKSPACE, episode.id, (), (), by=EDITOR, command="/firsthand", now=NOW
            )


@pytest.mark.parametrize("editor", ["en-GB", "de-DE"])
async def test_an_episode_is_in_the_workspaces_language_and_any_editor_may_publish_it(
    desk: Desk, editor: str
) -> None:
    async with desk.database.begin() as session:
        await workspace_settings.choose(session, WORKSPACE, {"language": "de"}, by=EDITOR, now=NOW)
    await opened(desk, await told(desk.database, FIRST))
    with speaking(editor):
        episode = await drafted(desk)
        assert episode.id is not None
        async with desk.database.begin() as session:
            at_hand = await drafts.draft(session, WORKSPACE, episode.id, desk.now())
            drafts.refuse_unsourced(at_hand)
    assert "Notizen von diesem Tag" in str(at_hand.episode)
    assert len(list(at_hand.episode.sentences())) == len(list(episode.sentences()))


class _Slow(AsyncWebClient):
    """Slack, which says of one channel who is in it and is asked in vain about another."""

    async def conversations_members(self, *, channel: str, **_given: Any) -> Any:
        if channel == "C0SILENT":
            await asyncio.Event().wait()
        return {"members": ["UANA", "UBEN"]}


async def test_publishing_does_not_wait_for_what_slack_is_slow_to_tell(desk: Desk) -> None:
    async with desk.database.begin() as session:
        for place in ("C0SILENT", "C0PILOT", "UANA"):
            await series_follows.follow(session, WORKSPACE, place, by=EDITOR, now=NOW)
    found = await publishing.readers(desk, _Slow(), WORKSPACE, seconds=0.3)
    assert found == {"C0SILENT": 0, "C0PILOT": 2, "UANA": 1}
