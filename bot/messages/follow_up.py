"""What is said of follow-ups: the reminder on the day, that one is done, and its author what came of it."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import prose_part
from stories.language import _


def reminder(*, follow_up_id: int, what: str, about: str, promised: bool) -> dict[str, Any]:
    """The one private message on the day; `about` is the story's title as this person may read it."""
    said = _part("reminder", what=what, about=about, promised=promised)
    done = blocks.button(_("It’s done"), ids.FOLLOW_UP_DONE, str(follow_up_id), style="primary")
    row = blocks.actions(done)
    return {"text": said, "blocks": [blocks.section(said), row, blocks.context(_part("turn_off"))]}


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


def _part(part: str, /, **values: object) -> str:
    return prose_part("follow_up.j2", part, **values)
