"""The view of a step, with what the database knows for it. Called in the caller's transaction."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.hints.showing import hinted
from bot.interview_stories import as_story, ending_of, outcome, own_story
from bot.messages import interview
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place
from bot.messages.interview_hidden import all_shown
from bot.messages.interview_steps import consent_view, meaning_view, what_view, words_view
from bot.messages.interview_who import who_view
from bot.visitors import Visitor
from storage import customers, draft_notes, offers, series_questions
from stories.consent import Purpose
from stories.customers import Customer
from stories.forms import Form, Step, first_problem, level_of
from stories.hiding import findings, fingerprint
from stories.language import _
from stories.placing import unplaced
from stories.story import Story, Telling
from stories.substance import Judged


def removed_customer() -> str:
    """What is said when the chosen customer is not known any more."""
    return _("This customer was removed in the meantime. Choose somebody else, or add them anew.")


async def became(session: AsyncSession, who: Visitor, story_id: int | None) -> Block:
    """What became of this person's write-up that was stored as this story; None when it is gone."""
    return await outcome(
        session,
        who.workspace_id,
        story_id,
        user_id=who.user_id,
        now=who.now,
        channel_command=who.channel_command,
    )


async def ending(
    session: AsyncSession,
    who: Visitor,
    story: Story,
    level: Purpose,
    *,
    telling: Telling | None = None,
    said: Judged | None = None,
) -> Block:
    """What became of a story that is at hand, under the sharing its customer agreed to.

    `telling` and `said` are as for `bot.messages.interview.done_view`.
    """
    command = who.channel_command
    return await ending_of(
        session, who.workspace_id, story, level, channel_command=command, telling=telling, said=said
    )


async def view_at(
    session: AsyncSession, who: Visitor, place: Place, form: Form, *, notice: str = "", quotes: int = 1
) -> Block:
    """The view of this place with the form in it; before the preview, the first step that isn't done.

    `quotes` is how many places for quotes there are at least.
    """
    left = ""
    match place.step:
        case Step.WHO:
            view = await _who(session, who, place, form, notice)
        case Step.WHAT:
            left = unplaced(await draft_notes.whole(session, who.workspace_id, place.draft_id), form)
            view = what_view(place, form, unplaced=left, notice=notice)
        case Step.WORDS:
            view = words_view(place, form, fields=quotes, notice=notice)
        case Step.MEANING:
            view = meaning_view(place, form, notice=notice)
        case Step.CONSENT:
            view = consent_view(place, form, notice=notice)
        case Step.PREVIEW:
            missing = await undone(session, who, place, form)
            if missing is not None:
                return missing
            view = await _preview(session, who, place, form, notice)
    return await hinted(session, who, place, form, view, notes=left)


async def undone(session: AsyncSession, who: Visitor, place: Place, form: Form) -> Block | None:
    """The first step that keeps this form from being stored, saying why; None when nothing does."""
    if form.customer_id and await known_customer(session, who, form) is None:
        return await _who(session, who, replace(place, step=Step.WHO), form, "")
    found = first_problem(form, today=who.today)
    if found is None:
        return None
    step, sentences = found
    return await view_at(session, who, replace(place, step=step), form, notice=next(iter(sentences.values())))


async def _who(session: AsyncSession, who: Visitor, place: Place, form: Form, notice: str) -> Block:
    if form.customer_id and await known_customer(session, who, form) is None:
        form, notice = replace(form, customer_id=None), removed_customer()
    known = await offers.topics(session, who.workspace_id, author_id=who.user_id)
    asked: tuple[str, ...] = ()
    if form.customer_id:
        waiting = await series_questions.waiting(session, who.workspace_id, form.customer_id)
        asked = tuple(one.words for one in waiting)
    return who_view(place, form, today=who.today, segments=known.segments, asked=asked, notice=notice)


async def _preview(session: AsyncSession, who: Visitor, place: Place, form: Form, notice: str) -> Block:
    stored = (
        await own_story(session, who.workspace_id, place.story_id, who.user_id) if place.story_id else None
    )
    known = await known_customer(session, who, form)
    story = as_story(form, known, author_id=who.user_id, now=who.now, stored=stored)
    if level_of(form) is not Purpose.WITHOUT_NAME:
        return interview.preview_view(replace(place, seen=""), story, level_of(form), notice=notice)
    found = findings(story.interview)
    story = replace(
        story, interview=replace(story.interview, hidden=tuple(str(one) for one in found.decisions))
    )
    place = replace(place, seen=fingerprint(story.interview) if all_shown(found) else "")
    return interview.preview_view(place, story, Purpose.WITHOUT_NAME, notice=notice, found=found)


def to_look_at_again(place: Place, story: Story, level: Purpose) -> bool:
    """Whether a story without name reads otherwise than in the preview at hand: nothing is decided then."""
    return level is Purpose.WITHOUT_NAME and place.seen != fingerprint(story.interview)


async def known_customer(session: AsyncSession, who: Visitor, form: Form) -> Customer | None:
    """The customer whom a form names by their id, as we know them."""
    if form.customer_id is None:
        return None
    return await customers.get(session, who.workspace_id, form.customer_id)
