"""What somebody leads and is near, as their Home shows it: told by facts, not by a role they must be given.

They lead what they own: accounts, projects, one of the top three; colleagues who let them see that they take
part; and the part of the business in which they called themself a lead, or the leadership of all. They are
near what the channels they are in hear of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.permissions import Role
from bot.terms import rules
from storage import accounts, centre_figures, channel_rolls, nps_settings, parts, people, rota
from storage.channel_rolls import Near
from stories.accounts import Account
from stories.priorities.priority import Segment
from stories.rota.people import Seniority
from stories.talk_parts import FEWEST_COLLEAGUES, TAKING_PART_DAYS, Counted, counted
from stories.values import dataclass

MOST_CHANNELS, MOST_PROJECTS, MOST_ACCOUNTS = 20, 3, 3

A_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingPart:
    """Colleagues who let somebody see that they take part: how many, and the talks they wrote up."""

    colleagues: int
    talks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is around one person.

    `near` are the channels that they are in and the projects, their own first; `accounts` those they look
    after; `taking_part` what colleagues let them see. `talks` are the last seven days' conversations by part
    of the business, for whoever leads: one part (`part`), or all (`part` is "").
    """

    near: Near = field(default_factory=Near)
    accounts: tuple[Account, ...] = ()
    taking_part: TakingPart | None = None
    talks: Counted | None = None
    part: str = ""

    def owned(self, user_id: str) -> tuple[Segment, ...]:
        """The kinds of customers of what they own, each once."""
        projects = (one.segment for one in self.near.projects if one.owner_id == user_id)
        named = (*projects, *(one.segment for one in self.accounts))
        return tuple(dict.fromkeys((("", segment),) for segment in named if segment))

    @property
    def heard(self) -> tuple[Segment, ...]:
        """The kinds of customers that their channels hear of, and those that projects there are for."""
        projects = ((("", one.segment),) for one in self.near.projects if one.segment)
        return tuple(dict.fromkeys((*self.near.cells, *projects)))


async def around(session: AsyncSession, workspace_id: str, user_id: str, today: date) -> Around:
    """What is around this person, in a dozen indexed looks."""
    near = await channel_rolls.near(session, workspace_id, user_id, most=MOST_CHANNELS)
    own = await accounts.of_owner(session, workspace_id, user_id, most=MOST_ACCOUNTS)
    counting = (await rules(session, workspace_id)).participation
    talks, part = await _talks(session, workspace_id, user_id, today) if counting else (None, "")
    return Around(
        near=Near(cells=near.cells, projects=near.projects[:MOST_PROJECTS]),
        accounts=own,
        taking_part=await _taking_part(session, workspace_id, user_id, today) if counting else None,
        talks=talks,
        part=part,
    )


async def _taking_part(
    session: AsyncSession, workspace_id: str, user_id: str, today: date
) -> TakingPart | None:
    if Role.MANAGER not in await people.roles(session, workspace_id, user_id):
        return None
    found = await parts.of_manager(session, workspace_id, user_id, today - timedelta(days=TAKING_PART_DAYS))
    return TakingPart(colleagues=len(found), talks=sum(found.values())) if found else None


async def _talks(
    session: AsyncSession, workspace_id: str, user_id: str, today: date
) -> tuple[Counted | None, str]:
    """The last seven days by part, as on the centre; for whoever leads none nothing."""
    known = await rota.member(session, workspace_id, user_id)
    if known is None or known.seniority is Seniority.HANDS_ON:
        return None, ""
    fewest = (await nps_settings.get(session, workspace_id)).smallest_group
    found = await centre_figures.talks_by_part(session, workspace_id, today - A_WEEK, today)
    told = counted(found, max(FEWEST_COLLEAGUES, fewest))
    return told, known.part if known.seniority is Seniority.LEAD else ""


def measured(segments: Sequence[Segment], values: dict[str, tuple[str, ...]]) -> tuple[Segment, ...]:
    """These kinds of customers as answers to NPS name them, each once; those that none names are left out.

    A kind of customers of conversations is the first property's value that is written alike.
    """
    alike: dict[str, Segment] = {}
    for name, known in values.items():
        for value in known:
            alike.setdefault(value.casefold(), ((name, value),))
    found = (one if all(name for name, _v in one) else alike.get(one[0][1].casefold()) for one in segments)
    return tuple(dict.fromkeys(one for one in found if one))
