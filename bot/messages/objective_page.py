"""The page for a review: looked through and changed by whose it is, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.objective_words import aim, period, sentence
from bot.messages.reacting import done_modal
from bot.objective import ids as objective_ids
from bot.objective.lines import Line
from stories.language import _
from stories.markdown import inert
from stories.objectives.objective import LONGEST_NOTE, Aim, Objective
from stories.text import one_line, shortened

AT_ONCE = 10
"""Lines of one block: Slack's checkboxes hold no more."""

MOST_LINES = 40
"""Lines of each kind that a page may hold, the latest."""

LONGEST_LINE = 180
_LONGEST_FIELD = 3000


def lines_modal(objective: Objective, lines: Mapping[Aim, Sequence[Line]]) -> Block:
    """Everything that happened, to be taken out or left, and room for one's own words."""
    chosen = [block for which, some in lines.items() for block in _boxes(objective, which, some)]
    return blocks.modal(
        _("A page for my review"),
        [
            blocks.section(_part("choose" if chosen else "choose_nothing")),
            *chosen,
            blocks.text_input(
                "note",
                _("In your own words"),
                value=objective.note,
                most=LONGEST_NOTE,
                multiline=True,
                optional=True,
                placeholder=_("What you learned, what surprised you, what you would do next"),
            ),
        ],
        callback_id=objective_ids.OBJECTIVE_LINES_VIEW,
        submit=_("Next"),
        close=_("Cancel"),
        private_metadata=str(objective.id),
    )


def page_modal(
    objective: Objective,
    lines: Mapping[Aim, Sequence[Line]],
    *,
    names: Mapping[str, str],
    links: Mapping[int, str],
    note: str,
) -> Block:
    """The page as it would be, each part of it in a field of its own."""
    fields = [
        blocks.text_input(
            f"part:{which.value}:{number}",
            aim(which),
            value="\n".join(_markdown(line, names, links) for line in some),
            most=_LONGEST_FIELD,
            multiline=True,
            optional=True,
        )
        for which, number, some in _chunks(lines)
    ]
    own = blocks.text_input(
        "note", _("In your own words"), value=note, most=_LONGEST_FIELD, multiline=True, optional=True
    )
    return blocks.modal(
        _("A page for my review"),
        [blocks.section(_part("edit")), own, *fields],
        callback_id=objective_ids.OBJECTIVE_PAGE_VIEW,
        submit=_("Send it to me"),
        close=_("Cancel"),
        private_metadata=str(objective.id),
    )


def sent_modal(days: int) -> Block:
    """That the page is on its way to its owner, and for how long it stays."""
    return done_modal(_("A page for my review"), _part("sent", days=days))


def markdown(objective: Objective, values: Mapping[str, str], *, name: str, today: date) -> str:
    """The page of what its owner left in the fields; `values` by field, as they typed it."""
    parts = [
        f"# {_('My customer-insight objective')}",
        "> " + "\n> ".join(inert(objective.words).splitlines()),
        f"{inert(name)} · {aim(objective.aim)} · {period(objective.first, objective.last)}",
    ]
    parts += [values["note"].strip()] if values.get("note") else []
    for which in Aim:
        said = [text.strip() for field, text in values.items() if field.startswith(f"part:{which.value}:")]
        if any(said):
            parts += [f"## {aim(which)}", "\n".join(text for text in said if text)]
    written = _("Written on {day} by {name}, with Firsthand. Nothing here is scored or compared.")
    parts += ["---", written.format(day=day(today), name=inert(name))]
    return "\n\n".join(parts) + "\n"


def _boxes(objective: Objective, which: Aim, lines: Sequence[Line]) -> Iterator[Block]:
    for _which, number, some in _chunks({which: lines}):
        options = {line.key: blocks.option(_short(line), line.key) for line in some}
        left = [option for key, option in options.items() if key not in objective.struck]
        boxes: Block = {"type": "checkboxes", "action_id": "lines", "options": list(options.values())}
        boxes |= {"initial_options": left} if left else {}
        yield blocks.input_block(f"lines:{which.value}:{number}", aim(which), boxes, optional=True)


def _chunks(lines: Mapping[Aim, Sequence[Line]]) -> Iterator[tuple[Aim, int, Sequence[Line]]]:
    for which, every in lines.items():
        some = every[:MOST_LINES]
        for start in range(0, len(some), AT_ONCE):
            yield which, start // AT_ONCE, some[start : start + AT_ONCE]


def _short(line: Line) -> str:
    who = _("A colleague") if line.happened.who else ""
    return f"{day(line.happened.on)}: {one_line(sentence(line, who))}"


def _markdown(line: Line, names: Mapping[str, str], links: Mapping[int, str]) -> str:
    one = line.happened
    # Whoever was erased, or has left the workspace, is somebody all the same.
    who = names.get(one.who) or (_("A colleague") if one.who else "")
    said = inert(shortened(one_line(sentence(line, who)), LONGEST_LINE))
    link = links.get(one.story_id) if one.story_id is not None and line.title else None
    there = f" ([{_('in Slack')}]({link}))" if link else ""
    return f"- {day(one.on)}: {said}{there}"


def _part(part: str, /, **values: object) -> str:
    return prose_part("objective.j2", part, **values)
