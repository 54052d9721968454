"""The end of a write-up: stored once, told or kept, however often it is sent. In the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import publishing
from bot.filing import file_new
from bot.interview_fields import filled_in
from bot.interview_overtaken import overtaken
from bot.interview_stories import as_story, being_edited, source_of
from bot.interview_views import became, ending, known_customer, to_look_at_again, undone, view_at
from bot.interviewing import check_own, sent_before
from bot.messages.blocks import Block, escaped, section
from bot.messages.interview_frame import Place
from bot.moderation import hold, hold_for_team
from bot.terms import rules
from bot.visitors import Visitor
from storage import audit, drafts, interviews, moderation, stories
from storage.drafts import Draft
from storage.submissions import Filing, Submission, take_in
from stories.consent import Purpose
from stories.errors import UserError
from stories.forms import Form, Step, level_of
from stories.language import _
from stories.story import Story, StoryState, Telling, as_filed, preview, words_of
from stories.substance import judged


class Undone(Exception):
    """Something is still missing; `view` is the step where, and says what. The transaction is to fail."""

    def __init__(self, view: Block) -> None:
        super().__init__("a write-up is not complete")
        self.view = view


async def finish(
    session: AsyncSession, who: Visitor, view: Mapping[str, Any], *, publish: bool
) -> tuple[Block, Draft | None]:
    """Store a write-up and answer with what became of it, and the draft it was until now.

    `publish` asks for telling it, which consent may not allow: then it is kept. A draft that was sent
    before is left alone and answered the same, with None. Raises Undone when something is missing.
    """
    place = Place.of(view)
    while (draft := await _draft(session, who, place)) is not None:
        draft = replace(draft, form=filled_in(draft.form, Step.PREVIEW, view))
        stored = await being_edited(session, who.workspace_id, draft)
        if stored is not None:
            form, to_look_at = await overtaken(session, who, replace(place, story_id=stored.id), draft.form)
            if to_look_at is not None:
                return to_look_at, None
            draft = replace(draft, form=form)
        story = await _checked(session, who, place, draft.form, publish=publish)
        done = await _store(session, who, draft, story, publish=publish)
        if done is not None:
            return done, draft
        # Somebody touched the draft meanwhile, in another window or by the same click: it is read anew.
    return await sent_before(session, who, place), None


async def _draft(session: AsyncSession, who: Visitor, place: Place) -> Draft | None:
    """This person's draft; of an edit's story nobody else changes anything until the transaction ends."""
    draft = await drafts.get(session, who.workspace_id, place.draft_id)
    if draft is None:
        return None
    check_own(who, draft)
    if draft.interview_id is None:
        return draft
    await interviews.hold(session, who.workspace_id, draft.interview_id)
    # What was waited for may have been this draft's own end.
    return await drafts.get(session, who.workspace_id, place.draft_id)


async def _checked(session: AsyncSession, who: Visitor, place: Place, form: Form, *, publish: bool) -> Story:
    """A form as the story it will be.

    Raises Undone when something is missing, or when what is to be published was not looked at.
    """
    missing = await undone(session, who, place, form)
    if missing is not None:
        raise Undone(missing)
    known = await known_customer(session, who, form)
    story = as_story(form, known, author_id=who.user_id, now=who.now)
    if publish and to_look_at_again(place, story, level_of(form)):
        raise Undone(await view_at(session, who, place, form, notice=_changed_meanwhile()))
    return story


async def _store(
    session: AsyncSession, who: Visitor, draft: Draft, story: Story, *, publish: bool
) -> Block | None:
    """Store a complete write-up; None when its draft does not stand as it was read."""
    alone = draft.interview_id is None and draft.form.customer_id is None and not draft.form.promise
    if alone and not (publish and await _needs_editor(session, who, story)):
        return await _begin_alone(session, who, draft, story, publish=publish)
    if not await drafts.take_seen(session, who.workspace_id, draft.id, draft.updated_at):
        return None
    if draft.interview_id is None:
        return await _begin(session, who, draft, story, publish=publish)
    story_id, said = await _change(session, who, draft, publish=publish)
    return _with_word(await became(session, who, story_id), said)


def _changed_meanwhile() -> str:
    return _("This isn’t what you looked at before. Please look at it once more, then publish it.")


async def _begin_alone(
    session: AsyncSession, who: Visitor, draft: Draft, story: Story, *, publish: bool
) -> Block | None:
    """Store a new write-up that touches nothing else: about somebody new, and nothing was promised."""
    form, level = draft.form, level_of(draft.form)
    telling = preview(story, level) if publish else None
    filing = _filing(story, telling) if telling else None
    said = judged(form, form.quotes)
    sent = Submission(
        draft_id=draft.id,
        seen_at=draft.updated_at,
        form=form,
        said=said,
        source_key=source_of(draft.id),
        author_id=who.user_id,
        now=who.now,
        filing=filing,
    )
    story_id = await take_in(session, who.workspace_id, sent)
    if story_id is None:
        return None
    story = replace(story, id=story_id, state=sent.state, published_at=who.now if filing else None)
    return await ending(session, who, story, level, telling=telling, said=said)


def _filing(story: Story, telling: Telling) -> Filing:
    return Filing(topics=stories.topics_of(as_filed(story, telling)), words=words_of(telling))


async def _begin(session: AsyncSession, who: Visitor, draft: Draft, story: Story, *, publish: bool) -> Block:
    """Store a new write-up; what became of it is told from memory, since nobody else can know it yet."""
    form, level = draft.form, level_of(draft.form)
    shared = publish and level is not Purpose.NOT_SHARED
    asks = shared and await _needs_editor(session, who, story)
    told = shared and not asks
    story_id = await interviews.store_new(
        session,
        who.workspace_id,
        form,
        source_key=source_of(draft.id),
        author_id=who.user_id,
        now=who.now,
        state=StoryState.PUBLISHED if told else StoryState.KEPT,
    )
    known = await known_customer(session, who, form)
    if form.customer_id is not None:
        await publishing.follow_customer(
            session, who.workspace_id, form.customer_id, but=story_id, now=who.now
        )
    story = as_story(form, known, author_id=who.user_id, now=who.now)
    state = StoryState.PUBLISHED if told else StoryState.KEPT
    story = replace(story, id=story_id, state=state, published_at=who.now if told else None)
    if told:
        await file_new(session, who.workspace_id, story, level)
    await _note(session, who, "publish" if told else "store", story_id)
    said = await hold(session, who.workspace_id, story, by=who.user_id, now=who.now) if asks else ""
    return _with_word(await ending(session, who, story, level), said)


async def _change(session: AsyncSession, who: Visitor, draft: Draft, *, publish: bool) -> tuple[int, str]:
    """Store what was changed; the story's id and what it waits for now, in words."""
    stored = await being_edited(session, who.workspace_id, draft)
    if stored is None:
        raise UserError(_("This story isn’t here any more: it or its customer was removed."))
    await interviews.change(
        session, who.workspace_id, stored.interview.id, draft.form, by=who.user_id, now=who.now
    )
    await moderation.words_changed(session, who.workspace_id, stored.id)
    if (await moderation.terms(session, who.workspace_id, stored.id)).account_only:
        await hold_for_team(session, who.workspace_id, stored, by=who.user_id, now=who.now)
    await _note(session, who, "edit", stored.id)
    told = publish and level_of(draft.form) is not Purpose.NOT_SHARED
    said = await _tell_again(session, who, stored) if told else ""
    # Also after publishing: the customer's other stories follow what was changed about them.
    await publishing.follow_edit(session, who.workspace_id, stored.id, by=who.user_id, now=who.now)
    return stored.id, said


async def _tell_again(session: AsyncSession, who: Visitor, stored: Story) -> str:
    """Publish a changed story, or have it wait, told or not: an editor said yes to other words."""
    if stored.state is StoryState.HIDDEN:
        return ""
    story = await stories.get(session, who.workspace_id, stored.id) or stored
    said = await hold(session, who.workspace_id, story, by=who.user_id, now=who.now)
    if not said and stored.state is not StoryState.PUBLISHED:
        await publishing.publish(session, who.workspace_id, stored.id, by=who.user_id, now=who.now)
    if said and stored.state is StoryState.PUBLISHED:
        await publishing.withdraw(
            session, who.workspace_id, stored.id, by=who.user_id, now=who.now, state=StoryState.KEPT
        )
    return said


async def _needs_editor(session: AsyncSession, who: Visitor, story: Story) -> bool:
    return (await rules(session, who.workspace_id)).needs_editor(story.interview.customer.segment)


def _with_word(view: Block, said: str) -> Block:
    """The last view with a sentence of ours under its heading."""
    if not said:
        return view
    first, *rest = view["blocks"]
    return {**view, "blocks": [first, section(escaped(said)), *rest]}


async def _note(session: AsyncSession, who: Visitor, act: str, story_id: int) -> None:
    entry = audit.Entry(
        at=who.now, actor_id=who.user_id, act=act, object_kind="story", object_id=str(story_id)
    )
    await audit.note(session, who.workspace_id, entry)
