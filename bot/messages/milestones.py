"""Milestones in words: the reasons that one serves, what came after it, and the window that marks one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot import ids
from bot.avatars.sayings import Saying
from bot.messages import blocks, nps_words
from bot.messages.avatar import as_avatar, not_a_person, voiced
from bot.messages.blocks import Block, escaped
from bot.messages.manners import worded
from bot.messages.reading import in_its_direction
from stories.avatars.manners import Moment
from stories.avatars.milestones import USUAL_WEEKS, Kind
from stories.avatars.project import FoundingReason, Manner, Project
from stories.language import _, ngettext
from stories.nps.change import Change, Verdict
from stories.nps.counts import Counts
from stories.nps.periods import Period

CHOICES = ("4,12", "4", "12", "26", "")
"""The weeks that whoever marks a milestone can choose from."""


def comment(
    project: Project,
    kind: Kind,
    said: Mapping[int, Saying],
    *,
    milestone_id: int,
    weeks: Sequence[int],
    can_look_back: bool,
    marked_by: str,
) -> dict[str, Any]:
    """The reasons that a milestone serves, a quote for each that has one in `said` (by reason)."""
    lead = _lead(project, kind)
    body = [
        blocks.section(lead),
        *(block for reason in project.reasons for block in _reason(reason, said.get(reason.id))),
        blocks.actions(
            blocks.button(_("Why we do this"), ids.WHY_SHOW, str(project.id)),
            blocks.button(_("That’s no milestone"), ids.MILESTONE_TAKE_BACK, str(milestone_id)),
        ),
        blocks.context(
            _("{person} marked this. {later}").format(
                person=f"<@{marked_by}>", later=_later(project, weeks, can_look_back)
            )
        ),
        blocks.context(not_a_person(project)),
    ]
    reasons = " ".join(reason.words for reason in project.reasons)
    return as_avatar(project, f"{lead.replace('*', '')} {escaped(reasons)}", body)


def looked_back(
    project: Project,
    kind: Kind,
    *,
    milestone_id: int,
    weeks: int,
    more: bool,
    marked_on: str,
    sides: tuple[tuple[Period, Counts], tuple[Period, Counts]] | None,
    change: Change | None,
) -> dict[str, Any]:
    """What happened to the NPS of those the project is for since a milestone; `sides` before and after."""
    when = ngettext("{n} week after the {what} of {day}", "{n} weeks after the {what} of {day}", weeks)
    head = when.format(n=weeks, what=name(kind), day=marked_on)
    who = escaped(project.segment) if project.segment else _("all customers")
    if sides is None or change is None:
        found = [_("*NPS of {who}*: too few answers to say what happened to it.").format(who=who)]
    else:
        found = [_side(_("before"), *sides[0]), _side(_("after"), *sides[1])]
        found = [_("*NPS of {who}*").format(who=who), *found, verdict(change)]
    stop = blocks.button(_("Don’t look back at this again"), ids.MILESTONE_STOP, str(milestone_id))
    why = blocks.button(_("Why we do this"), ids.WHY_SHOW, str(project.id))
    body = [
        blocks.section(f"*{head}*"),
        blocks.section("\n".join(found)),
        blocks.context(
            _("Much else happened in these weeks: numbers say what changed, and not what changed it.")
        ),
        blocks.actions(why, *([stop] if more else [])),
        blocks.context(_because(more)),
    ]
    return as_avatar(project, f"{head}. {' '.join(found).replace('*', '')}", body)


def verdict(change: Change) -> str:
    """Whether it moved, with the range in which the truth lies; that it cannot be said is an answer."""
    said = {
        Verdict.UP: _("*Up {points} points: more than noise.*"),
        Verdict.DOWN: _("*Down {points} points: more than noise.*"),
        Verdict.NOISE: _("*{signed} points: no more than noise.*"),
        Verdict.TOO_FEW: _("*Too few answers to say whether it moved.*"),
    }[change.verdict]
    told = said.format(points=abs(round(change.difference)), signed=nps_words.points(change.difference))
    return told if change.verdict is Verdict.TOO_FEW else f"{told} {nps_words.between(change)}"


def mark_view(channel_id: str, message_ts: str, thread_ts: str) -> Block:
    """What the message is, and when to look back at it."""
    kinds = {one: blocks.option(_named(one), one.value) for one in (Kind.PLAN, Kind.LAUNCH, Kind.DECISION)}
    what = {
        "type": "radio_buttons",
        "action_id": "kind",
        "options": list(kinds.values()),
        "initial_option": kinds[Kind.LAUNCH],
    }
    weeks = [blocks.option(_weeks_option(one), one or "none") for one in CHOICES]
    when = {
        "type": "static_select",
        "action_id": "weeks",
        "options": weeks,
        "initial_option": weeks[CHOICES.index(",".join(map(str, USUAL_WEEKS)))],
    }
    hint = _("Then the avatar says in this thread what happened to the NPS of those you do it for.")
    about = {"channel": channel_id, "ts": message_ts, "thread": thread_ts}
    return blocks.modal(
        _("Mark a milestone"),
        [
            blocks.input_block("kind", _("What is this?"), what),
            blocks.input_block("weeks", _("When shall we look back?"), when, hint=hint),
            blocks.context(_("The message is never stored: only that it is a milestone, and since when.")),
        ],
        callback_id=ids.MILESTONE_VIEW,
        submit=_("Mark it"),
        close=_("Cancel"),
        private_metadata=json.dumps(about),
    )


def name(kind: Kind) -> str:
    """A milestone in the middle of a sentence."""
    return {
        Kind.MILESTONE: _("milestone"),
        Kind.PLAN: _("plan"),
        Kind.LAUNCH: _("launch"),
        Kind.DECISION: _("decision"),
    }[kind]


def _named(kind: Kind) -> str:
    return {
        Kind.MILESTONE: _("A milestone"),
        Kind.PLAN: _("A plan"),
        Kind.LAUNCH: _("A launch"),
        Kind.DECISION: _("A decision"),
    }[kind]


def _weeks_option(chosen: str) -> str:
    return {
        "4,12": _("After 4 weeks and after 12"),
        "4": _("After 4 weeks"),
        "12": _("After 12 weeks"),
        "26": _("After half a year"),
        "": _("Never"),
    }[chosen]


def _lead(project: Project, kind: Kind) -> str:
    ours = {
        Manner.PLAIN: _("{what} of {project}. These are the reasons it serves:"),
        Manner.WARM: _("{what} of {project}: well done so far! This is whom and what it is for:"),
        Manner.CHEEKY: _("{what} of {project}! And before the cake: it is for this, isn’t it?"),
    }
    said = worded(project, Moment.MILESTONE, ours)
    return said.format(what=f"*{_named(kind)}*", project=escaped(project.name))


def _reason(reason: FoundingReason, saying: Saying | None) -> list[Block]:
    words = blocks.section(f"*{escaped(in_its_direction(reason.words))}*")
    return [words, *(voiced(saying) if saying else ())]


def _later(project: Project, weeks: Sequence[int], can_look_back: bool) -> str:
    who = escaped(project.segment) if project.segment else _("all customers")
    if not can_look_back:
        return _("I can’t say later what happened to the NPS of {who}: no answers here tell it.").format(
            who=who
        )
    if not weeks:
        return ""
    after = _(" and ").join(str(one) for one in weeks)
    said = ngettext(
        "In {weeks} week I say here what happened to the NPS of {who}.",
        "In {weeks} weeks I say here what happened to the NPS of {who}.",
        weeks[-1],
    )
    return said.format(weeks=after, who=who)


def _side(label: str, period: Period, counts: Counts) -> str:
    return _("{label}: {score} ({answers}, {span})").format(
        label=label,
        score=nps_words.scored(counts),
        answers=nps_words.answers(counts),
        span=nps_words.span(period),
    )


def _because(more: bool) -> str:
    if more:
        return _("This came because somebody here marked a milestone; the button above ends it.")
    return _("This came because somebody here marked a milestone, and was the last of it.")
