"""The window of events: what is coming, one event with what can be done about it, whom to invite."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.stage import after_lines, facts, part, questions_button, step_back_button, who_line
from bot.messages.stage_notes import can_be_written_up, write_up_button
from bot.messages.stage_words import Shown, by_own_clock, kind_name, person
from bot.messages.story import capital
from bot.stage import ids as stage_ids
from stories.language import _
from stories.speaking import listed
from stories.stage.events import Event, Place, State
from stories.story import Reaction, Telling


def window(coming: Sequence[Shown], lately: Sequence[Shown]) -> Block:
    """What is coming, and the ways to plan something and to find somebody to invite."""
    new = blocks.button(_("Plan an event"), stage_ids.STAGE_NEW, "new", style="primary")
    invite = blocks.button(_("Whom might we invite?"), stage_ids.STAGE_INVITE, "invite")
    lines = [_line(one) for one in coming] or [blocks.section(_part("none_coming"))]
    before = [blocks.divider(), blocks.section(_part("lately")), *map(_line, lately)] if lately else []
    return blocks.modal(
        _("Customers on stage"),
        [blocks.section(_part("what")), blocks.actions(new, invite), blocks.divider(), *lines, *before],
        callback_id=stage_ids.STAGE_VIEW,
        close=_("Close"),
    )


def event_view(shown: Shown, place: Place, *, host: bool, mine: bool, over: bool) -> Block:
    """One event with what this person can do about it.

    `host` may change it and call it off, `mine` is the host alone; `over` is whether it has begun.
    """
    event = shown.event
    if not shown.shown or event.state is State.GONE:
        when = by_own_clock(event.when)
        body = [blocks.section(_part("not_shown", kind=kind_name(event.kind), when=when))]
    else:
        lead = _part("details", kind=kind_name(event.kind), title=event.title)
        lines = [
            lead,
            *(facts(shown, inside=host or place is Place.GOING) if shown.is_coming else _was(shown)),
        ]
        about = [blocks.section(escaped(event.about))] if event.about else []
        row = _buttons(shown, place, host=host, mine=mine, over=over)
        more = _consent(shown) if host else []
        body = [
            blocks.section("\n".join(lines)),
            *about,
            blocks.context(*_context(event, place)),
            *([blocks.actions(*row)] if row else []),
            *(_story(*one) for one in shown.titles),
            *more,
        ]
    return blocks.modal(
        _("An event"),
        body,
        callback_id=stage_ids.STAGE_EVENT_VIEW,
        close=_("Close"),
        private_metadata=str(event.id),
    )


def invite_view(found: Sequence[tuple[Telling, int | None, int]]) -> Block:
    """Customers whose stories moved people: the story as told, their number where it is told with their name,
    and how often something came of it."""
    body = [blocks.section(_part("invite" if found else "invite_none"))]
    for telling, customer_id, endings in found:
        body += _suggestion(telling, customer_id, endings)
    return blocks.modal(
        _("Whom might we invite?"), body, callback_id=stage_ids.STAGE_INVITE_VIEW, close=_("Close")
    )


def _line(shown: Shown) -> Block:
    event = shown.event
    title = event.title if shown.shown and event.state is not State.GONE else kind_name(event.kind)
    said = _part("coming_line", title=title, when=by_own_clock(event.when))
    return blocks.section(said, accessory=blocks.button(_("Open"), stage_ids.STAGE_OPEN, str(event.id)))


def _was(shown: Shown) -> list[str]:
    over = shown.event.state is State.OVER
    when = [part("over", when=by_own_clock(shown.event.when))] if over else []
    return [*who_line(shown), *when, *after_lines(shown)]


def _context(event: Event, place: Place) -> list[str]:
    said = [_part("hosted", host=person(event.host_id))]
    if event.channels:
        named = listed(f"<#{channel}>" for channel in event.channels)
        said.append(_part("announced_in", channels=Markup(named)))  # noqa: S704 ids
    if place is not Place.LEFT:
        said.append(_part("you_go" if place is Place.GOING else "you_wait"))
    return said


def _buttons(shown: Shown, place: Place, *, host: bool, mine: bool, over: bool) -> list[Block]:
    event, value = shown.event, str(shown.event.id)
    row: list[Block] = []
    if shown.is_coming:
        if place is Place.LEFT:
            row.append(blocks.button(_("Count me in"), stage_ids.STAGE_COME, value, style="primary"))
        row += [questions_button(event.id)]
        row += [] if place is Place.LEFT else [step_back_button(event.id)]
        row += _hosts(event) if host else []
    if over and can_be_written_up(event) and (mine or place is Place.GOING):
        row.append(write_up_button(event.id))
    if host and over:
        row.append(blocks.button(_("Recording…"), stage_ids.STAGE_RECORDING, value))
    return row


def _hosts(event: Event) -> list[Block]:
    sure = blocks.confirm(
        _("Call it off?"),
        _("Everybody who signed up hears of it at once. You can plan another one at any time."),
        _("Call it off"),
        _("Keep it"),
    )
    value = str(event.id)
    return [
        blocks.button(_("Change…"), stage_ids.STAGE_CHANGE, value),
        blocks.button(_("Call it off"), stage_ids.STAGE_CALL_OFF, value, style="danger", confirm=sure),
    ]


def _consent(shown: Shown) -> list[Block]:
    event = shown.event
    if event.customer_id is None:
        return []
    sure = blocks.confirm(
        _("They took it back?"),
        _("Their name goes from all that was said of this and their other events. That cannot be undone."),
        _("They took it back"),
        _("Cancel"),
    )
    taken = blocks.button(_("They took it back"), stage_ids.STAGE_TAKE_BACK, str(event.id), confirm=sure)
    return [blocks.divider(), blocks.section(_part("consent_stands"), accessory=taken)]


def _story(story_id: int, title: str) -> Block:
    read = blocks.button(_("Read it"), ids.STORY_READ, str(story_id))
    return blocks.section(_part("came_of_it", title=title), accessory=read)


def _suggestion(telling: Telling, customer_id: int | None, endings: int) -> list[Block]:
    who = f"{telling.who}, {telling.company}" if telling.company else telling.who
    author = person(telling.author_id)
    said = _part("suggestion", title=telling.title, who=capital(who), author=author)
    parts = {
        Reaction.THOUGHT: "made_think",
        Reaction.ACT: "acted_on",
        Reaction.MORE: "wanted_more",
        Reaction.THANKS: "thanked",
    }
    counts = [
        _part(part, number=telling.counts[kind]) for kind, part in parts.items() if telling.counts.get(kind)
    ]
    counts += [_part("something_came")] if endings else []
    if customer_id is None:
        return [blocks.section(said), blocks.context(" · ".join(counts), _part("ask_author", author=author))]
    plan = blocks.button(_("Plan it with them"), stage_ids.STAGE_NEW, str(customer_id))
    return [blocks.section(said, accessory=plan), *([blocks.context(" · ".join(counts))] if counts else [])]


def _part(part: str, /, **values: object) -> str:
    return prose_part("stage_forms.j2", part, **values)
