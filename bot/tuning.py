"""A channel's settings as somebody chooses them: the defaults, what the views hold, and keeping them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids
from bot.audience import audience, refuse_unheard
from bot.colleagues import Colleague
from bot.desk import Desk
from bot.digest import DIGEST
from bot.halting import note
from bot.messages import speech
from bot.messages.channel_settings import OFF
from bot.messages.story_parts import TOLD_AS
from bot.permissions import Act, Actor, Thing, may
from storage import channels, posted
from stories.calendars import check_country, zone_named
from stories.channels import ChannelSettings, ChannelState, Kind
from stories.digest import DigestSettings
from stories.errors import UserError
from stories.language import _
from stories.places import country_of
from stories.schedule import DigestTimes, next_due, slot_of
from stories.speaking import either
from stories.story_templates import WHOLE

NINE = time(9)
WORKING_DAYS = frozenset(range(5))
MOST_NAMED = 5
"""Managers who are named to somebody who may not change the settings."""


async def refuse_place(client: AsyncWebClient, channel_id: str, *, command: str) -> None:
    """Raise UserError, saying what to do, where a channel cannot have a digest."""
    there = None if channel_id.startswith("D") else await audience(client, channel_id)
    if there is None or there.direct:
        raise UserError(
            _("This is for channels. Type {command} in the channel that should hear stories.").format(
                command=command
            )
        )
    refuse_unheard(there)


async def refuse_visitors(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> None:
    """Raise UserError for a guest, before they are told how to let the bot into a channel."""
    if (await desk.colleagues.get(client, workspace_id, user_id)).guest:
        raise UserError(_("Only the company’s own people can change what a channel hears."))


async def refuse_others(
    desk: Desk, client: AsyncWebClient, workspace_id: str, actor: Actor, channel: ChannelSettings | None
) -> None:
    """Raise UserError for somebody who may not change a channel's settings, naming who may.

    Those are its managers (whoever set it up, and whom they named) and whoever opened the channel in Slack,
    who is asked for only when it matters.
    """
    managers = channel.managers if channel else ()
    if may(actor, Act.TUNE_CHANNEL, Thing(managers=managers)):
        return
    if actor.guest or channel is None:
        raise UserError(_("Only the company’s own people can change what a channel hears."))
    creator = (await audience(client, channel.channel_id)).creator
    managers = tuple(dict.fromkeys((*managers, creator))) if creator else managers
    if may(actor, Act.TUNE_CHANNEL, Thing(managers=managers)):
        return
    names = await _names(desk, client, workspace_id, managers)
    people = either(names) if names else _("a workspace admin")
    raise UserError(
        _("What this channel hears is up to {people}. You can snooze it under any digest.").format(
            people=people
        )
    )


async def _names(desk: Desk, client: AsyncWebClient, workspace_id: str, user_ids: Sequence[str]) -> list[str]:
    """What the first of these people are called; those who have left are not named."""
    found: list[str] = []
    for user_id in user_ids[:MOST_NAMED]:
        try:
            found.append((await desk.colleagues.get(client, workspace_id, user_id)).name)
        except SlackApiError as error:
            if error.response.get("error") != "user_not_found":
                raise
    return found


def defaults(channel_id: str, colleague: Colleague, *, country: str | None) -> ChannelSettings:
    """Settings to begin with: working days at nine where this person lives, three stories, the top three."""
    zone = colleague.time_zone
    try:
        zone_named(zone)
    except UserError:
        zone = "UTC"
    quiet = country or country_of(zone)
    return ChannelSettings(
        channel_id=channel_id,
        set_up_by=colleague.user_id,
        times=DigestTimes(days=WORKING_DAYS, at=NINE, time_zone=zone, country=quiet),
        digest=DigestSettings(how_many=3),
        managers=(colleague.user_id,),
        kinds=(Kind.STORIES, Kind.TOP_THREE),
    )


def country_set(desk: Desk) -> str | None:
    """The country that this copy is set to, when its holidays are known."""
    code = desk.settings.firsthand_country
    try:
        return code and check_country(code)
    except UserError:
        return None


def read_times(values: Mapping[str, Any]) -> DigestTimes:
    """When, as the first view holds it. Raises UserError beside the field that is wrong."""
    if not values["at"]:
        raise UserError(_("Please choose a time of day."), field="at")
    if not values[ids.CHANNEL_ZONE]:
        raise UserError(_("Please choose a time zone."), field=ids.CHANNEL_ZONE)
    times = DigestTimes(
        days=frozenset(int(day) for day in values["days"]),
        at=time.fromisoformat(values["at"]),
        time_zone=values[ids.CHANNEL_ZONE],
        country=values[ids.CHANNEL_COUNTRY],
    )
    # Says so now, beside the days, when every one of them is a holiday there.
    next_due(times, datetime.fromisoformat("2026-01-01T00:00:00+00:00"))
    return times


def read_wanted(values: Mapping[str, Any], before: DigestSettings) -> DigestSettings:
    """What, as the second view holds it; topics stay as they were where the view did not ask."""
    segments, themes = values.get(ids.CHANNEL_SEGMENTS), values.get(ids.CHANNEL_THEMES)
    languages = values.get(ids.CHANNEL_LANGUAGES)
    return DigestSettings(
        how_many=int(values["how_many"]),
        segments=before.segments if segments is None else frozenset(segments),
        themes=before.themes if themes is None else frozenset(themes),
        retell=bool(values["retell"]),
        languages=before.languages if languages is None else frozenset(languages),
    )


def read_kinds(values: Mapping[str, Any], before: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """What beside stories, as the second view holds it; as it was where the view did not ask."""
    if "also" not in values:
        return before
    return (Kind.STORIES, *(Kind(value) for value in values["also"] or ()))


def read_language(values: Mapping[str, Any], before: str) -> str:
    """The language a channel is spoken to in, "" for the workspace's; as it was where nobody was asked."""
    return speech.chosen(values[speech.SPOKEN]) if speech.SPOKEN in values else before


def read_template(values: Mapping[str, Any], before: str) -> str:
    """How stories are told, "" for whole; as it was where the view did not ask."""
    if TOLD_AS not in values:
        return before
    chosen = values[TOLD_AS]
    return "" if chosen == WHOLE.key else str(chosen)


async def keep(
    session: AsyncSession,
    workspace_id: str,
    channel: ChannelSettings,
    state: str,
    *,
    by: str,
    now: datetime,
) -> ChannelSettings | None:
    """Keep settings as somebody chose them; None when they chose to have them forgotten."""
    if state == OFF:
        await channels.forget(session, workspace_id, channel.channel_id)
        await note(session, workspace_id, "forget_channel", channel.channel_id, by=by, now=now)
        return None
    if state == ChannelState.PAUSED.value:
        kept = channel.quiet(ChannelState.PAUSED)
    else:
        kept = await _at_a_free_day(session, workspace_id, channel.started(now))
    await channels.save(session, workspace_id, kept, now=now)
    await note(session, workspace_id, "tune_channel", channel.channel_id, by=by, now=now, **_in_the_log(kept))
    return kept


def _in_the_log(kept: ChannelSettings) -> dict[str, Any]:
    """What the audit log says of a channel's settings."""
    return {
        "state": kept.state.value,
        "days": sorted(kept.times.days),
        "at": kept.times.at.isoformat("minutes"),
        "time_zone": kept.times.time_zone,
        "country": kept.times.country,
        "how_many": kept.digest.how_many,
        "segments": sorted(kept.digest.segments),
        "themes": sorted(kept.digest.themes),
        "languages": sorted(kept.digest.languages),
        "language": kept.language,
        "template": kept.template,
        "retell": kept.digest.retell,
        "managers": list(kept.managers),
    }


async def _at_a_free_day(
    session: AsyncSession, workspace_id: str, channel: ChannelSettings
) -> ChannelSettings:
    """The same, due on a day that had no digest yet: a later time must not promise a second one today."""
    due = channel.next_at
    while due and await posted.decided(
        session, workspace_id, channel.channel_id, DIGEST, slot_of(channel.times, due)
    ):
        due = next_due(channel.times, due)
    return replace(channel, next_at=due)
