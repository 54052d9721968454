"""Events in private messages: a ticket, reminders, what changed; and what its host hears afterwards."""

from __future__ import annotations

from typing import Any

from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block
from bot.messages.dates import day
from bot.messages.stage import after_lines, facts, part, questions_button, step_back_button
from bot.messages.stage_words import Shown, by_own_clock, kind_name
from bot.stage import ids as stage_ids
from stories.language import _
from stories.stage.events import Event, Kind, Place, State
from stories.stage.times import Step

Payload = dict[str, Any]


def ticket(shown: Shown, place: Place) -> Payload:
    """What somebody has who signed up, as it is now."""
    event = shown.event
    if not shown.shown or event.state in (State.GONE, State.CALLED_OFF):
        return off(shown, host=False)
    if event.state is State.OVER:
        return _over(shown, place)
    if place is Place.LEFT:
        said = part("ticket_left", title=event.title, when=by_own_clock(event.when))
        again = blocks.button(_("Count me in"), stage_ids.STAGE_COME, str(event.id))
        return {"text": said, "blocks": [blocks.section(said), blocks.actions(again)]}
    lead = part("ticket" if place is Place.GOING else "ticket_waiting", title=event.title)
    body = [
        blocks.section("\n".join([lead, *facts(shown, inside=place is Place.GOING, counts=False)])),
        _buttons(event, place),
    ]
    notes = [part("notes_here")] if can_be_written_up(event) and place is Place.GOING else []
    why = part("ticket_why" if place is Place.GOING else "reminded_why")
    return read_out(lead, [*body, blocks.context(why, *notes)])


def reminder(shown: Shown, step: Step, place: Place) -> Payload:
    """The day before, and ten minutes before; the ticket once there is nothing to remind of."""
    event = shown.event
    if not shown.is_coming or place is not Place.GOING:
        return ticket(shown, place)
    return _note(shown, part(step.value, title=event.title, when=by_own_clock(event.when)), "reminded_why")


def moved(shown: Shown, place: Place) -> Payload:
    """That it is at another time, or in another place."""
    event = shown.event
    if not shown.is_coming or place is Place.LEFT:
        return ticket(shown, place)
    return _note(shown, part("moved", title=event.title, when=by_own_clock(event.when)), "moved_why")


def moved_up(shown: Shown, place: Place) -> Payload:
    """That somebody who waited has a seat."""
    event = shown.event
    if not shown.is_coming or place is not Place.GOING:
        return ticket(shown, place)
    return _note(shown, part("up", title=event.title, when=by_own_clock(event.when)), "up_why")


def off(shown: Shown, *, host: bool) -> Payload:
    """That it is off; by nothing but its kind and its time where its customer would rather not be named."""
    event = shown.event
    if event.state is State.OVER:
        return forgotten()
    if shown.shown and event.state is not State.GONE:
        said = part("called_off", title=event.title, when=by_own_clock(event.when))
    else:
        said = part("off_unnamed", kind=kind_name(event.kind), when=by_own_clock(event.when))
    row = [] if host else [blocks.actions(calendar_button(event.id))]
    why = part("off_why_host" if host else "off_why")
    return read_out(said, [blocks.section(said), *row, blocks.context(why)])


def forgotten() -> Payload:
    """What stands in a message about an event of which nothing may be said any more."""
    said = part("not_shown")
    return {"text": said, "blocks": [blocks.section(said)]}


def questions_wait(shown: Shown, number: int) -> Payload:
    """How many questions its host has to look at."""
    if not shown.shown:
        return off(shown, host=True)
    if not number:
        said = part("questions_seen", title=shown.event.title)
        return {"text": said, "blocks": [blocks.section(said)]}
    said = part("questions_wait", number=number, title=shown.event.title)
    row = blocks.actions(questions_button(shown.event.id))
    return read_out(said, [blocks.section(said), row, blocks.context(part("host_why"))])


def afterwards(shown: Shown, *, first_name: str) -> Payload:
    """What its host can do now: thank whoever came, write it up, say where it can be watched."""
    event = shown.event
    if not shown.shown:
        return forgotten()
    lead = part("after", title=event.title, going=shown.crowd.going)
    body: list[Block] = [blocks.section("\n".join([lead, *after_lines(shown)]))]
    if event.thanked_at is not None:
        body.append(blocks.context(part("thanked", day=day(event.thanked_at.date()))))
    elif first_name:
        body += [blocks.section(part("thank")), _to_copy(thanks_words(shown, first_name))]
    notes = [blocks.section(part("after_notes"))] if can_be_written_up(event) else []
    row = blocks.actions(*_after_buttons(event, thanking=bool(first_name)))
    return read_out(lead, [*body, *notes, row, blocks.context(part("after_why"))])


def thanks_words(shown: Shown, first_name: str) -> str:
    """A message to whoever came, in the host's own name; plain text to copy."""
    said = _(
        "Hello {name},\n\nthank you for coming to us on {day}. What you told us is still being talked about. "
        "When something comes of it, you will hear from me.\n\nThank you"
    )
    return said.format(name=first_name, day=day(shown.event.when.wall.date()))


def can_be_written_up(event: Event) -> bool:
    """Whether what was heard there is a conversation with a customer."""
    return event.kind is not Kind.SPEAKER


def calendar_button(event_id: int) -> Block:
    """The way to a file for one's calendar."""
    return blocks.button(_("Calendar file"), stage_ids.STAGE_CALENDAR, str(event_id))


def write_up_button(event_id: int) -> Block:
    """The way into a write-up with what is known filled in."""
    return blocks.button(_("Write it up"), stage_ids.STAGE_WRITE_UP, str(event_id), style="primary")


def _over(shown: Shown, place: Place) -> Payload:
    event = shown.event
    said = part("ticket_over", title=event.title, when=by_own_clock(event.when))
    going = place is Place.GOING and can_be_written_up(event)
    row = [blocks.actions(write_up_button(event.id))] if going else []
    return read_out(said, [blocks.section("\n".join([said, *after_lines(shown)])), *row])


def _note(shown: Shown, lead: str, why: str) -> Payload:
    said = "\n".join([lead, *facts(shown, inside=True, counts=False)[1:]])
    row = _buttons(shown.event, Place.GOING)
    return read_out(lead, [blocks.section(said), row, blocks.context(part(why))])


def _buttons(event: Event, place: Place) -> Block:
    calendar = [calendar_button(event.id)] if place is Place.GOING else []
    return blocks.actions(*calendar, questions_button(event.id), step_back_button(event.id))


def _after_buttons(event: Event, *, thanking: bool) -> list[Block]:
    value = str(event.id)
    row = [write_up_button(event.id)] if can_be_written_up(event) else []
    if thanking and event.thanked_at is None:
        row.append(blocks.button(_("I have thanked them"), stage_ids.STAGE_THANKED, value))
    return [*row, blocks.button(_("Recording…"), stage_ids.STAGE_RECORDING, value)]


def _to_copy(words: str) -> Block:
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [element]}
