"""A customer's words, corrected by them: held back where they ask for it, told once their author agrees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.customer_link import acting
from bot.customer_link.reading import mark_of
from bot.showing import show
from storage import corrections, interviews, people, workspace_settings
from stories.errors import UserError
from stories.story import StoryState
from stories.workspace_rules import WorkspaceRules
from tests.bot.customer_link.conftest import AUTHOR, Kept, read
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE

QUOTE = BAKER.quotes[0]
NEW = "I do my invoices at five, with flour on the screen."


async def test_a_correction_waits_for_its_author_and_is_told_everywhere_once_taken(kept: Kept) -> None:
    story_id = await kept.story()
    secret = await kept.link(story_id, by="UED")
    (mark,) = await kept.quote_marks(secret)
    page = read(await kept.sends(secret, act="correct", quote=mark, words=f" {NEW}\u202e "))
    assert NEW in page
    assert "It is shown as it was meanwhile" in page
    assert await _told(kept, story_id) == (QUOTE,)
    asked = await kept.rows("SELECT channel_id, payload FROM deliveries WHERE kind = 'notice' ORDER BY id")
    assert [who for who, _payload in asked] == [AUTHOR, "UED"]
    assert NEW not in str(asked)
    await _settle(kept, corrections.TAKEN)
    assert await _told(kept, story_id) == (NEW,)
    acts = await kept.rows("SELECT act FROM audit ORDER BY id")
    assert acts[-2:] == [("customer_corrected",), ("take_correction",)]


async def test_a_sentence_is_shown_to_nobody_while_they_ask_for_that(kept: Kept) -> None:
    form = replace(BAKER, quotes=(QUOTE, "It is quicker by hand."))
    story_id = await kept.story(form)
    secret = await kept.link(story_id)
    marks = await kept.quote_marks(secret)
    page = read(await kept.sends(secret, act="correct", quote=marks[0], words=NEW, hide="yes"))
    assert "Nobody is shown that sentence any more" in page
    assert await _told(kept, story_id) == ("It is quicker by hand.",)
    found = await kept.rows("SELECT words FROM story_words")
    assert "flour" not in str(found)
    await kept.sends(secret, act="correct", quote=marks[0], words=NEW)
    assert await _told(kept, story_id) == form.quotes, "they may think better of it"
    assert len(await kept.rows("SELECT 1 FROM corrections")) == 1
    await kept.sends(secret, act="correct", quote=marks[0], words=NEW, hide="yes")
    await _settle(kept, corrections.LEFT)
    assert await _told(kept, story_id) == form.quotes


async def test_a_held_sentence_stays_held_when_another_moves_into_its_place(kept: Kept) -> None:
    story_id = await kept.story(replace(BAKER, quotes=("First.", QUOTE)))
    secret = await kept.link(story_id)
    marks = await kept.quote_marks(secret)
    await kept.sends(secret, act="correct", quote=marks[1], words=NEW, hide="yes")
    async with kept.desk.begin() as session:
        interview = (await kept.loaded(story_id)).interview
        form = replace(BAKER, customer_id=interview.customer.id, quotes=(QUOTE,))
        await interviews.change(session, WORKSPACE, interview.id, form, by=AUTHOR, now=NOW)
    assert await _told(kept, story_id) == ()


async def test_words_that_a_customer_changed_need_a_new_yes_where_stories_need_one(kept: Kept) -> None:
    story_id = await kept.story()
    async with kept.desk.begin() as session:
        rules = WorkspaceRules(editors_yes=True).as_chosen()
        await workspace_settings.choose(session, WORKSPACE, rules, by="UADMIN", now=NOW)
        await people.grant(session, WORKSPACE, "UED", "editor", by="UADMIN", now=NOW)
    secret = await kept.link(story_id)
    (mark,) = await kept.quote_marks(secret)
    await kept.sends(secret, act="correct", quote=mark, words=NEW)
    said = await _settle(kept, corrections.TAKEN)
    assert "An editor looks at it" in said
    assert (await kept.loaded(story_id)).state is StoryState.KEPT
    assert await kept.rows("SELECT waits_for FROM story_terms") == [("editor",)]


async def test_what_was_read_is_taken_and_nothing_that_came_since(kept: Kept) -> None:
    story_id = await kept.story()
    secret = await kept.link(story_id)
    (mark,) = await kept.quote_marks(secret)
    await kept.sends(secret, act="correct", quote=mark, words=NEW)
    await kept.sends(secret, act="correct", quote=mark, words="Nobody has read this yet.")
    with pytest.raises(UserError, match="changed in the meantime"):
        await _settle(kept, corrections.TAKEN, seen=mark_of(NEW))
    assert await _told(kept, story_id) == (QUOTE,)
    async with kept.desk.begin() as session:
        interview = (await kept.loaded(story_id)).interview
        form = replace(BAKER, customer_id=interview.customer.id, quotes=("Quite another sentence.",))
        await interviews.change(session, WORKSPACE, interview.id, form, by=AUTHOR, now=NOW)
    with pytest.raises(UserError, match="changed in the meantime"):
        await _settle(kept, corrections.TAKEN)
    page = await kept.sends(secret, act="correct", quote=mark, words="Typed for ten minutes.")
    assert page.status_code == 422
    assert "Typed for ten minutes." in read(page), "what somebody wrote is not lost with its sentence"


async def _settle(kept: Kept, outcome: str, *, editor: bool = False, seen: str = "") -> str:
    ((correction_id,),) = await kept.rows("SELECT id FROM corrections WHERE settled_at IS NULL")
    async with kept.desk.begin() as session:
        return await acting.settle(
            session,
            WORKSPACE,
            int(str(correction_id)),
            outcome,
            by=AUTHOR,
            now=kept.now(),
            editor=editor,
            seen=seen,
        )


async def _told(kept: Kept, story_id: int) -> tuple[str, ...]:
    async with kept.desk.read() as session:
        telling = await show(session, WORKSPACE, story_id, kept.now())
    assert telling is not None
    return telling.quotes
