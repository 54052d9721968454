"""The write-up between draft and view: what was typed is kept, then the next view is made of it.

Everything here happens in the caller's transaction and talks to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.interview_fields import beside, filled_in, quote_fields
from bot.interview_meanwhile import caught_up, chosen, with_news
from bot.interview_stories import as_form, being_edited, consents_of, own_story, source_of
from bot.interview_views import became, removed_customer, view_at
from bot.messages import interview
from bot.messages.blocks import Block
from bot.messages.interview_frame import STEPS, Place
from bot.permissions import Act, Actor, Thing, may
from bot.visitors import Visitor
from storage import customers, drafts, interviews, offers
from storage.drafts import Draft
from stories.errors import UserError
from stories.forms import Form, Step, problems
from stories.knowing import filled_from
from stories.language import _
from stories.values import dataclass

FORGOTTEN_AFTER = timedelta(days=1)
"""How long a window that nothing was typed in is held open."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Sentences by the ids of the blocks they belong beside."""

    by_block: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft with what stands in the view at hand laid over it."""

    place: Place
    form: Form


async def first_view(session: AsyncSession, who: Visitor) -> Block:
    """Where a write-up begins: a choice for somebody with open drafts, else its first step."""
    mine = await drafts.of_author(session, who.workspace_id, who.user_id, most=interview.MOST_DRAFTS)
    if mine:
        return interview.choose_view([(draft.id, draft.form, draft.updated_at) for draft in mine])
    return await begin(session, who)


async def begin(session: AsyncSession, who: Visitor, form: Form | None = None) -> Block:
    """The first step of a new write-up; with `form`, one in which something stands already."""
    await drafts.sweep(session, who.workspace_id, who.user_id, before=who.now - FORGOTTEN_AFTER)
    step = Step.WHO.value if form else drafts.UNTOUCHED
    draft_id = await drafts.begin(
        session, who.workspace_id, who.user_id, form or Form(), now=who.now, step=step
    )
    return await view_at(session, who, Place(draft_id=draft_id, step=Step.WHO), form or Form())


async def edit(session: AsyncSession, who: Visitor, story_id: int) -> Block:
    """A stored story's write-up, to be changed; an edit begun before is gone on with."""
    story = await own_story(session, who.workspace_id, story_id, who.user_id)
    for draft in await drafts.of_author(session, who.workspace_id, who.user_id, most=100):
        if draft.interview_id == story.interview.id:
            return await go_on(session, who, draft.id)
    form = as_form(story, await consents_of(session, who.workspace_id, story), who.now)
    draft_id = await drafts.begin(
        session, who.workspace_id, who.user_id, form, now=who.now, interview_id=story.interview.id
    )
    place = Place(draft_id=draft_id, step=Step.WHO, story_id=story_id)
    return await view_at(session, who, place, form)


async def own_draft(session: AsyncSession, who: Visitor, draft_id: int) -> Draft | None:
    """This person's draft; None when it was submitted or thrown away. Raises UserError for another's."""
    draft = await drafts.get(session, who.workspace_id, draft_id)
    if draft is not None:
        check_own(who, draft)
    return draft


def check_own(who: Visitor, draft: Draft) -> None:
    """Raises UserError unless it is this person's own draft."""
    if not may(Actor(user_id=who.user_id), Act.EDIT, Thing(owner_id=draft.author_id)):
        raise UserError(_("This draft is a colleague’s own; only they can go on with it."))


async def go_on(session: AsyncSession, who: Visitor, draft_id: int) -> Block:
    """The view at which a draft was left; what became of it when it is a draft no more."""
    draft = await own_draft(session, who, draft_id)
    if draft is None:
        return await sent_before(session, who, Place(draft_id=draft_id, step=Step.WHO))
    story = await being_edited(session, who.workspace_id, draft)
    step = Step(draft.step) if draft.step else Step.WHO
    place = Place(draft_id=draft_id, step=step, story_id=story.id if story else None)
    return await _shown(session, who, place, draft.form)


async def sent_before(session: AsyncSession, who: Visitor, place: Place) -> Block:
    """What became of a draft that is one no more."""
    stored = place.story_id or await interviews.stored_as(
        session, who.workspace_id, source_of(place.draft_id)
    )
    return await became(session, who, stored)


async def next_step(session: AsyncSession, who: Visitor, view: Mapping[str, Any]) -> Block | Errors:
    """What a step's *Next* leads to; what was typed is kept whether or not it can go on."""
    sheet = await laid_over(session, who, view)
    if sheet is None:
        return await sent_before(session, who, Place.of(view))
    found = problems(sheet.form, sheet.place.step, today=who.today)
    if found and _chose_removed(sheet, view):
        found["name"] = removed_customer()
    ahead = sheet.place if found else replace(sheet.place, step=_step_from(sheet.place, 1))
    await keep(session, who, ahead, sheet.form)
    return Errors(beside(view, found)) if found else await _shown(session, who, ahead, sheet.form)


async def _shown(session: AsyncSession, who: Visitor, place: Place, form: Form) -> Block:
    """The view of a place; an edit's with what came into its story since it was begun, which is kept.

    Where what was typed stands against it, that waits for the preview: nothing is typed there.
    """
    if place.story_id is None:
        return await view_at(session, who, place, form)
    found = await caught_up(session, who, place.story_id, form)
    if found.form == form or (found.against and place.step is not Step.PREVIEW):
        return await view_at(session, who, place, form)
    await keep(session, who, place, found.form)
    return await with_news(
        session, who, place.story_id, await view_at(session, who, place, found.form), found
    )


async def with_chosen(session: AsyncSession, who: Visitor, view: Mapping[str, Any], picks: str) -> Block:
    """The same step with the story's words in place of what was typed, where that was chosen."""
    sheet = await laid_over(session, who, view)
    if sheet is None or sheet.place.story_id is None:
        return await sent_before(session, who, Place.of(view))
    form = await chosen(session, who, sheet.place.story_id, sheet.form, picks)
    await keep(session, who, sheet.place, form)
    return await view_at(session, who, sheet.place, form)


async def same_step(
    session: AsyncSession, who: Visitor, view: Mapping[str, Any], *, more_quotes: int = 0
) -> Block:
    """The same step again, kept: after a customer was chosen, or with another place for a quote."""
    sheet = await laid_over(session, who, view)
    if sheet is None:
        return await sent_before(session, who, Place.of(view))
    await keep(session, who, sheet.place, sheet.form)
    quotes = quote_fields(view) + more_quotes
    return await view_at(session, who, sheet.place, sheet.form, quotes=quotes)


async def shown_again(
    session: AsyncSession, who: Visitor, place: Place, form: Form, view: Mapping[str, Any]
) -> Block:
    """The view of a place whose form is kept, with as many places for quotes as it had."""
    return await view_at(session, who, place, form, quotes=quote_fields(view))


async def at_step(session: AsyncSession, who: Visitor, view: Mapping[str, Any], step: Step) -> Block:
    """Another step of the same write-up, with what was typed kept as it is."""
    sheet = await laid_over(session, who, view)
    if sheet is None:
        return await sent_before(session, who, Place.of(view))
    there = replace(sheet.place, step=step)
    await keep(session, who, there, sheet.form)
    return await view_at(session, who, there, sheet.form)


async def step_back(session: AsyncSession, who: Visitor, view: Mapping[str, Any]) -> Block:
    """The step before, with what was typed kept as it is."""
    sheet = await laid_over(session, who, view)
    if sheet is None:
        return await sent_before(session, who, Place.of(view))
    behind = replace(sheet.place, step=_step_from(sheet.place, -1))
    await keep(session, who, behind, sheet.form)
    return await view_at(session, who, behind, sheet.form)


async def laid_over(session: AsyncSession, who: Visitor, view: Mapping[str, Any]) -> Sheet | None:
    """What stands in the view laid over its draft; None for a draft that was submitted.

    One that was thrown away elsewhere comes back as a new draft: what stands in this window is kept.
    """
    place = Place.of(view)
    draft = await own_draft(session, who, place.draft_id)
    before = draft.form if draft else Form()
    form = await _recognised(session, who, place, before, filled_in(before, place.step, view))
    if draft is None:
        stored = await interviews.stored_as(session, who.workspace_id, source_of(place.draft_id))
        if stored or place.story_id or place.step is Step.PREVIEW:
            return None
        anew = await drafts.begin(session, who.workspace_id, who.user_id, form.tidied(), now=who.now)
        place = replace(place, draft_id=anew)
    return Sheet(place, form.tidied())


async def keep(session: AsyncSession, who: Visitor, place: Place, form: Form) -> None:
    """Keep what was typed, and the step at which to go on."""
    await drafts.save(session, who.workspace_id, place.draft_id, form, step=place.step.value, now=who.now)


async def _recognised(session: AsyncSession, who: Visitor, place: Place, before: Form, form: Form) -> Form:
    """The form with what we know of a customer who was just chosen; nobody for one who was removed."""
    if place.step is not Step.WHO or (before.customer_id is None and form.customer_id is None):
        return form
    # What stands in the fields was about the customer chosen before.
    fresh = before.customer_id not in (None, form.customer_id)
    nobody = {"alias": "", "company": "", "segment": "", "filled": (), "agreed": (), "agreed_before": ()}
    form = Form.from_json(form.as_json() | nobody) if fresh else form
    if form.customer_id is None:
        return replace(form, filled=())
    known = await customers.get(session, who.workspace_id, form.customer_id)
    if known is None:
        return replace(form, customer_id=None, name="", filled=())
    own = await offers.is_own(session, who.workspace_id, known.id, who.user_id)
    return filled_from(form, known, alias=own)


def _chose_removed(sheet: Sheet, view: Mapping[str, Any]) -> bool:
    chosen = filled_in(sheet.form, Step.WHO, view).customer_id if sheet.place.step is Step.WHO else None
    return chosen is not None and sheet.form.customer_id is None


def _step_from(place: Place, by: int) -> Step:
    return STEPS[max(STEPS.index(place.step) + by, 0)]
