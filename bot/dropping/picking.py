"""From the lines an author picked to the form: trimmed between sentences, never reworded.

Everything here happens in the caller's transaction and talks to nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.dropping.talk import Line, Talk, Voice
from bot.interview_views import view_at
from bot.interviewing import Errors, keep, own_draft, sent_before
from bot.messages.blocks import Block
from bot.messages.dropped_lines import AT_ONCE, MOST_BOXES, Picking, Ticks, block_of, lines_view, ticks_in
from bot.messages.interview_frame import Place
from bot.offering import customer_named
from bot.visitors import Visitor
from storage import uploads
from storage.drafts import Draft
from stories.forms import LONGEST, MOST_QUOTES, Form, Step
from stories.language import ngettext
from stories.sentences import trim
from stories.text import shortened

_FULL_NAME = 2
"""Words of a name by which somebody can be known again."""


async def choose_voice(session: AsyncSession, who: Visitor, draft_id: int, voice: int) -> Block:
    """The window with what this voice said; what became of the draft when it is one no more."""
    found = await _found(session, who, draft_id)
    if found is None:
        return await sent_before(session, who, _place(draft_id))
    draft, talk = found
    ticks = ticked_before(talk.voices[voice], draft.form)
    shown = max([AT_ONCE, *(number + 1 for number in ticks)])
    return lines_view(Picking(draft_id=draft_id, voice=voice, shown=shown), talk, ticks)


async def more_lines(session: AsyncSession, who: Visitor, view: Mapping[str, Any]) -> Block:
    """The same window with further lines; what is ticked stays."""
    picking = Picking.of(view)
    found = await _found(session, who, picking.draft_id)
    if found is None:
        return await sent_before(session, who, _place(picking.draft_id))
    return lines_view(replace(picking, shown=picking.shown + AT_ONCE), found[1], ticks_in(view))


async def pick(session: AsyncSession, who: Visitor, view: Mapping[str, Any]) -> Block | Errors:
    """The write-up's first step, filled in with what was picked; or why it cannot go on."""
    picking = Picking.of(view)
    found = await _found(session, who, picking.draft_id)
    if found is None:
        return await sent_before(session, who, _place(picking.draft_id))
    draft, talk = found
    voice, ticks = talk.voices[picking.voice], ticks_in(view)
    form = _named(with_quotes(draft.form, voice, ticks), voice, talk)
    if len(form.quotes) > MOST_QUOTES:
        many = len(form.quotes) - MOST_QUOTES
        said = ngettext(
            "A write-up holds {most} quotes; please untick {count}.",
            "A write-up holds {most} quotes; please untick {count}.",
            many,
        )
        last = block_of(picking, max(ticks, default=0))
        return Errors({last: said.format(most=MOST_QUOTES, count=many)})
    form = await _recognised(session, who, form)
    place = _place(picking.draft_id)
    await keep(session, who, place, form)
    return await view_at(session, who, place, form)


def with_quotes(form: Form, voice: Voice, ticks: Ticks) -> Form:
    """The form with the picked lines as its quotes; what somebody typed or changed there stays."""
    picked = tuple(_trimmed(voice.lines[number], kept) for number, kept in sorted(ticks.items()))
    typed = [quote for quote in form.quotes if not any(line.kept_in(quote) for line in voice.lines)]
    return replace(form, quotes=tuple(dict.fromkeys((*picked, *typed))))


def ticked_before(voice: Voice, form: Form) -> dict[int, frozenset[int]]:
    """Which of this voice's lines, and which of their sentences, are quotes of the form already."""
    pairs = ((number, line, quote) for number, line in enumerate(voice.lines) for quote in form.quotes)
    return {number: kept for number, line, quote in pairs if (kept := line.kept_in(quote))}


def _trimmed(line: Line, kept: Collection[int]) -> str:
    """One box stands for the whole of a line of one sentence, or of more sentences than there are boxes."""
    return trim(line.text, kept) if 1 < len(line.parts) <= MOST_BOXES else line.text


def _named(form: Form, voice: Voice, talk: Talk) -> Form:
    """The customer's name, as long as nobody chose or typed another."""
    ours = not form.customer_id and form.name in {"", *(other.name for other in talk.voices)}
    return replace(form, name=shortened(voice.customer, LONGEST["name"])) if ours else form


async def _recognised(session: AsyncSession, who: Visitor, form: Form) -> Form:
    """Somebody of exactly this whole name who is no secret to the author; they can choose anew."""
    if form.customer_id or len(form.name.split()) < _FULL_NAME:
        return form
    known = await customer_named(
        session, who.workspace_id, form.name, form.company, user_id=who.user_id, at=who.now
    )
    if known is None:
        return form
    return replace(
        form,
        customer_id=known.id,
        name=known.name,
        alias=form.alias or known.alias,
        company=form.company or known.company,
        segment=form.segment or known.segment,
    )


async def _found(session: AsyncSession, who: Visitor, draft_id: int) -> tuple[Draft, Talk] | None:
    draft = await own_draft(session, who, draft_id)
    kept = await uploads.talk_of(session, who.workspace_id, draft_id)
    return None if draft is None or kept is None else (draft, Talk.from_json(kept))


def _place(draft_id: int) -> Place:
    return Place(draft_id=draft_id, step=Step.WHO)
