"""How posting stands, for those who look after it, and a plain sentence for everybody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.messages.aloud import read_out
from bot.messages.beyond import trouble_line
from bot.messages.blocks import Block, context, divider, escaped, section
from bot.messages.channel_words import moment_said
from bot.messages.dates import day
from bot.messages.delivery_kinds import kind_said
from bot.messages.delivery_trouble_words import place_said, reason_said, state_said
from storage.trackers import Tracking
from stories.channels import ChannelSettings
from stories.language import _, ngettext
from stories.values import dataclass

MOST_TOLD = 5
"""Posts in trouble that are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubled:
    """A post that is in doubt or failed."""

    id: int
    channel_id: str
    kind: str
    method: str
    state: str
    error: str | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How posting stands in a workspace. Numbers are of posts; times are aware.

    `oldest` is since when the first of those that wait does, `refused` what Slack said to it.
    `paused_until`: Slack wants nothing before then. `resting`: channels that Slack wants left alone.
    `overdue`: since when a digest is due that nobody has looked at. `beyond`: trackers to mend.
    """

    since: datetime | None
    waiting: int
    in_doubt: int
    failed: int
    unasked: int
    oldest: datetime | None
    refused: str | None
    paused_until: datetime | None
    resting: int
    overdue: datetime | None
    next_digests: tuple[ChannelSettings, ...]
    troubled: tuple[Troubled, ...]
    beyond: tuple[Tracking, ...] = ()


def whole(standing: Standing, *, channel: str, now: datetime) -> dict[str, Any]:
    """Everything, for editors and admins. `channel` is what is said of the channel they ask in."""
    lines = [_connected(standing), _outbox(standing, now), _pace(standing), _clock(standing, now)]
    heading = _("*How posting stands in this workspace*")
    blocks: list[Block] = [section(channel), divider(), section("\n".join([heading, *filter(None, lines)]))]
    if standing.next_digests:
        blocks.append(section("\n".join([_("*Next digests*"), *_digests(standing.next_digests)])))
    if standing.troubled:
        blocks.append(section("\n".join([_("*In trouble*"), *map(_trouble, standing.troubled)])))
        blocks.append(context(_trouble_help(standing)))
    if standing.beyond:
        blocks.append(section("\n".join([_("*To be mended*"), *map(trouble_line, standing.beyond)])))
    text = "\n".join([channel, heading, *filter(None, lines)])
    return read_out(text, blocks)


def plainly(standing: Standing, *, channel: str, now: datetime) -> dict[str, Any]:
    """The same for everybody else: whether things go out as they should, in one sentence."""
    said = _sentence(standing, now)
    return read_out(f"{channel}\n{said}", [section(channel), context(said)])


def ago(since: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that fits: "4 minutes", "2 hours", "3 days"."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < 3_600:
        minutes = max(1, seconds // 60)
        return ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
    if seconds < 172_800:
        hours = seconds // 3_600
        return ngettext("{number} hour", "{number} hours", hours).format(number=hours)
    days = seconds // 86_400
    return ngettext("{number} day", "{number} days", days).format(number=days)


def clock(moment: datetime) -> str:
    """A time of day that Slack shows in each reader's own zone."""
    fallback = moment.strftime("%H:%M UTC")
    return f"<!date^{int(moment.timestamp())}^{{time}}|{fallback}>"


def _connected(standing: Standing) -> str:
    if standing.since is None:
        return ""
    return _(":electric_plug: Connected since {day}; the database answers.").format(
        day=day(standing.since.date())
    )


def _outbox(standing: Standing, now: datetime) -> str:
    if not (standing.waiting or standing.in_doubt or standing.failed):
        said = _(":outbox_tray: Everything that was planned has gone out.")
    else:
        said = _(":outbox_tray: {waiting}, {doubt} in doubt, {failed} failed.").format(
            waiting=_waiting(standing, now), doubt=standing.in_doubt, failed=standing.failed
        )
        if standing.refused:
            said += " " + escaped(reason_said(standing.refused))
    if standing.unasked:
        kept = ngettext(
            "{number} post that nobody asked for waits for room, so that nobody gets too many.",
            "{number} posts that nobody asked for wait for room, so that nobody gets too many.",
            standing.unasked,
        ).format(number=standing.unasked)
        said += "\n" + _(":hourglass: {kept}").format(kept=kept)
    return said


def _waiting(standing: Standing, now: datetime) -> str:
    number = ngettext("{number} post waits", "{number} posts wait", standing.waiting).format(
        number=standing.waiting
    )
    if standing.oldest is None:
        return number
    return _("{posts} (the oldest for {time})").format(posts=number, time=ago(standing.oldest, now))


def _pace(standing: Standing) -> str:
    if standing.paused_until is not None:
        return _(":double_vertical_bar: Slack wants nothing posted before {time}; it goes on then.").format(
            time=clock(standing.paused_until)
        )
    if standing.resting:
        return ngettext(
            ":double_vertical_bar: Slack wants {number} channel left alone for a moment.",
            ":double_vertical_bar: Slack wants {number} channels left alone for a moment.",
            standing.resting,
        ).format(number=standing.resting)
    return ""


def _clock(standing: Standing, now: datetime) -> str:
    if standing.overdue is None:
        return _(":alarm_clock: The schedule is on time.")
    return _(
        ":warning: A digest has been due for {time} and nobody has looked at it. Does the worker run "
        "(firsthand run), and can it reach Slack?"
    ).format(time=ago(standing.overdue, now))


def _digests(channels: Sequence[ChannelSettings]) -> list[str]:
    return [
        _("• {place}: {when}").format(
            place=place_said(channel.channel_id), when=moment_said(channel.times, channel.next_at)
        )
        for channel in channels
        if channel.next_at is not None
    ]


def _trouble(one: Troubled) -> str:
    return _("• `{number}` {kind} for {place}, {day}, {state}: {reason}").format(
        number=one.id,
        kind=kind_said(one.kind, one.method),
        place=place_said(one.channel_id),
        day=day(one.since.date()),
        state=state_said(one.state),
        reason=escaped(reason_said(one.error)),
    )


def _trouble_help(standing: Standing) -> str:
    more = standing.in_doubt + standing.failed - len(standing.troubled)
    said = _("On the server, `firsthand deliveries` lists them; retry and give-up decide about each.")
    if more <= 0:
        return said
    return _("And {number} more. {help}").format(number=more, help=said)


def _sentence(standing: Standing, now: datetime) -> str:
    if standing.overdue is not None:
        return _("Digests are late just now; whoever looks after Firsthand here can see why.")
    if standing.paused_until is not None:
        return _("Slack asked me to wait until {time}; then posts go out.").format(
            time=clock(standing.paused_until)
        )
    if standing.waiting and standing.oldest is not None:
        return _("{waiting}. An editor or admin can see why, with the same command.").format(
            waiting=_waiting(standing, now)
        )
    return _("Posts go out as planned.")
