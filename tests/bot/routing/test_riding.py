"""What rules bring on a day that is taken rides along in a digest, and follows its customers there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time, timedelta

from bot import attention, digest
from bot.colleagues import Colleague
from bot.desk import Desk
from bot.digest import Digest
from bot.messages.digest import Entry
from bot.routing.composing import ROUTED, slot_of
from bot.routing.following import follow_turned_routes
from bot.routing.times import A_MOMENT, next_round
from bot.tuning import defaults
from storage import nps_answers, nps_sources, posted, routes
from storage.attention import Unasked
from storage.database import Database
from storage.nps_answers import Answer
from storage.routes import Item
from stories.routing.rule import Rule
from tests.bot.attention.conftest import listening
from tests.conftest import NOW, WORKSPACE

STORY = Digest(entries=(Entry(telling=None, hidden=True),), stories=())


async def test_it_stands_in_the_digest_and_leaves_it_when_the_source_falls_silent(
    desk: Desk, database: Database
) -> None:
    await listening(database, "C1")
    async with database.begin() as session:
        source = await nps_sources.create(session, WORKSPACE, kind="push", name="Delighted", now=NOW)
        await nps_sources.share_verbatims(session, WORKSPACE, source, shared=True)
        said = [Answer(key=str(n), score=2, at=NOW, comment=f"Billing took {n} days.") for n in range(1, 4)]
        await nps_answers.take_in(session, WORKSPACE, source, said)
        items = [Item(part=0, source_id=source, answer_key=one.key) for one in said]
        parts = [("comments about billing", 4)]
        post_id = await routes.keep(session, WORKSPACE, "C1", parts, items, now=NOW)
        what = Unasked(
            place="C1",
            kind=ROUTED,
            slot_key=slot_of(post_id),
            about={"post": post_id, "command": "/firsthand route"},
        )
        await attention.offer(session, WORKSPACE, what, now=NOW)
        planned = await digest.plan(session, WORKSPACE, "C1", STORY, slot="digest:2026-11-16", now=NOW)
        assert planned is not None
        stands = json.dumps(await posted.says(session, WORKSPACE, planned))
    assert "took 2 days" in stands
    assert "took 3 days" not in stands, "a digest takes two of them along"
    assert "(5 more fitted)" in stands
    async with database.begin() as session:
        await nps_sources.share_verbatims(session, WORKSPACE, source, shared=False)
    assert await follow_turned_routes(desk) == 1
    async with database.read() as session:
        left = await posted.says(session, WORKSPACE, planned)
    assert "Billing" not in json.dumps(left)


def test_a_rule_at_the_digests_hour_is_looked_at_a_moment_before_once_a_day() -> None:
    asker = Colleague(user_id="U1", name="", time_zone="UTC", locale="", admin=False, guest=False)
    plain = defaults("C1", asker, country=None)
    rule = Rule(words=("billing",), at=plain.times.at)
    tuesday = NOW + timedelta(days=1)
    assert next_round(plain, rule, NOW) == tuesday
    with_digest = replace(plain, next_at=tuesday)
    first = next_round(with_digest, rule, NOW)
    assert first == tuesday - A_MOMENT
    assert next_round(with_digest, rule, first) == first + timedelta(days=1)
    assert next_round(with_digest, replace(rule, at=time(16)), NOW) == NOW.replace(hour=16)
    assert next_round(with_digest, replace(rule, weekday=6), NOW) == NOW + timedelta(days=6) - A_MOMENT
