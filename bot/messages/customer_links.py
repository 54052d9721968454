"""Giving a customer a private link, and what its author hears of what they did there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from storage.corrections import TAKEN, Correction
from storage.customer_links import Link
from stories.language import _

DAYS, MOST_DAYS = 30, 365
"""For how long a link opens: unless somebody says otherwise, and at most."""

MOST_LINKS = 10
"""Links of one story that open at the same time."""


def links_modal(story_id: int, standing: Sequence[Link]) -> Block:
    """Those there are, each to be revoked, and how long a new one is to open."""
    days: Block = {
        "type": "number_input",
        "action_id": "days",
        "is_decimal_allowed": False,
        "initial_value": str(DAYS),
        "min_value": "1",
        "max_value": str(MOST_DAYS),
    }
    rows = [block for link in standing for block in (blocks.divider(), _row(link))]
    listed = [blocks.section(_part("standing")), *rows] if standing else []
    room = len(standing) < MOST_LINKS
    new = blocks.input_block("days", _("For how many days should a new link open?"), days)
    return blocks.modal(
        _("A link for the customer"),
        [
            blocks.section(_part("intro")),
            *([new] if room else [blocks.context(_part("full", most=MOST_LINKS))]),
            *listed,
        ],
        callback_id=ids.LINKS_VIEW,
        submit=_("Make a link") if room else None,
        close=_("Close"),
        private_metadata=str(story_id),
    )


def link_modal(link: str, *, first_name: str, talked_on: date, ends_on: date) -> Block:
    """The link, which nobody can show again, and a text to send it with in one's own name."""
    letter = _(
        "Hello {name},\n\nthis is what I wrote down of our conversation on {day}:\n{link}\n\n"
        "You can read it there, correct your own words, or take it back. The link is yours alone and opens "
        "until {until}."
    ).format(name=first_name, day=day(talked_on), link=link, until=day(ends_on))
    return blocks.modal(
        _("A link for the customer"),
        [
            blocks.section(_part("made", until=day(ends_on))),
            _to_copy(link),
            blocks.section(_part("letter")),
            _to_copy(letter),
            blocks.context(_part("once")),
        ],
        callback_id=ids.STORY_DONE_VIEW,
        close=_("Done"),
    )


def no_links_modal(*, socket: bool) -> Block:
    """Why no link can be made here, and who can change that."""
    return blocks.modal(
        _("A link for the customer"),
        [blocks.section(_part("none_socket" if socket else "none_http"))],
        callback_id=ids.STORY_DONE_VIEW,
        close=_("Close"),
    )


def corrected_note(correction_id: int, *, hide: bool) -> dict[str, Any]:
    """Tells an author that a customer corrected their words; nothing of the story stands in it."""
    said = _part("corrected", hidden=hide)
    look = blocks.button(_("See what they said"), ids.CORRECTION_OPEN, str(correction_id), style="primary")
    return read_out(said, [blocks.section(said), blocks.actions(look), blocks.context(_part("why"))])


def answered_note(correction: Correction | None) -> dict[str, Any]:
    """What stands in its place once it is answered, or its story is gone."""
    if correction is None or correction.settled_by is None:
        said = _part("gone")
    else:
        part = "taken" if correction.outcome == TAKEN else "left"
        said = _part(part, who=_mention(correction.settled_by))
    return {"text": said, "blocks": [blocks.section(said)]}


def withdrew_note(part: str, story_id: int) -> dict[str, Any]:
    """Tells an author that a customer took a story back (`withdrew`), or everything (`withdrew_all`)."""
    said = _part(part)
    look = blocks.button(_("Look at it"), ids.STORY_PREVIEW, str(story_id))
    return read_out(said, [blocks.section(said), blocks.actions(look), blocks.context(_part("why"))])


def correction_modal(correction: Correction, seen: str = "") -> Block:
    """The quote as it stands and as its customer would have it, to be answered.

    `seen` is what their words are known again by: they may say something else before somebody answers.
    """
    leave = blocks.button(
        _("Leave it as it was"),
        ids.CORRECTION_LEAVE,
        str(correction.id),
        confirm=blocks.confirm(
            _("Leave it as it was?"),
            _("It is told as it stands again. Talk with your customer first: these are their words."),
            _("Leave it"),
            _("Not yet"),
        ),
    )
    return blocks.modal(
        _("What they said"),
        [
            blocks.section(_part("as_it_stands")),
            blocks.quote(correction.before),
            blocks.section(_part("as_they_say")),
            blocks.quote(correction.words),
            blocks.context(_part("hidden_meanwhile" if correction.hide else "told_meanwhile")),
            blocks.actions(leave),
        ],
        callback_id=ids.CORRECTION_VIEW,
        submit=_("Use their words"),
        close=_("Later"),
        private_metadata=f"{correction.id}:{seen}",
    )


def _row(link: Link) -> Block:
    question = blocks.confirm(
        _("Revoke this link?"),
        _("It opens nothing any more, from now on. What the customer did there stays."),
        _("Revoke it"),
        _("Leave it"),
    )
    said = _part(
        "link",
        who=_mention(link.given_by),
        given=day(link.given_at.date()),
        ends=day(link.ends_at.date()),
        opened=day(link.opened_at.date()) if link.opened_at else "",
    )
    revoke = blocks.button(_("Revoke"), ids.LINK_REVOKE, str(link.id), style="danger", confirm=question)
    return blocks.section(said, accessory=revoke, block_id=f"link:{link.id}")


def _to_copy(text: str) -> Block:
    """A text to be copied as it is: nothing in it is obeyed."""
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [element]}


def _mention(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _part(part: str, **values: object) -> str:
    return prose_part("customer_links.j2", part, **values)
