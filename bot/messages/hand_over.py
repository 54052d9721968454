"""Asking a colleague to take something over, and what became of that."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import prose_part
from bot.messages.dates import day
from storage.follow_ups import PROMISE, FollowUp
from stories.language import _


def asked(task: FollowUp, *, about: str) -> dict[str, Any]:
    """The question; `about` is the story's title as the colleague may read it, or empty."""
    owner = _person(task.owner_id)
    when = day(task.due_on) if task.due_on else ""
    promised = task.kind == PROMISE
    said = _part("hand_ask", owner=owner, what=task.what, promised=promised, when=when, about=about)
    row = blocks.actions(
        blocks.button(_("I’ll take it"), ids.FOLLOW_UP_TAKE, str(task.id), style="primary"),
        blocks.button(_("Not me"), ids.FOLLOW_UP_NOT_ME, str(task.id)),
    )
    why = blocks.context(_part("hand_why", owner=owner))
    return read_out(said, [blocks.section(said), row, why])


def yours(task: FollowUp) -> dict[str, Any]:
    """What stands in its place after a yes."""
    return _plain(_part("hand_yours", what=task.what))


def not_asked(task: FollowUp) -> dict[str, Any]:
    """What stands in its place after a no, or once it is settled otherwise."""
    return _plain(_part("hand_over", what=task.what))


def answered(task: FollowUp, colleague: str, *, takes_it: bool) -> dict[str, Any]:
    """What whoever asked hears."""
    part = "handed_yes" if takes_it else "handed_no"
    return _plain(_part(part, colleague=_person(colleague), what=task.what))


def _plain(said: str) -> dict[str, Any]:
    return {"text": said, "blocks": [blocks.section(said)]}


def _person(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _part(part: str, **values: object) -> str:
    return prose_part("follow_up.j2", part, **values)
