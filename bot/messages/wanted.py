"""Conversations that are wanted, in words: the window that plans one, the note to whoever is to have it."""

from __future__ import annotations

import json
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.interview_frame import drop_button
from bot.messages.why_forms import segment_options
from storage.wanted_talks import WantedTalk
from stories.language import _
from stories.text import shortened

LONGEST_QUESTION = 600


def plan_view(question: str, *, segment: str, user_id: str, project_id: int | None) -> Block:
    """What to ask, whom, who asks it, and by when."""
    who: dict[str, Any] = {"type": "users_select", "action_id": "owner", "initial_user": user_id}
    when = {"type": "datepicker", "action_id": "due_on"}
    return blocks.modal(
        _("Plan a conversation"),
        [
            blocks.text_input(
                "question",
                _("What shall we ask?"),
                value=shortened(question, LONGEST_QUESTION),
                most=LONGEST_QUESTION,
                multiline=True,
            ),
            _segment(segment),
            blocks.input_block("owner", _("Who talks with them?"), who),
            blocks.input_block("due_on", _("By when?"), when, optional=True),
        ],
        callback_id=ids.TALK_PLAN_VIEW,
        submit=_("Plan it"),
        close=_("Cancel"),
        private_metadata=json.dumps({"project": project_id}),
    )


def note(question: str) -> str:
    """What stands in the write-up, to copy from."""
    return _("To be asked: {question}").format(question=question)


def note_to_colleague(talk: WantedTalk) -> dict[str, Any]:
    """That a colleague is to talk with a customer, why, and how to say no."""
    lead = _("{person} would like you to ask a customer:").format(person=f"<@{talk.asked_by}>")
    why = _("This came because {person} chose you when planning it.").format(person=f"<@{talk.asked_by}>")
    no = _("Not for you? *Throw away* takes it off your list, and nobody is told.")
    return _to_be_asked(talk, lead, why, no)


def due_today(talk: WantedTalk) -> dict[str, Any]:
    """That a conversation is for today, with the write-up that waits for it."""
    lead = _("Today is the day you had in mind for asking a customer:")
    if talk.asked_by != talk.owner_id:
        lead = _("Today is the day for asking a customer what {person} would like to know:")
        lead = lead.format(person=f"<@{talk.asked_by}>")
    why = _("This came because the conversation is planned for today; there is no second reminder.")
    return _to_be_asked(talk, lead, why, _("Reminders can be turned off on your Home tab."))


def _to_be_asked(talk: WantedTalk, lead: str, *why: str) -> dict[str, Any]:
    body = [
        blocks.section(lead),
        blocks.section(f"*{escaped(talk.question)}*\n{details(talk)}"),
        blocks.actions(
            blocks.button(_("Write it up"), ids.DRAFT_OPEN, str(talk.draft_id), style="primary"),
            drop_button(talk.draft_id),
        ),
        blocks.context(*why),
    ]
    return read_out(f"{lead} {escaped(shortened(talk.question, 200))}", body)


def details(talk: WantedTalk) -> str:
    """Whom to ask and by when; escaped."""
    who = escaped(talk.segment) if talk.segment else _("any customer")
    return who if talk.due_on is None else _("{who} · by {day}").format(who=who, day=day(talk.due_on))


def planned(owner_id: str, user_id: str) -> str:
    """What is said once it is planned."""
    if owner_id == user_id:
        return _("It’s on your Home tab; the write-up is begun, with the question in it.")
    said = _("<@{person}> hears of it and finds the write-up begun, with the question in it.")
    return said.format(person=owner_id)


def _segment(chosen: str) -> Block:
    element: dict[str, Any] = {
        "type": "external_select",
        "action_id": ids.WHY_SEGMENT,
        "min_query_length": 0,
        "placeholder": blocks.plain(_("Any customer")),
    }
    element |= {"initial_option": segment_options([chosen])[0]} if chosen else {}
    return blocks.input_block(ids.WHY_SEGMENT, _("Which customers?"), element, optional=True)
