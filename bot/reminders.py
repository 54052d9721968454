"""One private message for all that somebody promised for a day, in their own morning; and once more."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import notices
from bot.attention_rounds import tell_soon
from bot.batches import together
from bot.desk import Desk
from bot.follow_through import REMINDER, reminder_slots
from bot.looping import Stumbled, named, one_by_one, went_well
from bot.preferences import Private, wants
from storage import follow_ups, people, reminders
from storage.follow_ups import FollowUp
from storage.reminders import DueReminder, Untimed

log = logging.getLogger(__name__)

MORNING = time(9)
"""When the day's promises are remembered, where their owner is."""
WORKING_DAY = timedelta(hours=9)
"""A reminder that is later than this is left out: it would come in the evening, or on another day."""
AGAIN_AFTER = timedelta(days=3)
"""When what is still open is remembered once more; after that, nobody is asked again."""
_A_DAY = timedelta(days=1)
_SATURDAY = 5


async def remind(desk: Desk, workspace_id: str) -> int:
    """Plan the reminders whose moment has come; tells how many. To be called at every tick.

    Each follow-up is looked at three times for its day: when its owner's morning is reckoned, in it, and some
    days later.
    """
    well = await went_well(named(_reckon), partial(_reckon, desk, workspace_id))
    now = desk.now()
    async with desk.read() as session:
        due = await reminders.due(session, workspace_id, now)
        waiting = {one.id: one for one in await follow_ups.some(session, workspace_id, [d.id for d in due])}
    told: list[int] = []

    async def offer(one: DueReminder) -> None:
        async with desk.database.begin() as session:
            owner = await _offer(session, workspace_id, one, waiting.get(one.id), now)
        if owner:
            owners[owner] = None

    async def tell(owner: str) -> None:
        told.append(await tell_soon(desk, workspace_id, owner))

    owners: dict[str, None] = {}
    well &= await went_well(named(offer), partial(one_by_one, due, offer))
    # All that somebody promised for a day stands in one message: it is told once all of it is offered.
    await one_by_one(owners, tell)
    if not well:
        raise Stumbled
    return sum(told)


def morning_of(day: date, time_zone: str) -> datetime:
    """That day's morning in that time zone, in UTC; in UTC itself for a zone that nobody knows."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)


async def _reckon(desk: Desk, workspace_id: str) -> None:
    """Set the moment for what is due about today: somewhere it is tomorrow already, or still yesterday."""
    today = desk.now().date()
    async with desk.read() as session:
        near = await reminders.untimed(session, workspace_id, today - _A_DAY, today + _A_DAY)
    if not near:
        return
    client = await desk.connections.client(workspace_id)
    zones = [(one, await _zone(desk, client, workspace_id, one)) for one in near]
    timed = [(one, morning_of(one.due_on, zone)) for one, zone in zones if zone is not None]

    async def keep(session: AsyncSession, some: Sequence[tuple[Untimed, datetime]]) -> None:
        for one, moment in some:
            await reminders.set_time(session, workspace_id, one.id, moment)

    await together(desk.database, timed, keep)


async def _zone(desk: Desk, client: AsyncWebClient, workspace_id: str, one: Untimed) -> str | None:
    """The owner's time zone; UTC for somebody Slack does not know any more; None to ask again later."""
    try:
        return (await desk.colleagues.get(client, workspace_id, one.owner_id)).time_zone
    except SlackApiError as error:
        return "UTC" if error.response.get("error") == "user_not_found" else None
    except (SlackClientError, OSError, TimeoutError) as trouble:
        log.warning("a reminder waits, because Slack does not answer: %s", trouble)
        return None


async def _look_again(session: AsyncSession, workspace_id: str, due: DueReminder, now: datetime) -> None:
    """On the first morning, set the last one: some days later, and not at a weekend."""
    if due.before:
        await reminders.is_over(session, workspace_id, due.id, now=now)
        return
    then = due.remind_at + AGAIN_AFTER
    while then.weekday() >= _SATURDAY:
        then += _A_DAY
    await reminders.once_more(session, workspace_id, due.id, then)


async def _offer(
    session: AsyncSession, workspace_id: str, due: DueReminder, task: FollowUp | None, now: datetime
) -> str | None:
    """Offer one reminder to its owner, whose id it returns; None when it is too late or not wanted."""
    await _look_again(session, workspace_id, due, now)
    slots = reminder_slots(task) if task else ()
    if task is None or not slots or now - due.remind_at > WORKING_DAY:
        return None
    slot = slots[min(due.before, 1)]
    if due.taken_on_at > due.remind_at:
        # Said after this morning, for today: nobody needs telling what they have just said.
        return None
    if not wants(await people.settings(session, workspace_id, task.owner_id), Private.REMINDERS):
        return None
    await notices.offer(
        session,
        workspace_id,
        task.owner_id,
        REMINDER,
        slot,
        about={task.story_id},
        now=now,
        fresh_until=due.remind_at + WORKING_DAY,
    )
    return task.owner_id
