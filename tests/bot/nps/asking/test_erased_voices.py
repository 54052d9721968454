"""Somebody who answered a survey is erased: what quotes them follows, and a receipt says how that went."""

from __future__ import annotations

import json
from datetime import datetime

from bot.desk import Desk
from bot.erasing import asking
from bot.erasing.work import Worker, carry_on
from bot.nps.watching import watch
from storage import erasing, nps_movements
from storage.erasing import Erasure, Step
from storage.nps_answers import Answer
from tests.bot.erasing.conftest import bytes_of, slack_takes
from tests.bot.nps.asking.conftest import Company
from tests.bot.nps.asking.test_watching import following, post_all, standing, weeks
from tests.conftest import NOW, WORKSPACE

HERS = "I was never told that the zinnias come twice, and nobody answered"
PERSON = "zq@example.org"


async def told(company: Company, desk: Desk, now: datetime) -> None:
    """A movement is told with her comment in it, which tells more than the others' do."""
    answers = weeks(20, drop_from=15)
    newest = max(one.at for one in answers)
    hers = Answer(
        key="hers", score=2, at=newest, comment=HERS, properties={"plan": "Enterprise"}, person_key=PERSON
    )
    await company.take([*answers, hers])
    await company.share_comments()
    await following(company)
    assert await watch(desk, WORKSPACE) > 0
    async with company.database.begin() as session:
        # Two movements quote her, as they do where nobody else has said anything.
        quoting = await nps_movements.quoting(session, WORKSPACE)
        (own,) = {voice for one in quoting for voice in one.voices if voice[1] == "hers"}
        for one in quoting:
            await nps_movements.quotes(session, WORKSPACE, one.id, [own, *one.voices[1:]])
    assert HERS in json.dumps(await post_all(company, now))
    await slack_takes(company.database)


async def erased(company: Company, desk: Desk, *, refuses: str = "") -> Erasure:
    async with company.database.begin() as session:
        whom = await asking.respondent(session, WORKSPACE, f" {PERSON.upper()} ")
        found = await asking.preview(session, WORKSPACE, whom)
        assert (found.rows, found.posts) == ({"nps_answers": 1}, 2), "told of all, and of Enterprise"
        number = await asking.begin(session, WORKSPACE, whom, by="U0PRIVACY", now=NOW)
    for _ in range(4):
        await carry_on(Worker(database=company.database, now=desk.now, desk=desk), WORKSPACE)
        await slack_takes(company.database, refuses=refuses)
    async with company.database.read() as session:
        finished = await erasing.get(session, WORKSPACE, number)
    assert finished is not None
    assert finished.step is Step.DONE
    return finished


async def test_the_post_that_quotes_them_is_made_anew_without(
    empty: Company, desk: Desk, tuesday: datetime
) -> None:
    await told(empty, desk, tuesday)
    erasure = await erased(empty, desk)
    assert erasure.counts["rows"] == {"nps_answers": 1}
    assert erasure.counts["posts"] == {"done": 2}
    (post, *_others) = [one for one in await standing(empty) if "Enterprise fell" in one["text"]]
    assert "The invoices are late again" in json.dumps(post), "the others still speak"
    found = bytes_of(empty.database)
    assert b"zinnias" not in found
    assert PERSON.encode() not in found
    async with empty.database.read() as session:
        for movement in await nps_movements.quoting(session, WORKSPACE):
            assert "hers" not in {key for _source, key in movement.voices}


async def test_what_slack_refused_is_in_the_receipt(empty: Company, desk: Desk, tuesday: datetime) -> None:
    await told(empty, desk, tuesday)
    erasure = await erased(empty, desk, refuses="edit_window_closed")
    assert [one["reason"] for one in erasure.counts["refused"]] == ["edit_window_closed"] * 2
