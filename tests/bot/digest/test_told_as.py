"""A channel chooses how stories are told there: in digests and when shared, first and when made anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot import digest, digests_together, publishing
from bot.digests_together import Going
from bot.messages import story
from bot.tuning import read_template
from storage import channels, interviews
from storage.database import Database
from storage.tables_posts import DeliveryRow
from stories.channels import ChannelSettings
from stories.digest import Choice, DigestSettings
from stories.story_templates import IN_THEIR_WORDS, WHOLE, Field, Part, StoryTemplate
from tests.blockkit import assert_valid
from tests.bot.digest.conftest import NINE, form
from tests.bot.stories.test_card import BAKER, LONG, WORST
from tests.conftest import NOW, WORKSPACE

SHORT = ChannelSettings(
    channel_id="C1", set_up_by="U1", times=NINE, digest=DigestSettings(), template=IN_THEIR_WORDS.key
)
EVERYTHING = tuple(
    Part(field=field, longest=560, heading={"en": "A heading as long as it may well be"}) for field in Field
)


def is_short(payload: Any) -> bool:
    built = str(payload)
    return "flour on the screen" in built and "What happened" not in built and "Read it all" in built


async def test_every_post_of_a_story_in_a_channel_is_told_as_the_channel_chose(database: Database) -> None:
    async with database.begin() as session:
        await channels.save(session, WORKSPACE, SHORT, now=NOW)
        await channels.save(session, WORKSPACE, replace(SHORT, channel_id="C2", template=""), now=NOW)
        stored = await interviews.store(session, WORKSPACE, form(1), source_key="1", author_id="U1", now=NOW)
        await publishing.publish(session, WORKSPACE, stored, by="U1", now=NOW)
        assert await channels.templates_of(session, WORKSPACE, ["C1", "C2"]) == {"C1": IN_THEIR_WORDS.key}
        known = await channels.get(session, WORKSPACE, "C1")
        assert known is not None
        composed = await digest.gather(session, WORKSPACE, [(stored, False)], NOW)
        assert composed is not None
        post = await digest.plan(
            session, WORKSPACE, "C1", composed, slot="asked:U1:x", now=NOW, asked_by="U1"
        )
        assert post is not None
        assert is_short(await digest.recompose(session, WORKSPACE, post, NOW))
        asked: dict[str, Any] = {"by": "U1", "now": NOW}
        shared = await publishing.share(session, WORKSPACE, stored, "C1", request="V1", **asked)
        assert shared is not None
        assert is_short(await publishing.shared(session, WORKSPACE, stored, shared, NOW))
        whole = await publishing.share(session, WORKSPACE, stored, "C2", request="V2", **asked)
        assert whole is not None
        assert "What happened" in str(await publishing.shared(session, WORKSPACE, stored, whole, NOW))
        one = (Choice(story_id=stored, retold=False, score=1.0),)
        going = [
            Going(channel=replace(known, channel_id=channel, template=template), choices=one, slot="s")
            for channel, template in (("C3", IN_THEIR_WORDS.key), ("C4", ""))
        ]
        assert await digests_together.plan(session, WORKSPACE, going, NOW) == {"C3", "C4"}
        rows = await session.execute(select(DeliveryRow).order_by(DeliveryRow.id))
        payloads = [row.payload for row in rows.scalars() if row.channel_id != "C2"]
    assert [is_short(one) for one in payloads] == [True, True, True, False]
    assert not any("Nadia" in str(one) for one in payloads), "the name stays hidden however it is told"


@pytest.mark.parametrize("telling", [BAKER, LONG, WORST], ids=["short", "long", "worst"])
def test_any_template_fits_into_a_message(telling: Any) -> None:
    for template in (IN_THEIR_WORDS, StoryTemplate(key="everything", part=EVERYTHING)):
        post = story.story_post(telling, shared_by="U2", template=template)
        assert_valid(post, "message")
        assert "<!channel>" not in str([one for one in post["blocks"] if one["type"] != "rich_text"])


def test_a_story_in_which_a_template_finds_nothing_is_told_whole() -> None:
    silent = replace(BAKER, quotes=(), meaning="")
    assert story.card(silent, author="U1", template=IN_THEIR_WORDS) == story.card(silent, author="U1")


def test_a_template_of_all_parts_leaves_nothing_to_be_read_and_a_shorter_one_does() -> None:
    assert "Read it all" not in _labels(story.card(BAKER, author="U1", template=WHOLE))
    assert "Read it all" in _labels(story.card(BAKER, author="U1", template=IN_THEIR_WORDS))
    bare = StoryTemplate(key="bare", part=(Part(field=Field.HAPPENED, heading=""),))
    card = story.card(BAKER, author="U1", template=bare)
    assert {"type": "mrkdwn", "text": BAKER.happened} in [block.get("text") for block in card]
    two = replace(BAKER, quotes=("One.", "Two."), trying_to="", happened="")
    first = StoryTemplate(key="first", part=(Part(field=Field.QUOTES, most=1), Part(field=Field.MEANING)))
    assert "Read it all" in _labels(story.card(two, author="U1", template=first)), "the second quote"


def test_the_choice_is_kept_as_nothing_while_stories_are_told_whole() -> None:
    assert read_template({"told_as": "whole"}, "dry") == ""
    assert read_template({"told_as": "in-their-words"}, "") == "in-their-words"
    assert read_template({}, "dry") == "dry"


def _labels(card: list[Any]) -> list[str]:
    row = next(block for block in card if block["type"] == "actions")
    return [element["text"]["text"] for element in row["elements"] if "text" in element]
