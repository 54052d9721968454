"""What readers and authors hear of reactions: the short modal of "I'll act on it", and notes to authors."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.reading import fold
from storage.reactions import Received
from stories.language import _
from stories.story import Reaction, Telling

LONGEST_WHAT = 300


def act_modal(telling: Telling, *, channel_id: str | None, own: bool = False) -> Block:
    """What somebody will do because of a story, and by when; `own`: they wrote it themselves."""
    heard = _("The author hears of it once, and you find it in the app’s Home tab.")
    picker = {"type": "datepicker", "action_id": "due_on", "placeholder": blocks.plain(_("Choose a day"))}
    return blocks.modal(
        _("I’ll act on it"),
        [
            blocks.context(_part("because", title=telling.title)),
            blocks.text_input(
                "what",
                _("What will you do?"),
                most=LONGEST_WHAT,
                multiline=True,
                placeholder=_("Move the VAT number to the first page and call her back"),
            ),
            blocks.input_block(
                "due_on",
                _("By when?"),
                picker,
                optional=True,
                hint=_("You find it in the app’s Home tab.") if own else heard,
            ),
        ],
        callback_id=ids.STORY_ACT_VIEW,
        submit=_("Take it on"),
        close=_("Cancel"),
        private_metadata=json.dumps({"story": telling.story_id, "channel": channel_id}),
    )


def done_modal(title: str, sentence: str) -> Block:
    """The last view of a short modal: one sentence of ours, and the door."""
    return blocks.modal(title, [blocks.section(sentence)], callback_id=ids.STORY_DONE_VIEW, close=_("Close"))


def acting_note(*, reader: str, title: str, what: str, due_on: date | None, story_id: int) -> dict[str, Any]:
    """Tells an author that somebody will act on their story."""
    mention = Markup(f"<@{reader}>")  # noqa: S704 an id
    said = _part("acting_note", reader=mention, title=title)
    by = [blocks.context(_part("by", day=day(due_on)))] if due_on else []
    open_it = blocks.actions(blocks.button(_("Look at the story"), ids.STORY_PREVIEW, str(story_id)))
    return read_out(said, [blocks.section(said), blocks.quote(what), *by, open_it])


def thanks_note(
    given: Sequence[Received], *, gone: Collection[int] = (), today: bool = True
) -> dict[str, Any]:
    """What an author's stories were given: one note a day, which grows, or one for several days that waited.

    Those that are `gone` (their ids) count without their titles: they are not told any more.
    """
    thanked = [one for one in given if one.kind is Reaction.THANKS]
    total = sum(one.count for one in thanked)
    said = _part("thanked" if today else "thanked_before", number=total)
    titles = dict.fromkeys((one.story_id, one.title) for one in thanked)
    lines = [
        _story_line("" if story in gone else title, [one for one in given if one.story_id == story])
        for story, title in titles
    ]
    return read_out(said, [blocks.section(said), *(blocks.context(line) for line in lines[:20])])


def _story_line(title: str, given: Sequence[Received]) -> str:
    kinds = {
        Reaction.THANKS: "thanks",
        Reaction.THOUGHT: "thought",
        Reaction.ACT: "acting",
        Reaction.MORE: "more",
    }
    counted = {one.kind: one.count for one in given}
    phrases = [prose_part("story.j2", kinds[kind], number=counted[kind]) for kind in kinds if kind in counted]
    return _part("story_line", title=fold(title, 90), phrases=Markup(" · ".join(phrases)))  # noqa: S704 ours


def _part(part: str, **values: object) -> str:
    return prose_part("reacting.j2", part, **values)
