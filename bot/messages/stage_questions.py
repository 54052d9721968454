"""The window of questions for an event: asked, voted on, let in or left out by its host."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.stage import as_asked
from bot.messages.stage_words import Shown, by_own_clock, person
from bot.stage import ids as stage_ids
from stories.language import _
from stories.stage.events import LONGEST_QUESTION, Asked, Question, top

MOST_SHOWN, MOST_WAITING = 15, 10
"""Questions that one window shows: those with most votes, and those that waited longest."""


def questions_modal(
    shown: Shown, questions: Sequence[Question], *, user_id: str, voted: Collection[int], notice: str = ""
) -> Block:
    """What others would like to hear answered, with room for one's own."""
    event = shown.event
    host = event.host_id == user_id
    lead = _part("questions_of", title=event.title, when=by_own_clock(event.when))
    asked = top(questions, MOST_SHOWN)
    waiting = [one for one in questions if one.asked is Asked.WAITING]
    body: list[Block] = [blocks.section(lead), *([blocks.context(notice)] if notice else [])]
    if host:
        body += [block for one in waiting[:MOST_WAITING] for block in _to_decide(one)]
    else:
        own = [one for one in questions if one.asker_id == user_id and one.asked is not Asked.SHOWN]
        body += [blocks.context(_own(one, event.host_id)) for one in own]
    body += [block for one in asked for block in _shown(one, voted=one.id in voted, host=host)]
    body += [] if asked or (host and waiting) else [blocks.section(_part("no_questions"))]
    return blocks.modal(
        _("Questions"),
        [*body, blocks.divider(), *_to_ask()],
        callback_id=stage_ids.STAGE_ASK_VIEW,
        submit=_("Ask"),
        close=_("Close"),
        private_metadata=str(event.id),
    )


def _to_ask() -> list[Block]:
    unnamed = blocks.option(
        _("Without my name"), "yes", _("Nobody is told that you asked, not even the host.")
    )
    return [
        blocks.text_input("question", _("Your question"), most=LONGEST_QUESTION, multiline=True),
        blocks.input_block(
            "anonymous",
            _("May others see who asks?"),
            {"type": "checkboxes", "action_id": "anonymous", "options": [unnamed]},
            optional=True,
        ),
    ]


def _shown(question: Question, *, voted: bool, host: bool) -> list[Block]:
    label = _("Take my vote back") if voted else _("I’d like to hear that, too")
    row = [blocks.button(label, stage_ids.STAGE_VOTE, str(question.id))]
    if host:
        row.append(blocks.button(_("Leave it out"), stage_ids.STAGE_LEAVE_OUT, str(question.id)))
    return [*as_asked(question), blocks.actions(*row, block_id=f"question:{question.id}")]


def _to_decide(question: Question) -> list[Block]:
    value = str(question.id)
    return [
        blocks.quote(question.words),
        blocks.context(_part("waits_for_you")),
        blocks.actions(
            blocks.button(_("Let it in"), stage_ids.STAGE_LET_IN, value, style="primary"),
            blocks.button(_("Leave it out"), stage_ids.STAGE_LEAVE_OUT, value),
            block_id=f"question:{value}",
        ),
    ]


def _own(question: Question, host_id: str) -> str:
    if question.asked is Asked.LEFT_OUT:
        return _part("left_out", words=question.words)
    return _part("waiting_for_host", host=person(host_id), words=question.words)


def _part(part: str, /, **values: object) -> str:
    return prose_part("stage_forms.j2", part, **values)
