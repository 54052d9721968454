"""Events in messages: announced in channels, the thread of the hour, and what stands there afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.stage_words import Shown, by_own_clock, hosts_clock, kind_name, lasting, person
from bot.stage import ids as stage_ids
from stories.language import _
from stories.languages import language_name
from stories.links import shown_as
from stories.stage.events import Event, Question, State

Payload = dict[str, Any]


def announcement(shown: Shown) -> Payload | None:
    """The event in a channel; None where nothing of it may stand there."""
    event = shown.event
    if not shown.shown or event.state is State.GONE:
        return None
    if event.state is State.CALLED_OFF:
        said = part("called_off", title=event.title, when=by_own_clock(event.when))
        return {"text": said, "blocks": [blocks.section(said)]}
    lead = part("announced", kind=kind_name(event.kind), title=event.title)
    if event.state is State.OVER:
        said = "\n".join(
            [lead, *who_line(shown), part("over", when=by_own_clock(event.when)), *after_lines(shown)]
        )
        return read_out(lead, [blocks.section(said)])
    said = "\n".join([lead, *facts(shown, inside=False)])
    return read_out(
        f"{lead} {by_own_clock(event.when)}",
        [
            blocks.section(said),
            *([blocks.section(escaped(event.about))] if event.about else []),
            blocks.actions(
                blocks.button(_("Count me in"), stage_ids.STAGE_COME, str(event.id), style="primary"),
                step_back_button(event.id),
                questions_button(event.id),
            ),
            blocks.context(part("announced_by", host=person(event.host_id))),
        ],
    )


def hour(shown: Shown, questions: Sequence[Question]) -> Payload | None:
    """What the thread of the hour begins with: the questions that most would like to hear answered."""
    if not shown.shown or shown.event.state in (State.GONE, State.CALLED_OFF):
        return None
    lead = part("hour", title=shown.event.title)
    asked = [block for question in questions for block in as_asked(question)]
    heading = [blocks.section(part("top_questions", number=len(questions)))] if questions else []
    return read_out(lead, [blocks.section(lead), *heading, *asked])


def as_asked(question: Question) -> list[Block]:
    """A question as it was put, and by whom where they said so."""
    if question.anonymous:
        by = part("asked_unnamed", votes=question.votes)
    else:
        by = part("asked_by", person=person(question.asker_id), votes=question.votes)
    return [blocks.quote(question.words), blocks.context(by)]


def facts(shown: Shown, *, inside: bool, counts: bool = True) -> list[str]:
    """When, who, where, in which language, and how many seats there are left.

    `inside` is for somebody with a seat: others are not told the link to an event whose seats are counted.
    """
    event = shown.event
    clock = hosts_clock(event.when)
    lines = [part("when", when=by_own_clock(event.when), lasting=lasting(event.when.minutes), clock=clock)]
    lines += who_line(shown)
    lines += _where(event, inside=inside)
    lines += [part("language", language=language_name(event.language))] if event.language else []
    seats = _seats(shown) if counts else ""
    return [*lines, *([seats] if seats else [])]


def who_line(shown: Shown) -> list[str]:
    """Who comes, where that is somebody."""
    return [part("who", who=shown.who)] if shown.who else []


def after_lines(shown: Shown) -> list[str]:
    """Where it can be watched, as far as that may be shown."""
    return [part("watch", recording=_link(shown.recording))] if shown.recording else []


def place_of(place: str) -> str | Markup:
    """Where it is: a link that can be followed, or a room as it was written."""
    return _link(place) if place.startswith("https://") else place


def questions_button(event_id: int) -> Block:
    """The way to what people would like to hear answered."""
    return blocks.button(_("Questions"), stage_ids.STAGE_QUESTIONS, str(event_id))


def step_back_button(event_id: int) -> Block:
    """The way out, one click."""
    return blocks.button(_("Step back"), stage_ids.STAGE_STEP_BACK, str(event_id))


def _where(event: Event, *, inside: bool) -> list[str]:
    if not event.place:
        return []
    if event.place.startswith("https://") and event.seats is not None and not inside:
        return [part("where_ticket")]
    return [part("where", place=place_of(event.place))]


def _seats(shown: Shown) -> str:
    seats, going = shown.event.seats, shown.crowd.going
    if seats is None:
        return part("coming", going=going) if going else ""
    left = max(0, seats - going)
    return part("seats_left", left=left, seats=seats) if left else part("full", seats=seats)


def _link(link: str) -> Markup:
    return Markup(f"<{escaped(link)}|{escaped(shown_as(link))}>")  # noqa: S704 checked to be a plain link


def part(name: str, /, **values: object) -> str:
    """A sentence of `stage.j2` filled in."""
    return prose_part("stage.j2", name, **values)
