"""What somebody at a terminal sees of an import: each conversation as it was found, and how it all went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.importing.bringing_in import Fate, Files, Found, Outcome, Terms
from bot.importing.reading import LISTED
from bot.importing.voices import moments, speakers
from stories.consent import Purpose
from stories.language import _, ngettext
from stories.notes import Side
from stories.proposals import Open, Proposal, Wording
from stories.talks import Talk
from stories.text import clean, one_line, shortened

_LONGEST = 320
_MOST_VOICES = 6


def conversation(found: Found) -> RenderableType:
    """One conversation as it was found: what would be kept, where each thing stands, and what is open."""
    proposal = found.proposal
    open_ = {gap.what: gap.why for gap in proposal.gaps}
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for field, value in _rows(proposal, open_):
        table.add_row(field, value)
    title = _("{number} of {of}: {where}").format(
        number=found.number, of=found.of, where=one_line(found.where)
    )
    return Panel(table, title=Text(title), title_align="left", border_style="yellow" if open_ else "green")


def choices(proposal: Proposal, shown: Sequence[str]) -> RenderableType:
    """Sentences that could be quoted, numbered; those proposed are marked."""
    table = Table.grid(padding=(0, 1))
    places = moments(proposal.notes, proposal.customer) if isinstance(proposal.notes, Talk) else {}
    for number, words in enumerate(shown, 1):
        mark = "*" if words in proposal.quotes else " "
        place = Text(places.get(words, ""), style="dim")
        table.add_row(f"{mark}{number}", Text(one_line(words), overflow="fold"), place)
    return table


def came_of_it(outcomes: Sequence[Outcome], files: Files, terms: Terms) -> RenderableType:
    """How it went: how many of each, every refusal and its reason, what was left out, what to do next."""
    counts = Counter(outcome.fate for outcome in outcomes)
    said = ", ".join(f"{counts[fate]} {_fate(fate)}" for fate in Fate if counts[fate])
    lines: list[RenderableType] = [Text(said or _("Nothing was taken in."), style="bold")]
    if files.others:
        lines.append(
            Text(
                ngettext(
                    "One other file was left alone: it ends in none of {endings}.",
                    "{number} other files were left alone: they end in none of {endings}.",
                    files.others,
                ).format(number=files.others, endings=LISTED)
            )
        )
    lines += [*_refusals(outcomes), *_not_published(outcomes)]
    lines += list(_left_out(outcomes))
    step = next_step(counts, terms)
    return Group(*lines, *([Text(step)] if step else []))


def next_step(counts: Counter[Fate], terms: Terms) -> str:
    """What is best done now; empty when nothing was taken in."""
    if counts[Fate.PUBLISHED]:
        return _(
            "Published. Channels hear them in their next digests; the author finds them in Firsthand’s "
            "App Home and with /stories mine, and can take any of them back there."
        )
    if not counts[Fate.KEPT]:
        return ""
    if terms.sharing is Purpose.NOT_SHARED:
        return _(
            "Kept for the author’s eyes alone, as no consent was stated. Once a customer agrees, say so with "
            "“Edit” in Firsthand’s App Home or /stories mine, and publish."
        )
    return _(
        "Next: read them in Slack, in Firsthand’s App Home or with /stories mine, and publish the good ones. "
        "Another time --publish does it at once."
    )


def fate_of(outcome: Outcome) -> RenderableType:
    """What became of one, in a line."""
    reason = f": {one_line(outcome.reason)}" if outcome.reason else ""
    return Text(f"{_fate(outcome.fate)}{reason}\n", style="dim")


def _fate(fate: Fate) -> str:
    return {
        Fate.KEPT: _("kept"),
        Fate.PUBLISHED: _("kept and published"),
        Fate.ALREADY: _("already there"),
        Fate.SKIPPED: _("skipped"),
        Fate.REFUSED: _("refused"),
    }[fate]


def _side(side: Side) -> str:
    return {
        Side.CUSTOMER: _("customer"),
        Side.US: _("one of us"),
        Side.UNKNOWN: _("not known which side"),
    }[side]


def _rows(proposal: Proposal, open_: dict[Open, str]) -> Iterator[tuple[str, RenderableType]]:
    yield _("Title"), Text(proposal.title)
    yield _("Day"), _day(proposal, open_.get(Open.DAY))
    yield _("Customer"), _customer(proposal, open_.get(Open.CUSTOMER))
    if proposal.notes.people:
        listed = (f"{p.name} ({_side(p.side)})" for p in proposal.notes.people)
        yield _("Named"), Text(", ".join(listed))
    if isinstance(proposal.notes, Talk):
        yield _("Speak"), speakers(proposal.notes.transcript.voices[:_MOST_VOICES])
    yield _("They wanted"), _text(proposal.trying_to, open_.get(Open.TRYING_TO))
    yield _("Happened"), _text(proposal.happened, open_.get(Open.HAPPENED))
    if proposal.meaning.text:
        yield _("Means for us"), _text(proposal.meaning, None)
    yield _("Quotes"), _quotes(proposal, open_.get(Open.QUOTES))
    for remark in proposal.remarks:
        yield _("Left out"), Text(remark, style="dim")


def _day(proposal: Proposal, why: str | None) -> Text:
    if why or proposal.day is None:
        return _asked(why or "")
    found = proposal.notes.talked_on
    said = _("your answer") if proposal.answers.day else ""
    if found is not None and not said:
        line = _("line {line}").format(line=found.line) if found.line else _("the file’s name")
        said = _("“{words}”, {line}").format(words=one_line(found.words), line=line)
    return Text(proposal.day.isoformat()).append(f"  {said}", style="dim")


def _customer(proposal: Proposal, why: str | None) -> Text:
    if why:
        return _asked(why)
    if not proposal.customer:
        return Text(proposal.alias).append("  " + _("the notes name nobody"), style="dim")
    company = f", {proposal.company}" if proposal.company else ""
    return Text(proposal.customer + company)


def _text(wording: Wording, why: str | None) -> Text:
    if why:
        return _asked(why)
    return Text(shortened(clean(wording.text), _LONGEST)).append(f"  {wording.whence}", style="dim")


def _quotes(proposal: Proposal, why: str | None) -> RenderableType:
    number = len(proposal.candidates)
    said = ngettext("{number} could be quoted", "{number} could be quoted", number).format(number=number)
    lines = [Text("“" + one_line(quote).strip("“”") + "”") for quote in proposal.quotes]
    return Group(*([_asked(why)] if why else []), *lines, Text(said, style="dim"))


def _asked(why: str) -> Text:
    return Text(_("to be asked: ") + why, style="yellow")


def _refusals(outcomes: Sequence[Outcome]) -> Iterator[RenderableType]:
    refused = [outcome for outcome in outcomes if outcome.fate is Fate.REFUSED]
    if refused:
        yield Text("\n" + _("Refused, and why:"))
    for outcome in refused:
        yield Text(f"  {one_line(outcome.where)}: {one_line(outcome.reason)}")


def _not_published(outcomes: Sequence[Outcome]) -> Iterator[RenderableType]:
    flagged = [outcome for outcome in outcomes if outcome.fate is Fate.KEPT and outcome.reason]
    if flagged:
        yield Text("\n" + _("Kept, and why:"))
    for outcome in flagged:
        yield Text(f"  {one_line(outcome.where)}: {one_line(outcome.reason)}", style="dim")


def _left_out(outcomes: Sequence[Outcome]) -> Iterator[RenderableType]:
    partly = [outcome for outcome in outcomes if outcome.remarks]
    if partly:
        yield Text("\n" + _("Not everything fits into a story; the files keep the rest:"))
    for outcome in partly:
        yield Text(f"  {one_line(outcome.where)}: {' '.join(outcome.remarks)}", style="dim")


def days_to_choose(days: Sequence[date]) -> str:
    """The days that a date can mean, numbered, in one line."""
    return "   ".join(f"{number}) {day.isoformat()}" for number, day in enumerate(days, 1))
