"""What is posted of the top three: what was chosen, what its owner is asked, and whom nobody asked why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages import nps_words as nps
from bot.messages.aloud import aloud
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.priorities import measure, name_of, where_it_stands
from bot.messages.priorities_candidates import voices
from bot.priorities.measured import Standing
from bot.theme_voices import Voice
from stories.language import _
from stories.priorities.priority import LONGEST_NOTE, Priority, State
from stories.values import dataclass

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A customer who agreed to be contacted: as they are called, and who talked with them last."""

    who: str
    author_id: str
    interview_id: int


def announcement(priority: Priority, said: Sequence[Voice], command: str) -> Payload:
    """That one of the top three was chosen, with customers' words; what became of it since is in it."""
    name = name_of(priority)
    head = _("{person} chose one of the top three: {name}")
    lines = [
        _("*{name}* is one of the top three until {day}.").format(name=name, day=day(priority.last_day)),
        _("Done means: {words}").format(words=escaped(priority.done_means)),
        _("Owned by {owner}, chosen by {person}. Measured by NPS of {group}.").format(
            owner=f"<@{priority.owner_id}>",
            person=f"<@{priority.chosen_by}>",
            group=escaped(nps.group(priority.segment)),
        ),
    ]
    heard = [blocks.context(_("In customers’ words:")), *voices(said)] if said else []
    since = [blocks.section(where_it_stands(priority))] if priority.state is not State.STANDING else []
    rows = [
        blocks.section("\n".join(lines)),
        *since,
        *heard,
        blocks.actions(blocks.button(_("Look at the top three"), ids.PRIORITIES_OPEN)),
        blocks.context(
            _(
                "This came because this channel asked to hear of the top three. Turn it off: `{command}`"
            ).format(command=command)
        ),
    ]
    lead = head.format(person=f"<@{priority.chosen_by}>", name=name)
    return {"text": aloud(lead, rows), "blocks": rows}


def question(one: Standing, command: str) -> Payload:
    """What the owner is asked once a month."""
    priority = one.priority
    head = _("What changed about “{name}”?").format(name=name_of(priority))
    rows = [
        blocks.section(
            "\n".join([f"*{head}*", _("Done means: {words}").format(words=escaped(priority.done_means))])
        ),
        blocks.context(where_it_stands(priority), measure(one)),
        blocks.actions(
            blocks.button(_("Say what changed"), ids.PRIORITY_TELL, str(priority.id), style="primary"),
            blocks.button(_("It’s done, or not"), ids.PRIORITY_END, str(priority.id)),
        ),
        blocks.context(
            _(
                "You own this one of the top three; I ask once a month, and everybody reads the answer with "
                "`{command} top`. Turn it off on the Home tab."
            ).format(command=command)
        ),
    ]
    return {"text": aloud(head, rows), "blocks": rows}


def ending(one: Standing, command: str) -> Payload:
    """What the owner is asked when the quarter is over."""
    priority = one.priority
    head = _("The quarter is over: is “{name}” done?").format(name=name_of(priority))
    rows = [
        blocks.section(
            "\n".join([f"*{head}*", _("Done means: {words}").format(words=escaped(priority.done_means))])
        ),
        blocks.context(where_it_stands(priority), measure(one)),
        blocks.actions(
            blocks.button(_("It’s done, or not"), ids.PRIORITY_END, str(priority.id), style="primary")
        ),
        blocks.context(
            _(
                "You own this one of the top three. A sentence is enough; everybody reads it with "
                "`{command} top`. Turn such questions off on the Home tab."
            ).format(command=command)
        ),
    ]
    return {"text": aloud(head, rows), "blocks": rows}


def nobody_asked(head: str, why: str, ask: str, contacts: Sequence[Contact]) -> Payload:
    """That customers say something and nobody has asked them why: whom to ask. `head`, `why` are escaped."""
    if contacts:
        who = "\n".join(
            _("• {who}; {person} talked with them").format(who=escaped(one.who), person=f"<@{one.author_id}>")
            for one in contacts
        )
        whom = _("These agreed to be contacted, and were not of late:") + "\n" + who
    else:
        whom = _("Nobody of them has agreed to be contacted so far, or we talked with them just now.")
    rows = [
        blocks.section(f"*{head}*\n{why}"),
        blocks.section(whom),
        blocks.actions(blocks.button(_("Plan a conversation"), ids.TALK_PLAN, ask, style="primary")),
        blocks.context(
            _(
                "You hear this because you look after the top three, or edit here. Turn it off on the "
                "Home tab, under “What I tell you in private”."
            )
        ),
    ]
    return {"text": aloud(head, rows), "blocks": rows}


def tell_view(priority: Priority) -> Block:
    """What changed since, in a sentence or two."""
    field = blocks.text_input(
        "words", _("What changed?"), most=LONGEST_NOTE, multiline=True, hint=_("Everybody can read it.")
    )
    return _modal(_("What changed"), [_about(priority), field], ids.PRIORITY_TELL_VIEW, priority)


def end_view(priority: Priority) -> Block:
    """Whether it is done, with a sentence."""
    options = [
        blocks.option(_("It’s done"), State.DONE.value),
        blocks.option(_("It’s not done, and we leave it"), State.NOT_DONE.value),
    ]
    radio = {"type": "radio_buttons", "action_id": "state", "options": options}
    field = blocks.text_input(
        "words", _("In a sentence?"), most=LONGEST_NOTE, multiline=True, hint=_("Kept for everybody to read.")
    )
    body = [_about(priority), blocks.input_block("state", _("How did it end?"), radio), field]
    return _modal(_("Is it done?"), body, ids.PRIORITY_END_VIEW, priority)


def drop_view(priority: Priority) -> Block:
    """Why it goes."""
    field = blocks.text_input(
        "words", _("Why?"), most=LONGEST_NOTE, multiline=True, hint=_("Kept for everybody to read.")
    )
    return _modal(_("Drop it"), [_about(priority), field], ids.PRIORITY_END_VIEW, priority)


def _about(priority: Priority) -> Block:
    done = _("done means: {words}").format(words=escaped(priority.done_means))
    return blocks.context(f"*{name_of(priority)}* · {done}")


def _modal(title: str, body: Sequence[Block], callback_id: str, priority: Priority) -> Block:
    return blocks.modal(
        title,
        body,
        callback_id=callback_id,
        submit=_("Keep it"),
        close=_("Cancel"),
        private_metadata=str(priority.id),
    )
