"""An author's own stories: how each stands, what came of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks, story
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.flags import flags_blocks
from stories.consent import Purpose
from stories.errors import UserError
from stories.flags import flags_in
from stories.language import _
from stories.story import Story, StoryState, Telling, preview, title_told
from stories.text import shortened

PAGE = 5
MOST_CAME = 3
"""What came of a story is told by its latest few follow-ups."""
LIST_ROW = "own_stories"
"""How the block ids of a list's buttons begin; the page it shows follows."""

Came = tuple[str, str, bool]
"""Who took something on, what it was, and whether it is done."""


def own_list(rows: Sequence[list[Block]], *, skip: int, more: bool) -> dict[str, Any]:
    """A page of an author's own stories; `rows` are made by `own_story`."""
    said = _part("mine")
    pages = [
        *([blocks.button(_("Newer"), ids.OWN_NEWER, str(max(0, skip - PAGE)))] if skip else []),
        *([blocks.button(_("Older"), ids.OWN_OLDER, str(skip + PAGE))] if more else []),
    ]
    standing = [
        block
        for number, row in enumerate(rows)
        for block in (blocks.divider(), *row[:-1], row[-1] | {"block_id": f"{LIST_ROW}:{skip}:{number}"})
    ]
    return read_out(said, [blocks.section(said), *standing, *([blocks.actions(*pages)] if pages else [])])


def skipped_in(block_id: str) -> int | None:
    """How many newer stories the list leaves out in which this block stands; None when it is no list."""
    kind, _colon, rest = block_id.partition(":")
    return int(rest.partition(":")[0]) if kind == LIST_ROW else None


def none_of_mine(interview_command: str) -> dict[str, Any]:
    """The next step for somebody who has not written up a conversation."""
    said = _part("none", interview=interview_command)
    row = blocks.actions(
        blocks.button(_("Write up a conversation"), ids.INTERVIEW_OPEN, "new", style="primary")
    )
    return read_out(said, [blocks.section(said), row])


def own_story(
    own: Story, *, level: Purpose, came: Sequence[Came] = (), channels: int = 0, team: int = 0
) -> list[Block]:
    """One of somebody's own stories, for their eyes alone: at most 3 blocks.

    `level` is what consent allows now; `came` what readers took on because of it, the latest last;
    `channels` how many have heard it, `team` how many read it as its account's team.
    """
    title = _part("title", title=shortened(title_told(own, level), 150))
    told = [_part("told", number=channels)] if channels else []
    lines = [title, " · ".join([_part("team", number=team) if team else state_line(own, level), *told])]
    counts = story.counted(own.counts)
    lines += [" · ".join(counts)] if counts else []
    came_of_it = [
        _part("done" if done else "doing", who=_mention(who), what=shortened(what, 120))
        for who, what, done in came[-MOST_CAME:]
    ]
    more = [blocks.context("\n".join(came_of_it))] if came_of_it else []
    return [blocks.section("\n".join(lines)), *more, blocks.actions(*_buttons(own, level, team=bool(team)))]


def state_line(own: Story, level: Purpose) -> str:
    """How a story stands, in a few words."""
    if own.state is StoryState.PUBLISHED and level is Purpose.NOT_SHARED:
        return _part("not_agreed")
    published = day(own.published_at.date()) if own.published_at else ""
    return _part(own.state.value, day=published)


def preview_modal(own: Story, level: Purpose, *, for_author: bool = True) -> Block:
    """The story exactly as a channel reads it; without consent as only its author may read it.

    Raises UserError for anybody else where consent allows nothing.
    """
    told = preview(own, level)
    if told is None and not for_author:
        raise UserError(_("The customer has not agreed to sharing this, so only its author can see it."))
    said = _part("as_channel" if told else "own_view", state=own.state.value)
    shown = told or _for_author_alone(own)
    flags = flags_in(told) if told and own.state is not StoryState.PUBLISHED else ()
    return blocks.modal(
        _("As others read it") if told else _("Only you see this"),
        [
            blocks.context(said),
            *flags_blocks(flags),
            *story.card(shown, author=shown.author_id, buttons=False),
            looking_after(own.id),
        ],
        callback_id=ids.STORY_READ_VIEW,
        close=_("Close"),
        private_metadata=str(own.id),
    )


def publish_modal(own: Story, telling: Telling) -> Block:
    """What an author is asked to look at once more before others read it, and how they read it."""
    return blocks.modal(
        _("Before others read it"),
        [
            *flags_blocks(flags_in(telling)),
            blocks.divider(),
            *story.card(telling, author=telling.author_id, buttons=False),
        ],
        callback_id=ids.STORY_PUBLISH_VIEW,
        submit=_("Publish"),
        close=_("Not yet"),
        private_metadata=str(own.id),
    )


def looking_after(story_id: int) -> Block:
    """What its author and editors can do with a story, from its own view."""
    return blocks.actions(
        blocks.button(_("Labels"), ids.LABELS_OPEN, str(story_id)),
        blocks.button(_("Give the customer a link"), ids.LINKS_OPEN, str(story_id)),
        blocks.button(_("Its language"), ids.STORY_LANGUAGE, str(story_id)),
    )


def _for_author_alone(own: Story) -> Telling:
    """The author wrote it: nothing in it is news to them."""
    whole = preview(own, Purpose.WITH_NAME)
    if whole is None:
        raise LookupError("a story with name can always be told")
    return whole


def _buttons(own: Story, level: Purpose, *, team: bool) -> list[Block]:
    value = str(own.id)
    buttons = [
        blocks.button(_("Preview"), ids.STORY_PREVIEW, value),
        blocks.button(_("Edit"), ids.STORY_EDIT, value),
    ]
    if own.state is StoryState.PUBLISHED:
        question = blocks.confirm(
            _("Withdraw this story?"),
            _("It disappears from every channel it was told in. You can publish it again later."),
            _("Withdraw it"),
            _("Leave it"),
        )
        return [*buttons, blocks.button(_("Withdraw"), ids.STORY_WITHDRAW, value, confirm=question)]
    if team or own.state is StoryState.HIDDEN or level is Purpose.NOT_SHARED:
        return buttons
    return [*buttons, blocks.button(_("Publish"), ids.STORY_PUBLISH, value, style="primary")]


def _mention(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _part(part: str, **values: object) -> str:
    return prose_part("own_stories.j2", part, **values)
