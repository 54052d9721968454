"""What is said of follow-ups: the reminder on the day, that one is done, and its author what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import weekday
from stories.language import _, ngettext

MOST_LISTED = 20
"""Things that one reminder names; Slack takes 50 blocks, and nobody reads as many."""

MOST_LATER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is due on a day; `about` is the story's title as this person may read it, or empty."""

    follow_up_id: int
    what: str
    about: str
    promised: bool
    done: bool = False


def reminder(
    *, follow_up_id: int, what: str, about: str, promised: bool, later: Sequence[tuple[str, date]] = ()
) -> dict[str, Any]:
    """The one private message on the day; `about` is the story's title as this person may read it.

    `later` is what else was said for that week, with its day.
    """
    said = _part("reminder", what=what, about=about, promised=promised)
    row = blocks.actions(_done_button(follow_up_id))
    return {"text": said, "blocks": [blocks.section(said), row, *_closing(later)]}


def reminders(several: Sequence[Due], *, later: Sequence[tuple[str, date]] = ()) -> dict[str, Any]:
    """The same for a day with several things; what is done already says so."""
    left = sum(not due.done for due in several)
    opening = ngettext(
        "Today is the day for one thing you said you would do.",
        "Today is the day for {number} things you said you would do.",
        left,
    ).format(number=left)
    if not left:
        opening = _("All done for today. Well done.")
    lines = [_part("due", due=due) for due in several[:MOST_LISTED]]
    listed = [
        blocks.section(line, accessory=None if due.done else _done_button(due.follow_up_id))
        for line, due in zip(lines, several, strict=False)
    ]
    more = len(several) - len(listed)
    if more:
        rest = ngettext(
            "… and one more, in my Home tab.", "… and {number} more, in my Home tab.", more
        ).format(number=more)
        listed.append(blocks.section(rest))
    said = "\n".join([opening, *lines])
    return {"text": said, "blocks": [blocks.section(opening), *listed, *_closing(later)]}


def done(*, what: str, author_hears: bool) -> dict[str, Any]:
    """What stands in place of the reminder once it is done."""
    said = _part("done", what=what)
    well = _part("done_thanks" if author_hears else "done_own")
    return {"text": said, "blocks": [blocks.section(said), blocks.context(well)]}


def came_of_it(*, who: str, title: str, what: str, story_id: int) -> dict[str, Any]:
    """Tells an author, once, that somebody did what they said because of the story."""
    mention = Markup(f"<@{who}>")  # noqa: S704 an id
    said = _part("came_of_it", who=mention, title=title)
    look = blocks.button(_("Look at the story"), ids.STORY_PREVIEW, str(story_id))
    return {"text": said, "blocks": [blocks.section(said), blocks.quote(what), blocks.actions(look)]}


def _done_button(follow_up_id: int) -> Block:
    return blocks.button(_("It’s done"), ids.FOLLOW_UP_DONE, str(follow_up_id), style="primary")


def _closing(later: Sequence[tuple[str, date]]) -> list[Block]:
    """What the rest of the week holds, and how to turn this off."""
    coming = [(what, weekday(on)) for what, on in later[:MOST_LATER]]
    said = [blocks.context(_part("later", coming=coming, more=len(later) - len(coming)))] if coming else []
    return [*said, blocks.context(_part("turn_off"))]


def _part(part: str, /, **values: object) -> str:
    return prose_part("follow_up.j2", part, **values)
