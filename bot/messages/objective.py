"""The objective's window: what somebody set out to do and what happened since, and where they say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.objective_words import aim, period, sentence
from bot.objective import ids as objective_ids
from bot.objective.lines import Line
from stories.language import _
from stories.objectives.objective import LONGEST_WORDS, Aim, Objective, Span
from stories.text import shortened

MOST_SHOWN = 8
"""Things of each kind that stand in the window; the page has more."""

LONGEST_LINE = 300


def objective_modal(objective: Objective, lines: Mapping[Aim, Sequence[Line]], today: date) -> Block:
    """The objective as it stands."""
    about = period(objective.first, objective.last)
    over = objective.last < today
    return blocks.modal(
        _("Customer insight"),
        [
            blocks.section(_part("standing", words=objective.words, aim=aim(objective.aim), period=about)),
            *([blocks.context(_part("over"))] if over else []),
            _buttons(over=over),
            blocks.divider(),
            *_happened(lines),
            blocks.context(_part("promise")),
        ],
        callback_id=objective_ids.OBJECTIVE_VIEW,
        close=_("Close"),
        private_metadata=str(objective.id),
    )


def form_modal(objective: Objective | None, spans: Mapping[Span, tuple[date, date]]) -> Block:
    """Where an objective is said, or said otherwise. `spans` are the days of this quarter and so on."""
    return blocks.modal(
        _("Customer insight"),
        [
            blocks.section(_part("what")),
            blocks.text_input(
                "words",
                _("What would you like to do?"),
                value=objective.words if objective else "",
                most=LONGEST_WORDS,
                multiline=True,
                placeholder=_("Hear from four clinics why they still print, and tell the team"),
            ),
            _aims(objective),
            _spans(objective, spans),
            _days("first", _("Or from which day?"), objective),
            _days("last", _("Until which day?"), objective),
            blocks.context(_part("no_bonus")),
        ],
        callback_id=objective_ids.OBJECTIVE_FORM_VIEW,
        submit=_("Keep it"),
        close=_("Cancel"),
        private_metadata=str(objective.id) if objective else "",
    )


def on_home(objective: Objective | None, latest: date | None, today: date) -> list[Block]:
    """The objective's lines on App Home; none of a customer's words stands there."""
    if objective is None or objective.last < today:
        return []
    until = day(objective.last)
    said = _part("home", words=shortened(objective.words, 200), aim=aim(objective.aim), until=until)
    since = _part("home_latest", day=day(latest)) if latest else _part("nothing_yet")
    look = blocks.button(_("Look at it"), objective_ids.OBJECTIVE_OPEN)
    heading = blocks.header(_("Your customer-insight objective"))
    return [heading, blocks.section(said, accessory=look), blocks.context(since)]


def home_button() -> Block:
    """The way to the objective."""
    return blocks.button(_("Your objective"), objective_ids.OBJECTIVE_OPEN)


def _buttons(*, over: bool) -> Block:
    page = blocks.button(_("A page for my review"), objective_ids.OBJECTIVE_PAGE, "page", style="primary")
    sure = blocks.confirm(
        _("Let it go?"),
        _("The objective goes. What you did stays where it is, and nobody is told."),
        _("Let it go"),
        _("Keep it"),
    )
    again = blocks.button(_("A new one"), objective_ids.OBJECTIVE_NEW, "new")
    change = blocks.button(_("Change it"), objective_ids.OBJECTIVE_CHANGE, "change")
    drop = blocks.button(_("Let it go"), objective_ids.OBJECTIVE_DROP, "drop", confirm=sure)
    return blocks.actions(page, *([again] if over else []), change, drop, block_id="objective")


def _happened(lines: Mapping[Aim, Sequence[Line]]) -> list[Block]:
    if not lines:
        return [blocks.section(_part("nothing_yet"))]
    shown: list[Block] = []
    for which, some in lines.items():
        shown.append(blocks.section(_part("heading", aim=aim(which))))
        shown += [_line(line) for line in some[:MOST_SHOWN]]
        if len(some) > MOST_SHOWN:
            shown.append(blocks.context(_part("more")))
    return shown


def _line(line: Line) -> Block:
    one = line.happened
    who = Markup(f"<@{one.who}>") if one.who else ""  # noqa: S704 an id
    said = Markup(blocks.escaped(shortened(sentence(line, "\0"), LONGEST_LINE)).replace("\0", who))  # noqa: S704 escaped
    read = None
    if line.title and one.story_id is not None:
        read = blocks.button(_("Read it"), ids.STORY_READ, str(one.story_id))
    return blocks.section(_part("line", day=day(one.on), said=said), accessory=read)


def _aims(objective: Objective | None) -> Block:
    meant = {
        Aim.GATHERING: _("Talking with customers, listening in, writing it up"),
        Aim.MAKING_SENSE: _("Asking what is open, finding what they have in common"),
        Aim.CHANGING: _("Doing something because of what they said"),
    }
    options = {which: blocks.option(aim(which), which.value, meant[which]) for which in Aim}
    radio: Block = {
        "type": "radio_buttons",
        "action_id": "aim",
        "options": list(options.values()),
        "initial_option": options[objective.aim if objective else Aim.GATHERING],
    }
    hint = _("Whichever you mean now: any of the three is enough in the end.")
    return blocks.input_block("aim", _("What is it about?"), radio, hint=hint)


def _spans(objective: Objective | None, spans: Mapping[Span, tuple[date, date]]) -> Block:
    named = {
        Span.QUARTER: _("This quarter"),
        Span.HALF: _("This half-year"),
        Span.YEAR: _("This year"),
        Span.DATES: _("The days below"),
    }
    until = {span: _("until {day}").format(day=day(last)) for span, (_first, last) in spans.items()}
    options = {span: blocks.option(named[span], span.value, until.get(span)) for span in Span}
    held = (objective.first, objective.last) if objective else spans[Span.QUARTER]
    chosen = next((span for span, days in spans.items() if days == held), Span.DATES)
    select: Block = {
        "type": "static_select",
        "action_id": "span",
        "options": list(options.values()),
        "initial_option": options[chosen],
    }
    return blocks.input_block("span", _("For how long?"), select)


def _days(field: str, label: str, objective: Objective | None) -> Block:
    picker: Block = {"type": "datepicker", "action_id": field}
    if objective is not None:
        held = objective.first if field == "first" else objective.last
        picker |= {"initial_date": held.isoformat()}
    return blocks.input_block(field, label, picker, optional=True)


def _part(part: str, /, **values: object) -> str:
    return prose_part("objective.j2", part, **values)
