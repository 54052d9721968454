"""The top three in words: the window in which everybody finds them, and everything said of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages import nps_words as nps
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.priorities_stakes import accounts_worth
from bot.messages.reading import in_its_direction
from bot.priorities.measured import Standing
from stories.language import _, ngettext
from stories.nps.change import Verdict
from stories.nps.periods import Period
from stories.priorities.priority import AT_MOST, Happening, Note, Priority, State
from stories.text import shortened

LONGEST_SAID = 300
MOST_LOGGED = 40
"""Lines of a log that one window holds."""


def window(
    standing: Sequence[Standing],
    undecided: Sequence[Priority],
    quarter: Period,
    *,
    viewer: str,
    editor: bool,
    worth: Mapping[int, Mapping[str, Decimal]] | None = None,
) -> Block:
    """The quarter's top three for everybody; their owners say how they go, editors choose and drop.

    `worth` is what the viewer's own accounts behind each are worth, by its id and currency.
    """
    own = worth or {}
    body = [
        block
        for one in standing
        for block in _one(one, own.get(one.priority.id, {}), viewer=viewer, editor=editor)
    ]
    late = [block for one in undecided for block in _undecided(one, viewer=viewer, editor=editor)]
    row = [blocks.button(_("What speaks for each theme"), ids.PRIORITY_CANDIDATES)]
    row.append(blocks.button(_("Everything that was decided"), ids.PRIORITY_LOG, "all"))
    return blocks.modal(
        _("The top three"),
        [
            blocks.section(_top(len(standing), quarter, editor=editor)),
            *late,
            *body,
            blocks.divider(),
            blocks.actions(*row),
        ],
        callback_id=ids.PRIORITIES_VIEW,
        close=_("Close"),
        private_metadata="priorities",
    )


def log_window(told: Sequence[tuple[Priority, Note]]) -> Block:
    """What was decided and said, the newest first, for anybody."""
    lines = [_line(one, note) for one, note in told[:MOST_LOGGED]]
    body = [blocks.section(line) for line in lines] or [blocks.section(_("Nothing was decided yet."))]
    return blocks.modal(_("What was decided"), body, callback_id=ids.PRIORITY_LOG_VIEW, close=_("Close"))


def words_of(one: Standing, *, short: bool = False) -> str:
    """One of the top three: whose it is, what done means, where it stands, and its measure; escaped.

    `short` leaves out what done means.
    """
    priority = one.priority
    lines = [f"*{name_of(priority)}* · {_owner(priority)}"]
    if not short:
        lines.append(_("Done means: {words}").format(words=escaped(in_its_direction(priority.done_means))))
    return "\n".join([*lines, where_it_stands(priority), measure(one)])


def name_of(priority: Priority) -> str:
    """What it is called; escaped."""
    return escaped(in_its_direction(priority.name))


def where_it_stands(priority: Priority) -> str:
    """What was last said of it, by whom and when; escaped."""
    latest = priority.latest
    state = {
        State.STANDING: "",
        State.DONE: _("*Done.*") + " ",
        State.NOT_DONE: _("*Not done.*") + " ",
        State.DROPPED: _("*Dropped.*") + " ",
    }[priority.state]
    if latest is None:
        return state + _("Chosen on {day}; nothing told yet.").format(day=day(priority.chosen_on))
    said = _("“{words}” ({person}, {day})").format(
        words=escaped(in_its_direction(shortened(latest.words, LONGEST_SAID))),
        person=_person(latest.by),
        day=day(latest.at.date()),
    )
    return state + said


def measure(one: Standing) -> str:
    """NPS of its segment since it was chosen beside that before, each with its uncertainty; escaped."""
    group, start = escaped(nps.group(one.priority.segment)), one.priority.start
    if one.since is None:
        before = _(" Before: {score}.").format(score=nps.scored(start)) if start else ""
        return _("NPS of {group}: too few answers since to tell.").format(group=group) + before
    if start is None or one.change is None:
        said = _("NPS of {group} since: {score}; too few answers before to compare.")
        return said.format(group=group, score=nps.scored(one.since))
    said = _("NPS of {group} since: {score}, from {before} before: {verdict}")
    return said.format(
        group=group, score=nps.scored(one.since), before=nps.scored(start), verdict=_verdict(one)
    )


def _verdict(one: Standing) -> str:
    verdict = one.change.verdict if one.change else Verdict.TOO_FEW
    return {
        Verdict.UP: _("up, more than noise."),
        Verdict.DOWN: _("down, more than noise."),
        Verdict.NOISE: _("no more than noise."),
        Verdict.TOO_FEW: _("too few answers to say whether it moved."),
    }[verdict]


def _top(number: int, quarter: Period, *, editor: bool) -> str:
    span = nps.span(quarter)
    if not number:
        nothing = _("*Nothing is chosen for {span} yet.* Of everything customers speak of, three get nailed.")
        more = " " + _("Look at what speaks for each theme, and choose.") if editor else ""
        return nothing.format(span=span) + more
    said = ngettext(
        "*What we nail from {span}.* {number} of at most {most}.",
        "*What we nail from {span}.* {number} of at most {most}.",
        number,
    )
    return said.format(span=span, number=number, most=AT_MOST)


def _one(one: Standing, worth: Mapping[str, Decimal], *, viewer: str, editor: bool) -> Iterator[Block]:
    value, mine = str(one.priority.id), one.priority.owner_id == viewer
    yield blocks.divider()
    yield blocks.section("\n".join([words_of(one), *([accounts_worth(worth)] if worth else [])]))
    row: list[dict[str, Any]] = []
    if one.priority.state is State.STANDING and (mine or editor):
        row.append(blocks.button(_("Say what changed"), ids.PRIORITY_TELL, value))
        row.append(blocks.button(_("It’s done, or not"), ids.PRIORITY_END, value))
    if one.priority.state is State.STANDING and editor:
        row.append(blocks.button(_("Drop it"), ids.PRIORITY_DROP, value))
    row.append(blocks.button(_("What was said of it"), ids.PRIORITY_LOG, value))
    yield blocks.actions(*row)


def _undecided(one: Priority, *, viewer: str, editor: bool) -> Iterator[Block]:
    """One of an earlier quarter of which nobody has said whether it is done."""
    if not (editor or one.owner_id == viewer):
        return
    said = _("*{name}* was to be done by {day}. Is it?").format(name=name_of(one), day=day(one.last_day))
    button = blocks.button(_("It’s done, or not"), ids.PRIORITY_END, str(one.id))
    yield blocks.section(said, accessory=button)


def _line(priority: Priority, note: Note) -> str:
    what = {
        Happening.CHOSEN: _("*{name}*: {person} chose it on {day}."),
        Happening.PROGRESS: _("*{name}*: {person} said on {day} what changed:"),
        Happening.DONE: _("*{name}*: done, {person} said on {day}:"),
        Happening.NOT_DONE: _("*{name}*: not done, {person} said on {day}:"),
        Happening.DROPPED: _("*{name}*: dropped by {person} on {day}:"),
    }[note.what]
    said = what.format(name=name_of(priority), person=_person(note.by), day=day(note.at.date()))
    return said if not note.words else f"{said}\n{escaped(in_its_direction(note.words))}"


def _owner(priority: Priority) -> str:
    return _("owned by {person}").format(person=_person(priority.owner_id))


def _person(user_id: str) -> str:
    return f"<@{user_id}>"
