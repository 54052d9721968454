"""The windows in which somebody says what becomes of a follow-up."""

from __future__ import annotations

from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, escaped
from bot.messages.follow_up import ways
from bot.messages.reacting import LONGEST_WHAT, done_modal
from storage.follow_ups import FollowUp
from stories.language import _
from stories.links import LONGEST_LINK

LONGEST_CLOSING = LONGEST_WHAT
"""Characters of the sentence that says what changed, or why something is let go."""


def done_view(task: FollowUp) -> Block:
    """What has changed, in a sentence; and what else can become of it."""
    return blocks.modal(
        _("It’s done"),
        [
            _about(task),
            blocks.text_input(
                "closing",
                _("What has changed?"),
                most=LONGEST_CLOSING,
                multiline=True,
                placeholder=_("The VAT number is on the first page since Tuesday"),
                hint=_(
                    "One sentence. Readers of the story see it with your name, and those who listened hear "
                    "of it. Leave out who the customer is."
                ),
            ),
            _link(task),
            blocks.divider(),
            blocks.context(_("Not done yet?")),
            blocks.actions(*ways(task.id)),
        ],
        callback_id=ids.FOLLOW_UP_DONE_VIEW,
        submit=_("It’s done"),
        close=_("Cancel"),
        private_metadata=str(task.id),
    )


def move_view(task: FollowUp) -> Block:
    """For which day it is now, and where it is worked on."""
    picker: Block = {"type": "datepicker", "action_id": "due_on", "placeholder": blocks.plain(_("No day"))}
    picker |= {"initial_date": task.due_on.isoformat()} if task.due_on else {}
    return blocks.modal(
        _("Another day"),
        [
            _about(task),
            blocks.input_block(
                "due_on",
                _("By when?"),
                picker,
                optional=True,
                hint=_("I remind you on that day. Without a day it stays on your list, and I say nothing."),
            ),
            _link(task),
        ],
        callback_id=ids.FOLLOW_UP_MOVE_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
        private_metadata=str(task.id),
    )


def hand_view(task: FollowUp) -> Block:
    """Who is asked to take it over."""
    picker: dict[str, Any] = {
        "type": "users_select",
        "action_id": "colleague",
        "placeholder": blocks.plain(_("Choose a colleague"), 150),
    }
    return blocks.modal(
        _("Hand it over"),
        [
            _about(task),
            blocks.input_block(
                "colleague",
                _("Who might take it over?"),
                picker,
                hint=_("They are asked, and read what it is about. It stays yours until they say yes."),
            ),
        ],
        callback_id=ids.FOLLOW_UP_HAND_VIEW,
        submit=_("Ask them"),
        close=_("Cancel"),
        private_metadata=str(task.id),
    )


def let_go_view(task: FollowUp) -> Block:
    """Why it is not going to be done."""
    return blocks.modal(
        _("Let it go"),
        [
            _about(task),
            blocks.text_input(
                "closing",
                _("Why?"),
                most=LONGEST_CLOSING,
                multiline=True,
                placeholder=_("The old invoices go in January anyway"),
                hint=_("One sentence, kept with it for you. Nobody is told."),
            ),
        ],
        callback_id=ids.FOLLOW_UP_LET_GO_VIEW,
        submit=_("Let it go"),
        close=_("Cancel"),
        private_metadata=str(task.id),
    )


def over_view(title: str, sentence: str) -> Block:
    """What stands after somebody's word; closing it closes what lay under it too."""
    return done_modal(title, sentence) | {"clear_on_close": True}


def ending_view(task: FollowUp) -> Block:
    """What readers are told came of a story, to be said otherwise or taken back."""
    question = blocks.confirm(
        _("Take it back?"),
        _("The sentence leaves the story and every message it stands in. You can say another one later."),
        _("Take it back"),
        _("Leave it"),
    )
    button = blocks.button(
        _("Take it back"), ids.ENDING_TAKE_BACK, str(task.id), style="danger", confirm=question
    )
    return blocks.modal(
        _("What came of it"),
        [
            _about(task),
            blocks.text_input(
                "closing",
                _("What has changed?"),
                value=task.closing,
                most=LONGEST_CLOSING,
                multiline=True,
                hint=_("Every message that says it follows at once."),
            ),
            *([] if task.untold else [blocks.actions(button)]),
        ],
        callback_id=ids.ENDING_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
        private_metadata=str(task.id),
    )


def _about(task: FollowUp) -> Block:
    return blocks.section(f"*{escaped(task.what)}*")


def _link(task: FollowUp) -> Block:
    return blocks.text_input(
        "link",
        _("A link to where it is worked on"),
        value=task.link,
        most=LONGEST_LINK,
        optional=True,
        placeholder="https://",
    )
