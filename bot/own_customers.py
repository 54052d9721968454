"""A customer who works here too never meets their own story, nor their own words in an avatar's mouth.

Wherever a customer's words go, `meets` is asked who must not find theirs there. It answers from what Slack
said last of a channel's members; `learn` asks Slack, and is to be called before a transaction begins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from storage import customer_absences, customer_colleagues, stories
from stories.errors import UserError
from stories.language import _
from stories.story import Story, Telling

_CHANNELS, _PEOPLE = ("C", "G"), ("U", "W")
"""How Slack's ids of channels and of people begin."""


async def meets(session: AsyncSession, workspace_id: str, *places: str) -> frozenset[int]:
    """The customers who would meet their own words in one of these places, so that they stay out of it.

    A place is a channel's id or a person's. In a channel of which Slack has not said that they are not
    in it, and anywhere else (a tracker, of whose readers nobody knows), that is everybody who works here.
    """
    known = await customer_colleagues.every(session, workspace_id)
    if not known:
        return frozenset()
    found: set[int] = set()
    for place in places:
        if place.startswith(_CHANNELS):
            found |= await customer_absences.readers(session, workspace_id, place)
        elif place.startswith(_PEOPLE):
            found |= {customer for customer, user in known.items() if user == place}
        else:
            found |= known.keys()
    return frozenset(found)


async def learn(desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str) -> bool:
    """Ask Slack who is in this channel, where anybody's being in it matters; tells whether that was news.

    Once in five minutes is enough while it agrees with what is known. Where Slack does not tell, what it
    said last holds.
    """
    async with desk.read() as session:
        known = await customer_colleagues.every(session, workspace_id)
        readers = await customer_absences.readers(session, workspace_id, channel_id) if known else frozenset()
    if not known:
        return False
    members = desk.colleagues.members
    there = members.known(workspace_id, channel_id)
    if there is not None and _of(known, there) == readers:
        return False
    there = await members.ask(client, workspace_id, channel_id)
    if there is None or _of(known, there) == readers:
        return False
    absent = known.keys() - _of(known, there)
    async with desk.database.begin() as session:
        # Who was named meanwhile has not been asked about.
        still = (await customer_colleagues.every(session, workspace_id)).items() & known.items()
        away = absent & {customer for customer, _user in still}
        await customer_absences.note(session, workspace_id, channel_id, away, now=desk.now())
    return True


async def left_out(desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str) -> frozenset[int]:
    """The customers who are in this channel themselves; to be asked before a transaction begins."""
    await learn(desk, client, workspace_id, channel_id)
    async with desk.read() as session:
        return await meets(session, workspace_id, channel_id)


async def left_out_of(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_ids: Sequence[str]
) -> dict[str, frozenset[int]]:
    """The same for several channels; no entry where nobody is."""
    async with desk.read() as session:
        known = await customer_colleagues.every(session, workspace_id)
    if not known:
        return {}
    return {one: await left_out(desk, client, workspace_id, one) for one in channel_ids}


async def refuse_where_they_are(
    desk: Desk, client: AsyncWebClient, workspace_id: str, story_id: int, channel_id: str
) -> None:
    """Raise UserError where the customer of this story reads that channel."""
    absent = await left_out(desk, client, workspace_id, channel_id)
    if not absent:
        return
    async with desk.read() as session:
        story = await stories.get(session, workspace_id, story_id)
    if story is not None and story.interview.customer.id in absent:
        raise UserError(
            _(
                "The customer of this story works here and is in that channel, or I cannot tell. Nobody is "
                "to meet their own story unawares, so please choose another one."
            )
        )


async def not_about(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    tellings: Sequence[Telling],
) -> tuple[Telling, ...]:
    """Those of these stories that are not about this person, or that they wrote up themself."""
    themselves = await customer_colleagues.customers_who_are(session, workspace_id, user_id)
    if not themselves:
        return tuple(tellings)
    loaded = await stories.some(session, workspace_id, [one.story_id for one in tellings])
    return not_about_any(user_id, tellings, loaded, themselves)


def not_about_any(
    user_id: str, tellings: Sequence[Telling], loaded: Iterable[Story], themselves: Collection[int]
) -> tuple[Telling, ...]:
    """The same, where the stories and the customers who are this person are known."""
    theirs = {one.id for one in loaded if one.interview.customer.id in themselves}
    return tuple(one for one in tellings if one.story_id not in theirs or one.author_id == user_id)


def _of(known: Mapping[int, str], there: frozenset[str]) -> frozenset[int]:
    return frozenset(customer for customer, user in known.items() if user in there)
