"""The avatars' rounds: whose time has come remembers one reason, or keeps quiet until the next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import attention
from bot.avatars.asking import nearest
from bot.avatars.lines import NEW
from bot.avatars.reading_form import next_reminder
from bot.avatars.restating import refresh_why
from bot.avatars.sayings import Saying, heard, of_refs, sayings
from bot.avatars.survey_words import comments_about, in_use
from bot.avatars.times import times_of
from bot.desk import Desk
from bot.log_ids import each
from bot.looping import one_by_one
from bot.own_customers import learn
from storage import avatar_lines, projects
from storage.attention import Unasked
from storage.projects import Due
from stories.avatars.evidence import Ref
from stories.avatars.project import Project
from stories.avatars.remembering import Candidate, Remembered, choose

SILENT_FOR = timedelta(days=7)
"""A channel in which nobody wrote for so long is left alone."""

REST = timedelta(hours=1)
"""How long a project waits whose channel Slack does not tell about."""

_NOT_IN_IT = frozenset({"not_in_channel", "channel_not_found"})
"""Slack's words for a channel that the bot was taken out of: nothing is remembered there until it is back."""

_SAID_BY_PEOPLE = frozenset({"", "thread_broadcast", "file_share", "me_message"})
_MOST_READ = 200
_NEW_FOR_A_REASON = 2

REMEMBER = "remember"
"""The kind of a line with which an avatar remembers a reason by itself."""


async def remember(desk: Desk) -> int:
    """Offer a line for each project whose time has come; returns how many were. To be called at each tick."""
    async with desk.read() as session:
        due = await projects.due(session, desk.now())
    offered: list[bool] = []

    async def serve(seen: Due) -> None:
        offered.append(await _serve(desk, seen))

    async def wait(seen: Due) -> None:
        await _move_on(desk, seen, desk.now() + REST)

    await one_by_one(each(due, attrgetter("workspace_id")), serve, rest=wait)
    return sum(offered)


async def _serve(desk: Desk, seen: Due) -> bool:
    client = await desk.connections.client(seen.workspace_id)
    async with desk.read() as session:
        project = await projects.get(session, seen.workspace_id, seen.project_id)
    if project is None:
        return False
    times = await times_of(desk, client, seen.workspace_id, project)
    following = next_reminder(project.rhythm, times, desk.now())
    chosen = None
    if not await _is_silent(client, project.channel_id, desk.now()):
        if await learn(desk, client, seen.workspace_id, project.channel_id):
            # Who left may be quoted there again, where the project's own message kept quiet for them.
            async with desk.database.begin() as session:
                await refresh_why(session, seen.workspace_id, project.id, now=desk.now())
        chosen = await _chosen(desk, seen.workspace_id, project)
    if chosen is None:
        await _move_on(desk, seen, following)
        return False
    return await _offer(desk, seen, project, chosen, following)


async def _offer(
    desk: Desk, seen: Due, project: Project, chosen: Remembered, following: datetime | None
) -> bool:
    now, workspace_id = desk.now(), seen.workspace_id
    async with desk.database.begin() as session:
        if not await projects.move_on(session, workspace_id, seen, following):
            return False
        refs = await in_use(session, workspace_id, [chosen.ref])
        if not refs:
            return False
        line = await avatar_lines.record(
            session,
            workspace_id,
            project.id,
            REMEMBER,
            reason_id=chosen.reason_id,
            ref=refs[0],
            delivery_id=None,
            about=NEW if chosen.new else "",
            now=now,
        )
        what = Unasked(
            place=project.channel_id, kind="avatar_line", slot_key=f"line:{line}", about={"line": line}
        )
        await attention.offer(session, workspace_id, what, now=now)
    return True


async def _move_on(desk: Desk, seen: Due, following: datetime | None) -> None:
    async with desk.database.begin() as session:
        await projects.move_on(session, seen.workspace_id, seen, following)


async def _chosen(desk: Desk, workspace_id: str, project: Project) -> Remembered | None:
    """What there is to remember: what the reasons rest on, and news that come near to one of them."""
    now, place = desk.now(), project.channel_id
    async with desk.read() as session:
        own = {ref for reason in project.reasons for ref in reason.evidence}
        tied = await of_refs(session, workspace_id, own, now, place)
        heard_here = {one.ref: one for one in await heard(session, workspace_id, tied.values(), place)}
        known = await sayings(session, workspace_id, now, place, segment=project.segment)
        last_said = await avatar_lines.last_said(session, workspace_id, project.id)
    since = project.created_at
    written = await _written(desk, workspace_id, project)
    async with desk.read() as session:
        said = await heard(session, workspace_id, dict.fromkeys((*known, *written)), place)
    news = [one for one in said if one.told_at > since and one.ref not in own]
    return choose(await _candidates(project, heard_here, news), last_said, since=since, now=now)


async def _written(desk: Desk, workspace_id: str, project: Project) -> list[Saying]:
    """Surveys' comments since the project began that are about one of its reasons."""
    since, segment = project.created_at, project.segment
    return [
        one
        for reason in project.reasons
        for one in await comments_about(desk, workspace_id, reason.words, segment=segment, since=since)
    ]


async def _candidates(
    project: Project, tied: Mapping[Ref, Saying], news: Sequence[Saying]
) -> tuple[Candidate, ...]:
    found = []
    for reason in project.reasons:
        said = [tied[ref] for ref in reason.evidence if ref in tied]
        said += await nearest(reason.words, news, most=_NEW_FOR_A_REASON)
        found += [Candidate(reason_id=reason.id, ref=one.ref, told_at=one.told_at) for one in said]
    return tuple(found)


async def _is_silent(client: AsyncWebClient, channel_id: str, now: datetime) -> bool:
    """Whether no person wrote there for a week, or the bot is not in it; where it may not read, who knows?"""
    oldest = str((now - SILENT_FOR).timestamp())
    try:
        answer = await client.conversations_history(channel=channel_id, oldest=oldest, limit=_MOST_READ)
    except SlackApiError as error:
        word = error.response.get("error")
        if word == "missing_scope":
            return False
        if word in _NOT_IN_IT:
            return True
        raise
    return not any(
        not message.get("bot_id") and message.get("subtype", "") in _SAID_BY_PEOPLE
        for message in answer["messages"]
    )
