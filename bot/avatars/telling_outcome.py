"""A project that is done becomes a story: the write-up begins with what came of it and whose words began it.

A story is one customer's, and follows what that customer agrees to. So the quotes stand in it only together
with their customer, where this person may know who that is; the words of others are notes beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot import interviewing
from bot.avatars.restating import said_of
from bot.avatars.sayings import Saying
from bot.messages.avatar import source_in_words
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place
from bot.visitors import Visitor
from storage import customers, draft_notes, offers
from stories.avatars.project import Project
from stories.customers import Customer
from stories.forms import LONGEST, MOST_QUOTES, Form
from stories.knowing import filled_from
from stories.language import _
from stories.speaking import quoted
from stories.text import shortened

_LOOKED_AT = 50


async def begin_story(session: AsyncSession, who: Visitor, project: Project) -> Block:
    """The first step of a write-up with all of this in it."""
    said = list((await said_of(session, who.workspace_id, project, who.now, who.user_id)).values())
    whose = await _known_here(session, who, said)
    own = [one for one in said if whose and one.customer_id == whose.id]
    form = Form(
        segment=shortened(project.segment, LONGEST["segment"]),
        trying_to=project.goal,
        happened=shortened(project.outcome, LONGEST["happened"]),
        quotes=tuple(one.words for one in own if len(one.words) <= LONGEST["quote"])[:MOST_QUOTES],
        title=shortened(project.name, LONGEST["title"]),
    )
    if whose is not None:
        alias = await offers.is_own(session, who.workspace_id, whose.id, who.user_id)
        form = filled_from(replace(form, customer_id=whose.id, segment=""), whose, alias=alias)
    view = await interviewing.begin(session, who, form)
    others = [one for one in said if one not in own]
    await draft_notes.keep(
        session, who.workspace_id, Place.of(view).draft_id, "project", _notes(project, others)
    )
    return view


async def _known_here(session: AsyncSession, who: Visitor, said: Sequence[Saying]) -> Customer | None:
    """The customer with most of the quotes, among those whom this person may choose."""
    named = (one.customer_id for one in said if one.customer_id is not None)
    for customer_id, _times in Counter(named).most_common():
        known = await customers.get(session, who.workspace_id, customer_id)
        if known is None:
            continue
        found = await offers.customers_like(
            session, who.workspace_id, known.name, user_id=who.user_id, most=_LOOKED_AT
        )
        if any(one.customer.id == customer_id for one in found):
            return known
    return None


def _notes(project: Project, others: Sequence[Saying]) -> str:
    reasons = "\n".join(f"– {reason.words}" for reason in project.reasons)
    lines = [_("Why {project} was begun:").format(project=project.name), reasons]
    if others:
        told = "\n".join(f"– {quoted(one.words)} ({source_in_words(one)})" for one in others)
        lines += [_("What other customers said, whose own stories tell it:"), told]
    return "\n".join(lines)
