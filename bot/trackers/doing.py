"""One delivery to a tracker: asked right before it goes whether it still should, then made once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.desk import Desk
from bot.messages.tracker_trouble import BEYOND
from bot.trackers.tracker import (
    CommentGone,
    ItemGone,
    Line,
    NotTaken,
    OutOfSight,
    Readers,
    ToMend,
    Tracker,
)
from storage.deliveries import DELETE
from storage.sending import Claimed, Outcome
from storage.trackers import OFF, Tracking
from stories.language import _
from stories.trackers import is_marked, mark

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far the tracker's clock and ours may lie apart."""

CALLED_OFF = Outcome(state="cancelled")


class InDoubt(Exception):
    """A comment was asked for, and no answer came that means anything."""


async def wanted(
    desk: Desk, tracker: Tracker, line: Line, tracking: Tracking, delivery: Claimed
) -> str | None:
    """Where to comment now, None where that is not wanted any more.

    The place has to be private, the item open and where it was, the label on.
    """
    if tracking.state == OFF:
        return None
    readers = await _own_place(tracker, line, tracking)
    if readers.public:
        await _stop(desk, tracking)
        return None
    if not tracking.outsiders_allowed_by and await tracker.outsiders(line):
        said = _("People from outside read {place} now. An editor can allow it in that window.")
        raise ToMend(said.format(place=readers.name))
    try:
        item = await tracker.item(line, delivery.thread_ts or "")
    except (ItemGone, OutOfSight):
        return None
    there = item.place == readers.name and item.open and not item.locked
    return item.ref if there and item.carries(tracking.label) else None


async def comment(tracker: Tracker, line: Line, tracking: Tracking, delivery: Claimed, ref: str) -> Outcome:
    """Comment, once. Raises InDoubt where nobody can know whether it stands."""
    from bot.guarded_client import OutgoingFailed, OutgoingRefused, OutgoingUnreached

    text = marked(str(delivery.payload["text"]), tracking, delivery.id)
    try:
        number = await tracker.comment(line, ref, text)
    except (ItemGone, OutOfSight):
        return CALLED_OFF
    except NotTaken as why:
        return Outcome(state="failed", error=f"{BEYOND}{why}")
    except OutgoingUnreached:
        raise
    except (OutgoingFailed, OutgoingRefused) as error:
        raise InDoubt from error
    return Outcome(state="sent", slack_ts=number, posted_in=ref)


async def change(tracker: Tracker, line: Line, tracking: Tracking, delivery: Claimed) -> Outcome:
    """Change a comment's words or delete it, wherever it moved with its item."""
    ref, number = delivery.posted_in or "", delivery.target_ts or ""
    try:
        await _change(tracker, line, tracking, delivery, ref, number)
    except NotTaken as why:
        return Outcome(state="failed", error=f"{BEYOND}{why}")
    except CommentGone:
        return await _follow(tracker, line, tracking, delivery, ref)
    return Outcome(state="sent", slack_ts=number, posted_in=ref)


async def found(
    tracker: Tracker, line: Line, tracking: Tracking, asked: Sequence[Claimed]
) -> dict[int, Outcome]:
    """Which of these comments on one item stand; with an item that is gone they are, too."""
    ref = asked[0].thread_ts or ""
    since = min(one.sending_at for one in asked) - CLOCKS_DIFFER
    await _own_place(tracker, line, tracking)
    try:
        ref = (await tracker.item(line, ref)).ref
        texts = await tracker.comments(line, ref, since)
    except ItemGone:
        return dict.fromkeys((one.id for one in asked), CALLED_OFF)
    except OutOfSight:
        error = BEYOND + _("The item moved to where my token does not reach.")
        return dict.fromkeys((one.id for one in asked), Outcome(state="in_doubt", error=error))
    marks = {mark(tracking.key, one.id): one.id for one in asked}
    standing: dict[int, Outcome] = {}
    for number, text in texts.items():
        seen = is_marked(text, marks)
        if seen is not None:
            standing.setdefault(marks[seen], Outcome(state="sent", slack_ts=number, posted_in=ref))
    return standing


def marked(text: str, tracking: Tracking, delivery_id: int) -> str:
    """A comment's text with the hidden line by which it is found again."""
    return f"{text}\n\n{mark(tracking.key, delivery_id)}"


async def _follow(tracker: Tracker, line: Line, tracking: Tracking, delivery: Claimed, ref: str) -> Outcome:
    """A comment that is not where it was: deleted by somebody, or moved along with its item."""
    done = Outcome(state="sent", slack_ts=delivery.target_ts, posted_in=ref)
    await _own_place(tracker, line, tracking)
    try:
        item = await tracker.item(line, ref)
        texts = await tracker.comments(line, item.ref, None)
    except ItemGone:
        return done
    except OutOfSight:
        said = _("The item was moved to where my token does not reach, or deleted.")
        return Outcome(state="failed", error=BEYOND + said)
    wanted = mark(tracking.key, delivery.target_id or 0)
    for number, text in texts.items():
        if is_marked(text, [wanted]):
            await _change(tracker, line, tracking, delivery, item.ref, number)
    return replace(done, posted_in=item.ref)


async def _change(
    tracker: Tracker, line: Line, tracking: Tracking, delivery: Claimed, ref: str, number: str
) -> None:
    if delivery.method == DELETE:
        await tracker.delete_comment(line, ref, number)
        return
    text = marked(str(delivery.payload["text"]), tracking, delivery.target_id or 0)
    await tracker.edit_comment(line, ref, number, text)


async def _own_place(tracker: Tracker, line: Line, tracking: Tracking) -> Readers:
    """The place as it is now. Raises ToMend where the token sees another one under that name, or none."""
    readers = await tracker.readers(line)
    if readers.key != tracking.place_key:
        said = _("{place} is another one than the one that was switched on.")
        raise ToMend(said.format(place=readers.name))
    return readers


async def _stop(desk: Desk, tracking: Tracking) -> None:
    from bot.trackers.switching import stop_in_public

    command = desk.settings.firsthand_why_command
    async with desk.database.begin() as session:
        await stop_in_public(session, tracking, command=command, now=desk.now())
