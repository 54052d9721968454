"""What a project's form asks beside the project itself: its pin, its milestones' emoji, its picture."""

from __future__ import annotations

from typing import Any

from bot.messages import blocks
from bot.messages.blocks import Block
from stories.avatars.milestones import USUAL_EMOJI
from stories.avatars.project import Project
from stories.language import _
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a project's form holds beside the project itself.

    `pinned`: whether its message is to stay pinned; `mark`: the emoji of milestones; `pictures`: whether this
    copy can show any.
    """

    pinned: bool = False
    mark: str = USUAL_EMOJI
    pictures: bool = False


def wish_inputs(project: Project | None, wishes: Wishes) -> list[Block]:
    """The fields of a form; but for the pin they are asked only where a project stands already."""
    pinned = _pinned(wishes.pinned)
    if project is None:
        return [pinned]
    hint = _("Put it on a plan, a launch or a decision here: the avatar says which reasons it serves.")
    label = _("The emoji that marks milestones")
    mark = blocks.text_input("mark", label, value=wishes.mark, most=60, hint=hint)
    return [pinned, mark, *(_picture(project) if wishes.pictures else [])]


def _pinned(chosen: bool) -> Block:
    stay = blocks.option(_("Keep its message pinned in this channel"), "pinned")
    element: dict[str, Any] = {"type": "checkboxes", "action_id": "pinned", "options": [stay]}
    element |= {"initial_options": [stay]} if chosen else {}
    hint = _("It says why we do this, and stays up to date by itself.")
    return blocks.input_block("pinned", _("At hand"), element, optional=True, hint=hint)


def _picture(project: Project) -> list[Block]:
    element = {
        "type": "file_input",
        "action_id": "picture",
        "filetypes": ["png", "jpg", "jpeg"],
        "max_files": 1,
    }
    hint = _(
        "PNG or JPEG, at most 1 MB; square looks best. A drawing, please: no photo of a customer. Whoever "
        "has its address can see it."
    )
    new = blocks.input_block(
        "picture", _("A picture in place of the emoji"), element, optional=True, hint=hint
    )
    if not project.face.picture:
        return [new]
    gone = blocks.option(_("Take the picture away; show the emoji again"), "gone")
    none = {"type": "checkboxes", "action_id": "picture_gone", "options": [gone]}
    return [new, blocks.input_block("picture_gone", _("Its picture now"), none, optional=True)]
