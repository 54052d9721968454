"""When a channel's rules bring what they ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.colleagues import Colleague
from bot.desk import Desk
from bot.tuning import country_set, defaults
from storage import channels, nps_settings, routes
from stories.calendars import weekend_of
from stories.channels import ChannelSettings
from stories.routing.rule import Rule, rule_of
from stories.schedule import next_due
from stories.values import dataclass

_GONE = frozenset({"user_not_found", "users_not_found", "user_not_visible"})
A_MOMENT = timedelta(minutes=2)
"""How long before a digest at the same hour a rule is looked at: two rounds at least."""

_EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """So many things that come, in so many posts."""

    things: int
    posts: int


def coming(channel: ChannelSettings, rule: Rule, days: Iterable[date]) -> Coming:
    """What comes by this rule of things that arrive on these days: each with the next round, if it fits.

    As if nothing else took the channel's day.
    """
    rounds: Counter[datetime] = Counter()
    for day, many in Counter(days).items():
        rounds[next_round(channel, rule, datetime.combine(day, time(), UTC))] += many
    return Coming(things=sum(min(many, rule.most) for many in rounds.values()), posts=len(rounds))


def next_round(channel: ChannelSettings, rule: Rule, after: datetime) -> datetime:
    """When this rule is looked at next: at its hour, on the channel's working days or on its weekday.

    Public holidays are none. Where the channel's digest comes at the same hour the rule is looked at a moment
    before, so that what it brings rides along in that.
    """
    times = channel.times
    working = (_EVERY_DAY - weekend_of(times.country)) | times.days
    days = working if rule.weekday is None else frozenset({rule.weekday})
    before = A_MOMENT if channel.next_at is not None and rule.at == times.at else timedelta()
    return next_due(replace(times, days=days, at=rule.at), after + before) - before


async def settings_of(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str
) -> ChannelSettings | None:
    """The channel's settings; of one that hears no digests those with which one would begin.

    Then it is addressed at the hour of its first rule, where whoever asked lives. None for a channel without
    settings and rules. Raises what Slack's client raises when it does not answer.
    """
    async with desk.read() as session:
        known = await channels.get(session, workspace_id, channel_id)
        asked = await routes.of_channel(session, workspace_id, channel_id)
        zone = (await nps_settings.get(session, workspace_id)).time_zone
    if known is not None or not asked:
        return known
    first = asked[0]
    begun = await untuned(desk, client, workspace_id, channel_id, first.asked_by, zone)
    at = min(rule_of(one.rule).at for one in asked)
    return replace(begun, times=replace(begun.times, at=at))


async def untuned(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str, user_id: str, zone: str
) -> ChannelSettings:
    """As a digest would begin there for this person; in that time zone where they have left."""
    try:
        asker = await desk.colleagues.get(client, workspace_id, user_id)
    except SlackApiError as error:
        if error.response.get("error") not in _GONE:
            raise
        return as_for_nobody(desk, channel_id, zone)
    return defaults(channel_id, asker, country=country_set(desk))


def as_for_nobody(desk: Desk, channel_id: str, zone: str = "UTC") -> ChannelSettings:
    """As a digest would begin there for somebody of whom nothing but the time zone is known."""
    nobody = Colleague(user_id="", name="", time_zone=zone, locale="", admin=False, guest=False)
    return defaults(channel_id, nobody, country=country_set(desk))
