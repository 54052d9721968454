"""The parts of App Home that follow what somebody leads and follows: the top three, NPS, fresh voices."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot import ids
from bot.home_values import Home
from bot.messages import blocks
from bot.messages import nps_words as nps
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.home_sparkline import sparkline
from bot.messages.priorities import words_of
from bot.messages.reading import in_its_direction
from bot.messages.story import capital, said, who_line
from bot.priorities.measured import MONTHS, Trend
from storage.homes_own import HomeCustomer
from stories.language import _, ngettext
from stories.nps.change import Change, Verdict
from stories.nps.counts import score
from stories.priorities.priority import Segment, State

LONGEST_VOICE = 240
MOST_OPTIONS, LONGEST_VALUE = 100, 150
"""What one of Slack's menus holds, and the characters of a choice's value."""


def customers(home: Home) -> Sequence[Block]:
    """Customers whom this person talked with, and the promises to them."""
    if not home.customers:
        return []
    told = "\n".join(_customer(one) for one in home.customers)
    return [blocks.header(_("Your customers")), blocks.section(told)]


def top_three(home: Home) -> Sequence[Block]:
    """What the company nails this quarter, one's own first, and where each stands."""
    if not home.standing:
        return []
    mine = [one for one in home.standing if one.priority.owner_id == home.user_id]
    others = [one for one in home.standing if one.priority.owner_id != home.user_id]
    body: list[Block] = [blocks.section(words_of(one, short=one in others)) for one in (*mine, *others)]
    row = [blocks.button(_("Look at them"), ids.PRIORITIES_OPEN)]
    open_ones = [one for one in mine if one.priority.state is State.STANDING]
    if open_ones:
        row.append(blocks.button(_("Say what changed"), ids.PRIORITY_TELL, str(open_ones[0].priority.id)))
    return [blocks.header(_("The top three")), *body, blocks.actions(*row, block_id="top_three")]


def nps_lines(home: Home) -> Sequence[Block]:
    """NPS of what somebody leads, follows or is near, with a line of its months; else that of everybody."""
    if not home.trends:
        return []
    body = [blocks.section(_trend(one)) for one in home.trends]
    hint = [] if home.follows and not home.by_channels else [blocks.context(_why_these(home))]
    follow = blocks.button(_("Choose whom to follow"), ids.HOME_FOLLOW)
    heading = blocks.header(_("NPS of the customers you follow") if home.follows else _("NPS"))
    return [heading, *body, *hint, blocks.actions(follow, block_id="follow")]


def voices(home: Home) -> Sequence[Block]:
    """The two newest voices of customers whom somebody follows."""
    if not home.voices:
        return []
    rows: list[Block] = [blocks.header(_("Fresh voices from them"))]
    for telling in home.voices:
        rows.append(said(telling.quotes[0], LONGEST_VOICE))
        read = _("{who} · in “{title}”").format(
            who=who_line(telling), title=escaped(in_its_direction(telling.title))
        )
        button = blocks.button(_("Read it"), ids.STORY_READ, str(telling.story_id))
        rows.append(blocks.section(read, accessory=button))
    return rows


def follow_view(known: Sequence[Segment], chosen: Sequence[Segment]) -> Block:
    """Which kinds of customers somebody wants to follow on their Home."""
    kept = {_value(one) for one in chosen}
    options = [blocks.option(_label(one), _value(one)) for one in known if len(_value(one)) <= LONGEST_VALUE]
    if not options:
        none = _("No kinds of customers are known here yet: they come with answers to NPS, and with stories.")
        return blocks.modal(
            _("Whom do you follow?"),
            [blocks.section(none)],
            callback_id=ids.HOME_FOLLOW_VIEW,
            close=_("Close"),
        )
    initial = [option for option in options if option["value"] in kept]
    element: Block = {
        "type": "multi_static_select",
        "action_id": "follows",
        "options": options[:MOST_OPTIONS],
        "placeholder": blocks.plain(_("Choose kinds of customers"), 150),
    }
    element |= {"initial_options": initial} if initial else {}
    field = blocks.input_block(
        "follows",
        _("Which customers?"),
        element,
        optional=True,
        hint=_("Your Home then shows their NPS and their newest voices. Leave it empty for everybody."),
    )
    return blocks.modal(
        _("Whom do you follow?"),
        [field],
        callback_id=ids.HOME_FOLLOW_VIEW,
        submit=_("Keep it"),
        close=_("Cancel"),
    )


def _why_these(home: Home) -> str:
    if home.by_channels:
        return _("Your channels hear of them. Choose for yourself, and only what you chose stands here.")
    return _("This is everybody. Follow the customers you work for.")


def _value(segment: Segment) -> str:
    return json.dumps(segment[0], ensure_ascii=False)


def _label(segment: Segment) -> str:
    name, value = segment[0]
    return f"{name}: {value}" if name else value


def _customer(one: HomeCustomer) -> str:
    name = escaped(in_its_direction(one.name))
    who = f"*{name}*, {escaped(in_its_direction(one.company))}" if one.company else f"*{name}*"
    talked = _("you talked on {day}").format(day=day(one.talked_on))
    if not one.promises:
        return f"{who} · {talked}"
    promised = ngettext("one promise open", "{number} promises open", one.promises)
    return f"{who} · {talked} · *{promised.format(number=one.promises)}*"


def _trend(one: Trend) -> str:
    group = capital(escaped(nps.group(one.segment)))
    if one.latest is None:
        return _("*{group}*: too few answers in the last months to show a score.").format(group=group)
    head = _("*{group}*: {score} in the last three months ({answers})").format(
        group=group, score=nps.scored(one.latest), answers=nps.answers(one.latest)
    )
    return "\n".join([head, f"{sparkline(one.months)}  {_ends(one)}", _moved(one.change)])


def _ends(one: Trend) -> str:
    """What the line of blocks shows, in words."""
    known = [counts for counts in one.months if counts is not None]
    scores = [nps.points(score(counts) or 0.0) for counts in known]
    if len(scores) < 2:
        return _("one month with enough answers")
    said = _("month by month over {number} months: {scores}")
    return said.format(number=MONTHS, scores=", ".join(scores))


def _moved(change: Change | None) -> str:
    if change is None:
        return _("Too few answers in the three months before to compare.")
    before = nps.scored(change.before)
    told = {
        Verdict.UP: _("Up from {before} in the three months before: more than noise."),
        Verdict.DOWN: _("Down from {before} in the three months before: more than noise."),
        Verdict.NOISE: _("{before} in the three months before: no more than noise between them."),
        Verdict.TOO_FEW: _("{before} in the three months before: too few answers to say whether it moved."),
    }
    return told[change.verdict].format(before=before)
