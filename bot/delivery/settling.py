"""Posts in doubt: whether they stand is read from Slack's history by their metadata."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.connections import TOKEN_DEAD
from bot.delivery.calling import EVENT_TYPE, MAYBE_DONE, UNANSWERED, retry_after
from bot.delivery.office import Office
from bot.log_ids import about
from bot.trackers.tracker import PutOff
from storage import looking, rests, sending
from storage.deliveries import POST
from storage.sending import Claimed, Outcome
from stories.trackers import tracker_in

log = logging.getLogger(__name__)

CLOCKS_DIFFER = timedelta(minutes=10)
"""How far Slack's clock and ours may lie apart."""

MOST_PAGES = 10
PAGE = 200

MOST_AT_A_TIME = 100
"""Posts in doubt that are looked up in one go; those of one conversation share the reading."""

HISTORY = "conversations.history"
"""What rests when Slack limits the reading."""

_ASK_LATER = MAYBE_DONE | TOKEN_DEAD
"""Answers that say nothing about the history."""


Group = Sequence[tuple[str, Claimed]]
"""Deliveries of one conversation, each with the worker whose it was."""


class Settler:
    """Finds out about a workspace's posts whose worker never told how they ended."""

    def __init__(self, office: Office, workspace_id: str) -> None:
        self._office, self._workspace_id = office, workspace_id

    async def settle(self) -> int:
        """Look up what is past lease and grace; returns how many were settled. Raises NotConnected."""
        grace = self._office.patience.grace
        async with self._office.glance() as session:
            if not await looking.anything_in_question(session, self._workspace_id, grace):
                return 0
        async with self._office.read() as session:
            resting = await rests.resting(session, self._workspace_id)
            found = await looking.in_question(session, self._workspace_id, most=MOST_AT_A_TIME, grace=grace)
        groups = _by_conversation(found)
        beyond = [one for one in groups if tracker_in(one[0][1].channel_id) is not None]
        settled = await self._settle_beyond([one for one in beyond if one[0][1].channel_id not in resting])
        if len(groups) > len(beyond) and HISTORY not in resting:
            settled += await self._settle_in_slack([one for one in groups if one not in beyond])
        return settled

    async def _settle_beyond(self, groups: Sequence[Group]) -> int:
        """What went to trackers: each is asked by itself, and left alone by itself."""
        settled, left_alone = 0, set[str]()
        for together in groups:
            place = together[0][1].channel_id
            if place in left_alone:
                continue
            try:
                outcomes = await self._office.beyond.settle([delivery for _owner, delivery in together])
            except PutOff as asked:
                left_alone.add(place)
                async with self._office.begin() as session:
                    await rests.rest(session, self._workspace_id, place, asked.wait)
                continue
            settled += await self._record(together, outcomes)
        return settled

    async def _settle_in_slack(self, groups: Sequence[Group]) -> int:
        client = await self._office.client(self._workspace_id)
        settled = 0
        for together in groups:
            try:
                outcomes = await settle(client, [delivery for _owner, delivery in together])
            except SlackApiError as error:
                await self._remember(retry_after(error))
                break
            except UNANSWERED:
                break
            settled += await self._record(together, outcomes)
        return settled

    async def _remember(self, wait: float | None) -> None:
        """Slack limits how often histories are read; somebody who asks later is no worse off."""
        if wait is not None:
            async with self._office.begin() as session:
                await rests.rest(session, self._workspace_id, HISTORY, timedelta(seconds=wait))

    async def _record(self, together: Group, outcomes: dict[int, Outcome]) -> int:
        settled = 0
        async with self._office.begin() as session:
            for owner, delivery in together:
                outcome = outcomes[delivery.id]
                if await sending.record(session, owner, delivery, outcome):
                    settled += 1
                    with about(delivery=delivery.id):
                        log.info("delivery %s was in doubt and is now %s", delivery.id, outcome.state)
                    if outcome.state == "in_doubt":
                        await self._office.refused(session, delivery, outcome)
        return settled


async def settle(
    client: AsyncWebClient, deliveries: Sequence[Claimed], *, most_pages: int = MOST_PAGES
) -> dict[int, Outcome]:
    """What became of posts of one conversation that nobody answered for.

    Updates and deletions change nothing when they are made twice: they are simply made again. A post whose
    history cannot be read is left in doubt for a person to decide, and never posted again by itself. Raises
    SlackApiError, or one of UNANSWERED, when Slack cannot be asked just now.
    """
    again = Outcome(state="pending", error="in doubt: made again")
    settled = {one.id: again for one in deliveries if one.method != POST}
    posts = [one for one in deliveries if one.method == POST]
    if not posts:
        return settled
    try:
        place = await _place(client, posts[0])
        found, whole = await _find(client, posts, place, most_pages)
    except SlackApiError as error:
        return settled | dict.fromkeys((one.id for one in posts), _unread(error))
    missing = Outcome(state="pending", error="in doubt: not in the history")
    if not whole:
        missing = Outcome(state="in_doubt", error=f"not in the last {most_pages * PAGE} messages")
    for one in posts:
        ts = found.get(one.id)
        settled[one.id] = Outcome(state="sent", slack_ts=ts, posted_in=place) if ts else missing
    return settled


def _by_conversation(found: Group) -> list[list[tuple[str, Claimed]]]:
    groups: dict[tuple[str, str | None], list[tuple[str, Claimed]]] = {}
    for owner, delivery in found:
        groups.setdefault((delivery.channel_id, delivery.thread_ts), []).append((owner, delivery))
    return list(groups.values())


def _unread(error: SlackApiError) -> Outcome:
    """A history that nobody lets us read; raises again what says nothing about it."""
    status, reason = error.response.status_code, str(error.response.get("error", "no reason"))
    if retry_after(error) is not None or status >= 500 or reason in _ASK_LATER:
        raise error
    return Outcome(state="in_doubt", error=f"history unreadable: {reason}")


async def _place(client: AsyncWebClient, delivery: Claimed) -> str:
    if not delivery.channel_id.startswith(("U", "W")):
        return delivery.channel_id
    opened = await client.conversations_open(users=delivery.channel_id)
    return str(opened["channel"]["id"])


async def _find(
    client: AsyncWebClient, posts: Sequence[Claimed], place: str, most_pages: int
) -> tuple[dict[int, str], bool]:
    """The timestamps of those that stand, and whether enough was read to rule the others out."""
    wanted = {one.id for one in posts}
    found: dict[int, str] = {}
    oldest: datetime = min(one.sending_at for one in posts) - CLOCKS_DIFFER
    asked: dict[str, Any] = {
        "channel": place,
        "oldest": f"{oldest.timestamp():.6f}",
        "include_all_metadata": True,
        "limit": PAGE,
    }
    for _page in range(most_pages):
        if posts[0].thread_ts:
            answer = await client.conversations_replies(ts=posts[0].thread_ts, **asked)
        else:
            answer = await client.conversations_history(**asked)
        found |= _own(answer["messages"], wanted)
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor or len(found) == len(wanted):
            return found, True
        asked["cursor"] = cursor
    return found, False


def _own(messages: Sequence[dict[str, Any]], wanted: Collection[int]) -> dict[int, str]:
    found = {}
    for message in messages:
        metadata = message.get("metadata") or {}
        number = (metadata.get("event_payload") or {}).get("id")
        if metadata.get("event_type") == EVENT_TYPE and isinstance(number, int) and number in wanted:
            found[number] = str(message["ts"])
    return found
