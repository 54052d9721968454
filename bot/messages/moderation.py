"""Stories that wait for an editor: what editors and authors hear, the queue, and a story's labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from storage.moderation import Terms
from stories.language import _

PAGE = 5
LONGEST_REASON = 1000


def waiting_note(*, author: str, story_id: int) -> dict[str, Any]:
    """Asks an editor to read a story that waits; nothing of the story stands in it."""
    said = _part("waiting", author=_mention(author))
    row = blocks.actions(*_decisions(story_id), _all_that_wait())
    return read_out(said, [blocks.section(said), row, blocks.context(_part("why"))])


def many_wait_note(number: int) -> dict[str, Any]:
    """Asks an editor to read several stories that wait from now on."""
    said = _part("many_wait", number=number)
    row = blocks.actions(_all_that_wait(style="primary"))
    return read_out(said, [blocks.section(said), row, blocks.context(_part("why"))])


def recalled_note(number: int) -> dict[str, Any]:
    """Tells an author how many of their stories wait for an editor from now on, and why."""
    said = _part("recalled", number=number)
    return {"text": said, "blocks": [blocks.section(said)]}


def decided_note() -> dict[str, Any]:
    """What stands in place of the question once it is answered."""
    said = _part("decided")
    return {"text": said, "blocks": [blocks.section(said)]}


def approved_note(*, title: str, by: str, when: str) -> dict[str, Any]:
    """Tells an author of an editor's yes; `when` says that it is told later."""
    said = _part("approved", title=title, editor=_mention(by), when=when)
    return {"text": said, "blocks": [blocks.section(said)]}


def sent_back_note(*, title: str, by: str, reason: str, story_id: int) -> dict[str, Any]:
    """Tells an author what an editor would have changed."""
    said = _part("sent_back", title=title, editor=_mention(by))
    edit = blocks.button(_("Edit it"), ids.STORY_EDIT, str(story_id), style="primary")
    return read_out(said, [blocks.section(said), blocks.quote(reason), blocks.actions(edit)])


def not_published_note(*, reason: str, story_id: int) -> dict[str, Any]:
    """Tells an author why a story was not published on its day."""
    said = _part("not_published", reason=reason)
    look = blocks.button(_("Look at it"), ids.STORY_PREVIEW, str(story_id))
    return {"text": said, "blocks": [blocks.section(said), blocks.actions(look)]}


def queue(waiting: Sequence[Terms], *, skip: int, more: bool) -> dict[str, Any]:
    """A page of what waits for an editor."""
    said = _part("queue" if waiting else "none_waits")
    pages = [
        *([blocks.button(_("Earlier"), ids.WAITING_EARLIER, str(max(0, skip - PAGE)))] if skip else []),
        *([blocks.button(_("Later"), ids.WAITING_LATER, str(skip + PAGE))] if more else []),
    ]
    standing = [
        block
        for one in waiting
        for block in (
            blocks.divider(),
            blocks.section(_part("waiting", author=_mention(one.asked_by))),
            blocks.actions(*_decisions(one.story_id)),
        )
    ]
    row = [blocks.actions(*pages)] if pages else []
    return read_out(said, [blocks.section(said), *standing, *row])


def send_back_modal(story_id: int) -> Block:
    """Asks an editor what is to be changed."""
    reason = blocks.text_input(
        "reason",
        _("What should change?"),
        most=LONGEST_REASON,
        multiline=True,
        hint=_("Its author reads this word for word, with your name."),
    )
    return blocks.modal(
        _("Send it back"),
        [reason],
        callback_id=ids.WAITING_BACK_VIEW,
        submit=_("Send back"),
        close=_("Cancel"),
        private_metadata=str(story_id),
    )


def _all_that_wait(style: str | None = None) -> Block:
    return blocks.button(_("All that wait"), ids.WAITING_OPEN, "0", style=style)


def _decisions(story_id: int) -> list[Block]:
    return [
        blocks.button(_("Read it"), ids.STORY_PREVIEW, str(story_id)),
        blocks.button(_("Approve"), ids.WAITING_YES, str(story_id), style="primary"),
        blocks.button(_("Send back"), ids.WAITING_BACK, str(story_id)),
    ]


def _mention(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _part(part: str, **values: object) -> str:
    return prose_part("moderation.j2", part, **values)
