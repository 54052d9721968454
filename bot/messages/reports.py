"""Something's wrong with this: the short modal, and what author, editors and reporter hear, kindly."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from stories.language import _
from stories.story import Telling

LONGEST_MORE = 500
PAGE = 5
"""Reports on one page."""


class Wrong(StrEnum):
    """What can be wrong with a story."""

    GIVES_AWAY = "gives_away"
    NOT_SO = "not_so"
    UNKIND = "unkind"
    OTHER = "other"


def words_for(wrong: Wrong) -> str:
    """The kind of trouble, as people read it."""
    return {
        Wrong.GIVES_AWAY: _("It gives somebody away"),
        Wrong.NOT_SO: _("It wasn’t like that"),
        Wrong.UNKIND: _("It is unfair to the customer or to somebody here"),
        Wrong.OTHER: _("Something else"),
    }[wrong]


def wrong_modal(telling: Telling) -> Block:
    """What is wrong, and a sentence about it for those who like to say more."""
    radio = {
        "type": "radio_buttons",
        "action_id": "wrong",
        "options": [blocks.option(words_for(wrong), wrong.value) for wrong in Wrong],
    }
    return blocks.modal(
        _("Something’s wrong"),
        [
            blocks.section(_part("ask", title=telling.title)),
            blocks.input_block("wrong", _("What is wrong with it?"), radio),
            blocks.text_input(
                "more",
                _("Anything that helps to put it right?"),
                most=LONGEST_MORE,
                multiline=True,
                optional=True,
            ),
        ],
        callback_id=ids.STORY_WRONG_VIEW,
        submit=_("Hide it"),
        close=_("Cancel"),
        private_metadata=json.dumps({"story": telling.story_id}),
    )


def author_note(*, title: str, reason: str, story_id: int) -> dict[str, Any]:
    """Tells an author why their story is out of sight for now, and what they can do."""
    said, next_step = _part("author", title=title), _part("author_next")
    row = blocks.actions(
        blocks.button(_("Edit it"), ids.STORY_EDIT, str(story_id), style="primary"),
        blocks.button(_("Look at it"), ids.STORY_PREVIEW, str(story_id)),
    )
    return read_out(said, [blocks.section(said), blocks.quote(reason), blocks.section(next_step), row])


def editor_note(
    *, title: str, reason: str, author: str, reporter: str, report_id: int, story_id: int
) -> dict[str, Any]:
    """Asks an editor to decide."""
    people = {"author": _mention(author), "reporter": _mention(reporter)}
    said = _part("editor", title=title, **people)
    row = blocks.actions(
        blocks.button(_("Look at it"), ids.STORY_PREVIEW, str(story_id)),
        blocks.button(_("Put it back"), ids.REPORT_PUT_BACK, str(report_id)),
        blocks.button(_("Keep it hidden"), ids.REPORT_KEEP_HIDDEN, str(report_id)),
    )
    return read_out(
        said, [blocks.section(said), blocks.quote(reason), blocks.context(_part("editor_next")), row]
    )


def open_list(notes: Sequence[dict[str, Any]], *, skip: int, more: bool) -> dict[str, Any]:
    """A page of what waits for an editor; `notes` are made by `editor_note`, the oldest first."""
    said = _part("open" if notes else "none_open")
    pages = [
        *([blocks.button(_("Earlier"), ids.REPORTS_EARLIER, str(max(0, skip - PAGE)))] if skip else []),
        *([blocks.button(_("Later"), ids.REPORTS_LATER, str(skip + PAGE))] if more else []),
    ]
    standing = [block for note in notes for block in (blocks.divider(), *note["blocks"])]
    row = [blocks.actions(*pages)] if pages else []
    return read_out(said, [blocks.section(said), *standing, *row])


def settled_note(part: str, *, title: str, by: str) -> dict[str, Any]:
    """What an editor decided: `part` is put_back or kept_hidden, with _author or _reporter after it."""
    said = _part(part, title=title, editor=_mention(by))
    return {"text": said, "blocks": [blocks.section(said)]}


def settled_for_editors(*, title: str, by: str, put_back: bool) -> dict[str, Any]:
    """What stands in the editors' note once one of them has decided."""
    said = _part("put_back_editor" if put_back else "kept_hidden_editor", title=title, editor=_mention(by))
    return {"text": said, "blocks": [blocks.section(said)]}


def _mention(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _part(part: str, **values: object) -> str:
    return prose_part("reports.j2", part, **values)
