"""A colleague is erased: their own things go, what they wrote for others stays as nobody's."""

from __future__ import annotations

from sqlalchemy import text

from bot.desk import Desk
from bot.messages.story import card
from bot.showing import show
from storage import attention, deliveries, people, reactions
from storage.attention import Unasked
from storage.deliveries import Post
from storage.holdings import About
from stories.story import Reaction
from tests.bot.erasing.conftest import Planted, bytes_of, slack_takes
from tests.bot.erasing.test_customers import finished
from tests.conftest import NOW, WORKSPACE


async def test_no_byte_names_them_what_they_wrote_is_a_former_colleagues_and_nothing_is_sent_to_them(
    planted: Planted, desk: Desk
) -> None:
    async with planted.database.begin() as session:
        await people.meet(session, WORKSPACE, planted.author, now=NOW)
        await people.grant(session, WORKSPACE, planted.author, "editor", by="U0BOSS", now=NOW)
        await reactions.react(
            session, WORKSPACE, planted.others, planted.author, Reaction.THOUGHT, channel_id=None, now=NOW
        )
    await slack_takes(planted.database)
    await finished(planted, desk, await planted.begin(About.EMPLOYEE, planted.author))
    await _no_byte_names_them_and_stories_and_counts_stay(planted)
    await _no_two_rows_are_known_as_the_same_persons(planted)
    await _posts_that_named_them_say_a_former_colleague(planted)
    await _a_story_of_theirs_is_told_on_without_ringing_anybody(planted)
    await _nothing_is_sent_to_them(planted)


async def _no_byte_names_them_and_stories_and_counts_stay(left: Planted) -> None:
    assert left.author.lower().encode() not in bytes_of(left.database)
    assert await left.one("SELECT count(*) FROM stories") == 2
    assert await left.one("SELECT count(*) FROM reactions") == 1
    assert await left.one("SELECT count(*) FROM drafts") + 0 == 0  # type: ignore[operator]  # a number
    assert await left.one("SELECT count(*) FROM people") == 0


async def _no_two_rows_are_known_as_the_same_persons(left: Planted) -> None:
    tokens = [
        row[0]
        for row in await left.rows("SELECT user_id FROM reactions UNION ALL SELECT slot_key FROM deliveries")
    ]
    gone = [part for token in tokens for part in str(token).split(":") if part.startswith("gone-")]
    assert len(gone) == len(set(gone)) >= 2


async def _posts_that_named_them_say_a_former_colleague(left: Planted) -> None:
    said = await left.rows("SELECT payload FROM deliveries WHERE method = 'chat.update'")
    assert len(said) == 3, "the digest, the story they shared, the project they looked after"
    assert all("a former colleague" in str(payload) for (payload,) in said)
    assert await left.one("SELECT count(*) FROM deliveries WHERE channel_id LIKE '%AUTHOR%'") == 0


async def _a_story_of_theirs_is_told_on_without_ringing_anybody(left: Planted) -> None:
    async with left.database.read() as session:
        telling = await show(session, WORKSPACE, left.others, NOW)
    assert telling is not None
    shown = str(card(telling, author=telling.author_id))
    assert "a former colleague" in shown
    assert "<@gone" not in shown


async def _nothing_is_sent_to_them(left: Planted) -> None:
    async with left.database.begin() as session:
        note = Post(channel_id="gone", kind="notice", slot_key="x", payload={"text": "hello"})
        assert await deliveries.plan(session, WORKSPACE, note, now=NOW) is None
        what = Unasked(place="gone", kind="thanks", slot_key="y", about={"stories": []})
        await attention.add(session, WORKSPACE, what, now=NOW, fresh_until=NOW)
        assert await attention.waiting_for(session, WORKSPACE, "gone") == ()


async def test_what_they_kept_to_themself_goes(planted: Planted, desk: Desk) -> None:
    async with planted.database.begin() as session:
        await session.execute(text("UPDATE stories SET state = 'kept' WHERE id = :id"), {"id": planted.hers})
    await finished(planted, desk, await planted.begin(About.EMPLOYEE, planted.author))
    assert await planted.rows("SELECT id FROM stories") == [(planted.others,)]
