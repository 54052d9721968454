"""What candidates for the top three are worth in business figures, how sure that is, or why no one knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.messages import blocks
from bot.messages import nps_words as nps
from bot.messages.blocks import Block, escaped
from bot.messages.nps_worth import sentence
from bot.messages.reading import in_its_direction
from bot.nps.worth import Worth
from bot.priorities.stakes import Brought, Stake, Stakes
from stories import speaking
from stories.language import _
from stories.nps.periods import Calendar, Unit, whole
from stories.nps.worth import Association, Finding
from stories.priorities.evidence import Candidate
from stories.priorities.stakes import Estimated

MOST_TOLD = 5
"""Candidates under an answer about worth."""


def learned(stakes: Stakes) -> list[str]:
    """What was learnt of each figure, and what cannot be said for want of it."""
    if not stakes.learned:
        return [
            _(
                "What these are worth is not known: nobody has brought in a business figure by month "
                "(`firsthand nps figures import FILE`)."
            )
        ]
    return [_learned(one) for one in stakes.learned]


def stake(stakes: Stakes, candidate: Candidate) -> list[str]:
    """What one candidate costs in points, and what goes with these."""
    points = stakes.points.get(candidate.theme_id)
    found = stakes.of.get(candidate.theme_id, ())
    brought = [_brought(one.figure, one.brought) for one in found if one.brought is not None]
    if not stakes.learned or points is None:
        return brought
    lines = [_points(points)]
    if points.low > 0:
        lines += [_amount(one, one.amount) for one in found if one.amount is not None]
    return [*lines, *brought]


def candidates_worth(stakes: Stakes, candidates: Sequence[Candidate]) -> list[Block]:
    """The same under an answer about one figure, for those of whom most customers speak."""
    if not candidates:
        return []
    lines = []
    for one in candidates[:MOST_TOLD]:
        told = stake(stakes, one) or [_("too few who speak of it gave a score to say what it costs.")]
        lines.append(f"• *{escaped(in_its_direction(one.name))}*: {' '.join(told)}")
    heading = _("*What that makes of the candidates for the top three*")
    return [
        blocks.section(heading),
        *(blocks.section(line) for line in lines),
        blocks.context(_("Points: by how much NPS of those who said anything would be higher without it.")),
    ]


def accounts_worth(worth: Mapping[str, Decimal]) -> str:
    """What accounts of the reader's own behind a candidate are worth, by currency."""
    if not worth:
        return _("What it is worth is not known: no account that you look after is among them.")
    told = ", ".join(f"{speaking.number(amount)} {escaped(currency)}" for currency, amount in worth.items())
    return _("Accounts of yours among them are worth {amounts} a year; only you see this.").format(
        amounts=told
    )


def _learned(one: Worth) -> str:
    found = escaped(sentence(one))
    if isinstance(one.found, Association) and one.found.finding is Finding.TOGETHER:
        hint = _("This rests on so little that delay and strength are only hints.")
        return f"{found} {hint}" if one.found.is_exploratory else found
    said = _("{found} So what a theme is worth in {figure}, nobody can say yet.")
    return said.format(found=found, figure=escaped(one.figure))


def _points(points: Estimated) -> str:
    low, high = speaking.signed(points.low, 1), speaking.signed(points.high, 1)
    if points.low > 0:
        said = _("It costs about {points} points of NPS ({low} to {high}).")
        return said.format(points=speaking.number(points.value, 1), low=low, high=high)
    if points.high < 0:
        return _("Whoever speaks of it is happier than the others, so it costs no points.")
    return _("Whether it costs points of NPS, nobody can tell yet ({low} to {high}).").format(
        low=low, high=high
    )


def _amount(one: Stake, amount: Estimated) -> str:
    figure = escaped(one.figure)
    low, high = sorted((abs(amount.low), abs(amount.high)))
    if not amount.told_from_none:
        said = _("What goes with these in {figure}, nobody can tell from nothing ({low} to {high} a month).")
        return said.format(figure=figure, low=speaking.signed(amount.low), high=speaking.signed(amount.high))
    said = (
        _("As many go together with about {amount} more {figure} a month ({low} to {high}).")
        if amount.value > 0
        else _("As many go together with about {amount} less {figure} a month ({low} to {high}).")
    )
    told = {
        "amount": speaking.number(abs(amount.value)),
        "low": speaking.number(low),
        "high": speaking.number(high),
    }
    return said.format(figure=figure, **told)


def _brought(figure: str, one: Brought) -> str:
    said = _("{segment}: {amount} of {figure} in {month}.")
    return said.format(
        segment=escaped(in_its_direction(one.segment)),
        amount=speaking.number(one.amount),
        figure=escaped(figure),
        month=nps.bucket(whole(Unit.MONTH, one.month, Calendar())),
    )
