"""What is said of follow-ups: the reminders, that one is over, and a story's author what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.dates import day, weekday
from stories.language import _, ngettext
from stories.links import shown_as
from stories.values import dataclass

MOST_LISTED = 20
"""Things that one reminder names; Slack takes 50 blocks, and nobody reads as many."""

MOST_LATER = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is due; `about` is the story's title as this person may read it, or empty.

    `since`: the day that has passed, where this is said for the second and last time. `link` leads to where
    it is worked on; `let_go`: it is over, and not done.
    """

    follow_up_id: int
    what: str
    about: str
    promised: bool
    done: bool = False
    let_go: bool = False
    since: date | None = None
    link: str = ""


def reminder(due: Due, *, later: Sequence[tuple[str, date]] = ()) -> dict[str, Any]:
    """The private message on the day, or some days after; `later` is what else was said for that week."""
    said = _part("again" if due.since else "reminder", due=due, day=day(due.since) if due.since else "")
    return read_out(
        said, [blocks.section(said), *map(blocks.context, linked(due.link)), _row(due), *_closing(later)]
    )


def reminders(several: Sequence[Due], *, later: Sequence[tuple[str, date]] = ()) -> dict[str, Any]:
    """The same for a day with several things; what is over already says so."""
    left = sum(not due.done for due in several)
    opening = ngettext(
        "Today is the day for one thing you said you would do.",
        "Today is the day for {number} things you said you would do.",
        left,
    ).format(number=left)
    if not left:
        opening = _("Nothing left for today. Well done.")
    lines = [_part("due", due=due, day=day(due.since) if due.since else "") for due in several[:MOST_LISTED]]
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
    return read_out(said, [blocks.section(opening), *listed, *_closing(later)])


def done(*, what: str, author_hears: bool) -> dict[str, Any]:
    """What stands in place of the reminder once it is done."""
    said = _part("done", what=what)
    well = _part("done_thanks" if author_hears else "done_own")
    return read_out(said, [blocks.section(said), blocks.context(well)])


def not_on_it(part: str, *, what: str, colleague: str = "") -> dict[str, Any]:
    """What stands in place of the reminder of what is somebody's no more: "let_go", "handed" or "moved"."""
    said = _part(part, what=what, colleague=Markup(f"<@{colleague}>"))  # noqa: S704 an id
    return {"text": said, "blocks": [blocks.section(said)]}


def came_of_it(*, who: str, title: str, what: str, story_id: int, closing: str = "") -> dict[str, Any]:
    """Tells an author, once, that somebody did what they said because of the story, and what changed."""
    mention = Markup(f"<@{who}>")  # noqa: S704 an id
    said = _part("came_of_it", who=mention, title=title)
    look = blocks.button(_("Look at the story"), ids.STORY_PREVIEW, str(story_id))
    changed = [blocks.section(_part("changed", closing=closing))] if closing else []
    return read_out(said, [blocks.section(said), blocks.quote(what), *changed, blocks.actions(look)])


def ways(follow_up_id: int) -> list[Block]:
    """What else can become of it."""
    value = str(follow_up_id)
    return [
        blocks.button(_("Another day…"), ids.FOLLOW_UP_MOVE, value),
        blocks.button(_("Hand it over…"), ids.FOLLOW_UP_HAND, value),
        blocks.button(_("Let it go…"), ids.FOLLOW_UP_LET_GO, value),
    ]


def _row(due: Due) -> Block:
    return blocks.actions(_done_button(due.follow_up_id), *ways(due.follow_up_id))


def linked(link: str) -> list[str]:
    """Where it is worked on, as a line; none without a link."""
    if not link:
        return []
    shown = Markup(f"<{escaped(link)}|{escaped(shown_as(link))}>")  # noqa: S704 checked when it was typed
    return [_part("linked", link=shown)]


def _done_button(follow_up_id: int) -> Block:
    return blocks.button(_("It’s done"), ids.FOLLOW_UP_DONE, str(follow_up_id), style="primary")


def _closing(later: Sequence[tuple[str, date]]) -> list[Block]:
    """What the rest of the week holds, and how to turn this off."""
    coming = [(what, weekday(on)) for what, on in later[:MOST_LATER]]
    said = [blocks.context(_part("later", coming=coming, more=len(later) - len(coming)))] if coming else []
    return [*said, blocks.context(_part("turn_off"))]


def _part(part: str, /, **values: object) -> str:
    return prose_part("follow_up.j2", part, **values)
