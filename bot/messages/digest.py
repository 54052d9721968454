"""The digest as a channel reads it, its one row of buttons, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.story import card, summary, taken_back
from stories import speaking
from stories.channels import Snooze
from stories.language import _
from stories.story import Reaction, Telling
from stories.story_templates import WHOLE, StoryTemplate
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One story's place in a digest. `telling` None: it may not be shown (any more).

    `hidden` marks one that is being looked into and may come back.
    """

    telling: Telling | None
    retold: bool = False
    hidden: bool = False


def digest_post(
    entries: Sequence[Entry],
    *,
    asked_by: str | None = None,
    first: Sequence[Block] = (),
    more: Sequence[Block] = (),
    template: StoryTemplate = WHOLE,
) -> dict[str, Any] | None:
    """The message: each story, under a line that leads in, and one row of buttons for all.

    None when nothing is left of it. A new story that comes alone needs no such line: its title says more.

    The first story is told as in `template`, so that there is something to read; the others are folded to a
    few lines.
    `asked_by` is the Slack id of the person who asked for this one out of turn. A story that was taken
    back leaves a quiet line beside others; a hidden one always does, so that it can come back. `first`
    and `more` are what rides along from elsewhere: above the line on top, and under the stories.
    """
    if not first and not more and not any(entry.telling or entry.hidden for entry in entries):
        return None
    told = [entry.telling for entry in entries if entry.telling]
    line = _line(entries, asked_by)
    said = [*([line] if line else []), *(summary(telling) for telling in told)]
    top = (blocks.section(f"*{line}*"), blocks.divider()) if line else ()
    above = (*first, blocks.divider()) if first else ()
    besides = (blocks.divider(), *more) if more else ()
    stories = (*top, *_shown(entries, template))
    return read_out("\n".join(said), [*above, *stories, *besides, blocks.divider(), _row()])


def preview_modal(
    entries: Sequence[Entry], *, private_metadata: str, template: StoryTemplate = WHOLE
) -> Block:
    """What a digest would be right now, for one person's eyes, with the button that posts it."""
    return blocks.modal(
        _("Stories for this channel"),
        [
            blocks.section(_part("preview", number=len(entries))),
            blocks.divider(),
            *_shown(entries, template, buttons=False),
        ],
        callback_id=ids.DIGEST_POST_NOW,
        submit=_("Post it here"),
        close=_("Not now"),
        private_metadata=private_metadata,
    )


def nothing_modal(*, channel_id: str, empty: bool, interview: str, stories: str) -> Block:
    """The same when there is nothing to tell: why, and the next step."""
    said = _part("nothing", channel=_room(channel_id), empty=empty, interview=interview, stories=stories)
    return blocks.modal(
        _("Stories for this channel"),
        [blocks.section(said)],
        callback_id=ids.DIGEST_NOTHING,
        close=_("Close"),
    )


def posted_modal(channel_id: str) -> Block:
    """What stands after somebody's word."""
    said = _part("posted", channel=_room(channel_id))
    return blocks.modal(
        _("On its way"), [blocks.section(said)], callback_id=ids.DIGEST_NOTHING, close=_("Close")
    )


def why(*, channel_id: str, set_up_by: str | None, managers: Sequence[str], what: str, when: str) -> str:
    """Why a digest came and how to turn it down."""
    return _part(
        "why",
        channel=_room(channel_id),
        set_up_by=_person(set_up_by) if set_up_by else "",
        managers=people(managers) or _("anybody here"),
        what=Markup(what),  # noqa: S704 escaped already
        when=when,
    )


def snoozed(*, channel_id: str, until: str) -> dict[str, Any]:
    """What somebody hears who snoozed a channel, with the way back."""
    said = _part("snoozed", channel=_room(channel_id), until=until)
    undo = blocks.button(_("Wake it again"), ids.DIGEST_WAKE, channel_id)
    return {"text": said, "blocks": [blocks.section(said), blocks.actions(undo)]}


def awake(*, channel_id: str, when: str) -> str:
    """What somebody hears who woke a channel."""
    return _part("awake", channel=_room(channel_id), when=when)


def people(user_ids: Sequence[str], *, last: str = "") -> Markup | str:
    """Some people as mentions: "Ana, Ben or Cem"; `last` is the word before the last, "or" by default."""
    named = [_person(user_id) for user_id in user_ids]
    if len(named) < 2:
        return named[0] if named else ""
    first = Markup(", ").join(named[:-1])
    return Markup("{} {} {}").format(first, last or _("or"), named[-1])


def _line(entries: Sequence[Entry], asked_by: str | None) -> str:
    """What leads in: who asked, what an earlier story is worth today, or how many there are."""
    told = [entry.telling for entry in entries if entry.telling]
    number = max(1, len(told))
    if asked_by:
        return _part("asked", number=number, person=_person(asked_by))
    if told and all(entry.retold for entry in entries):
        return _worth(told[0])
    return "" if len(entries) == len(told) == 1 else _part("fresh", number=number)


def _worth(telling: Telling) -> str:
    """What speaks for hearing an earlier story today."""
    counts = {f"{kind.value}_by": telling.counts.get(kind, 0) for kind in Reaction}
    month = speaking.month(telling.talked_on)
    return _part("retold", month=month, ended=bool(telling.endings), **counts)


def _shown(entries: Sequence[Entry], template: StoryTemplate, *, buttons: bool = True) -> list[Block]:
    places = [
        _place(entry, template, folded=place > 0, buttons=buttons) for place, entry in enumerate(entries)
    ]
    return [block for place in places for block in (blocks.divider(), *place)][1:]


def _place(entry: Entry, template: StoryTemplate, *, folded: bool, buttons: bool) -> list[Block]:
    """A story's card, or the line where it was."""
    told = entry.telling
    if told:
        return card(told, author=told.author_id, folded=folded, buttons=buttons, template=template)
    return [blocks.context(_part("hidden"))] if entry.hidden else taken_back()


def _row() -> Block:
    choices = [
        blocks.option(_("Skip the next one"), Snooze.NEXT.value),
        blocks.option(_("For a week"), Snooze.WEEK.value),
    ]
    snooze = {
        "type": "static_select",
        "action_id": ids.DIGEST_SNOOZE,
        "placeholder": blocks.plain(_("Snooze"), 150),
        "options": choices,
    }
    return blocks.actions(
        blocks.button(_("Why this?"), ids.DIGEST_WHY),
        snooze,
        blocks.button(_("Tune"), ids.DIGEST_TUNE),
        block_id="digest",
    )


def _person(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _room(channel_id: str) -> Markup:
    return Markup(f"<#{channel_id}>")  # noqa: S704 an id


def _part(part: str, **values: object) -> str:
    return prose_part("digest.j2", part, **values)
