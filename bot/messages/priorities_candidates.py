"""What speaks for each theme, in numbers and in customers' words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal

from bot import ids
from bot.messages import blocks
from bot.messages import nps_words as nps
from bot.messages.blocks import Block, escaped
from bot.messages.priorities_stakes import accounts_worth
from bot.messages.reading import fold, in_its_direction
from bot.messages.themes import source_of
from bot.theme_voices import Voice
from stories import speaking
from stories.language import _, ngettext
from stories.nps.periods import Period
from stories.priorities.evidence import ASKED_WHY, Candidate, Share, third_is_tied
from stories.values import dataclass

MOST_SHOWN = 10
"""Candidates in one window: those of whom most customers speak."""

LONGEST_VOICE = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A candidate in customers' words; `worth` by currency, of accounts that are the reader's own.

    `stakes` are the sentences of what it is worth in business figures.
    """

    candidate: Candidate
    voices: tuple[Voice, ...] = ()
    worth: Mapping[str, Decimal] = field(default_factory=dict)
    stakes: tuple[str, ...] = ()


def counting() -> Block:
    """What stands while voices are counted."""
    return blocks.modal(
        _("What speaks for each"),
        [blocks.section(_("Counting who speaks of what…"))],
        callback_id=ids.PRIORITY_CANDIDATES_VIEW,
        close=_("Back"),
    )


def candidates_view(
    spoken: Sequence[Spoken],
    everybody: int,
    period: Period,
    *,
    editor: bool,
    command: str,
    learned: Sequence[str] = (),
) -> Block:
    """Every candidate, the one of whom most customers speak first; `command` is where themes are named.

    `learned` are the sentences of what NPS is worth.
    """
    known = [one.candidate for one in spoken]
    said = [
        ngettext(
            "What one customer said from {span}, in quotes and comments that may be shown.",
            "What {number} customers said from {span}, in quotes and comments that may be shown.",
            everybody,
        ).format(number=speaking.number(everybody), span=nps.span(period))
    ]
    if third_is_tied(known):
        said.append(
            _("*Ranks 3 and 4 are a tie:* which of them matters to more customers, nobody can say from this.")
        )
    said += learned
    if not spoken:
        none = _("No theme has a name yet. Editors find and name them with `{command} themes`.")
        said = [none.format(command=command)]
    body = [block for one in spoken[:MOST_SHOWN] for block in _one(one, editor=editor)]
    return blocks.modal(
        _("What speaks for each"),
        [blocks.section("\n".join(said)), *body],
        callback_id=ids.PRIORITY_CANDIDATES_VIEW,
        close=_("Back"),
    )


def refused(asked: int) -> str:
    """Why a theme cannot be chosen yet about which so many conversations asked why, and what to do."""
    missing = ASKED_WHY - asked
    return ngettext(
        "Symptom only: {asked} of {needed} conversations asked why. Ask one more customer first.",
        "Symptom only: {asked} of {needed} conversations asked why. Ask {number} more customers first.",
        missing,
    ).format(asked=asked, needed=ASKED_WHY, number=missing)


def why(name: str) -> str:
    """The question for customers who speak of this theme."""
    return _("When did you last run into “{theme}”? What were you trying to do, and why?").format(theme=name)


def _one(one: Spoken, *, editor: bool) -> Iterator[Block]:
    candidate, value = one.candidate, str(one.candidate.theme_id)
    lines = [f"*{escaped(in_its_direction(candidate.name))}* · {_rank(candidate)}", _who(candidate)]
    lines += [_strength(candidate), *_kinds(candidate), *one.stakes, accounts_worth(one.worth)]
    lines.append(_asked(candidate))
    yield blocks.divider()
    yield blocks.section("\n".join(lines))
    yield from voices(one.voices)
    row = []
    if editor:
        row.append(blocks.button(_("Choose it"), ids.PRIORITY_CHOOSE, value))
    if candidate.symptom_only:
        missing = ASKED_WHY - candidate.asked
        label = ngettext("Ask one more customer", "Ask {number} more customers", missing)
        row.append(
            blocks.button(label.format(number=missing), ids.TALK_PLAN, why(candidate.name), style="primary")
        )
    if row:
        yield blocks.actions(*row)


def voices(told: Sequence[Voice]) -> Iterator[Block]:
    """Customers' own words, each with whose they are."""
    for voice in told:
        yield blocks.quote(in_its_direction(fold(voice.words, LONGEST_VOICE)))
    if told:
        yield blocks.context(*[line for line in dict.fromkeys(source_of(one.of) for one in told) if line][:3])


def _rank(candidate: Candidate) -> str:
    if candidate.tied:
        return _("rank {first} to {last}, a tie").format(first=candidate.first, last=candidate.last)
    return _("rank {number}").format(number=candidate.first)


def _who(candidate: Candidate) -> str:
    share = candidate.customers
    said = _("{part} of {whole} customers speak of it: {share}")
    return said.format(
        part=speaking.number(share.part), whole=speaking.number(share.whole), share=_share(share)
    )


def _strength(candidate: Candidate) -> str:
    if candidate.mean is None or candidate.unhappy is None:
        few = _("Fewer than {number} of them gave a score, so how strongly they feel is not known.")
        return few.format(number=candidate.fewest)
    said = _("Their scores: {mean} of 10 on average; detractors {share} of {number}.")
    return said.format(
        mean=speaking.number(candidate.mean, 1),
        share=_share(candidate.unhappy),
        number=candidate.unhappy.whole,
    )


def _kinds(candidate: Candidate) -> list[str]:
    if not candidate.segments:
        return []
    told = ", ".join(f"{escaped(in_its_direction(name))} ({number})" for name, number in candidate.segments)
    return [_("Most of them: {kinds}.").format(kinds=told)]


def _asked(candidate: Candidate) -> str:
    if candidate.symptom_only:
        said = _("*Symptom only:* {asked} of {needed} conversations asked why.")
        return said.format(asked=candidate.asked, needed=ASKED_WHY)
    return _("{number} conversations asked why.").format(number=candidate.asked)


def _share(share: Share) -> str:
    said = _("{value} % (likely {low} to {high} %)")
    return said.format(
        value=round(100 * share.value), low=round(100 * share.low), high=round(100 * share.high)
    )
