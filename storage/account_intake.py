"""Accounts as a list says them: new ones kept, known ones changed where the list says something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add_many
from storage.tables_accounts import AccountRow
from stories.accounts import Worth, folded_name, key_of
from stories.values import dataclass

_TOGETHER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An account as a list has it; what the list leaves empty stays as it was known.

    `owner` is a Slack id or an e-mail address.
    """

    name: str
    owner: str = ""
    worth: Worth | None = None
    renewal_on: date | None = None
    segment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a list's accounts."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Taken) -> Taken:
        """Both lists' together."""
        return Taken(
            new=self.new + other.new, changed=self.changed + other.changed, same=self.same + other.same
        )


async def take_in(
    session: AsyncSession, workspace_id: str, accounts: Sequence[Listed], *, now: datetime
) -> Taken:
    """Keep these; of two with the same name the later one counts. Nothing is forgotten that is not listed."""
    listed = {key_of(one.name): one for one in accounts}
    total = Taken()
    keys = sorted(listed)
    for start in range(0, len(keys), _TOGETHER):
        some = {key: listed[key] for key in keys[start : start + _TOGETHER]}
        total += await _take_some(session, workspace_id, some, now)
    return total


async def _take_some(
    session: AsyncSession, workspace_id: str, listed: dict[str, Listed], now: datetime
) -> Taken:
    own = (AccountRow.workspace_id == workspace_id) & AccountRow.key.in_(listed)
    standing = {row.key: row for row in (await session.execute(select(AccountRow).where(own))).scalars()}
    new = [_columns(workspace_id, key, one, now) for key, one in listed.items() if key not in standing]
    await add_many(session, AccountRow, new)
    changed = 0
    for key, row in standing.items():
        news = _news(row, listed[key])
        if news:
            # That an address is looked up once more is no news of the account.
            changed += bool(news.keys() - {"owner_said", "asked_at"})
            await session.execute(
                update(AccountRow)
                .where(AccountRow.workspace_id == workspace_id, AccountRow.id == row.id)
                .values(**news, changed_at=now)
            )
    return Taken(new=len(new), changed=changed, same=len(standing) - changed)


def _columns(workspace_id: str, key: str, one: Listed, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "name": one.name,
        "key": key,
        "folded": folded_name(one.name),
        "worth": str(one.worth) if one.worth else None,
        "renewal_on": one.renewal_on,
        "segment": one.segment,
        "created_at": now,
        "changed_at": now,
        **_owner(one.owner),
    }


def _owner(said: str) -> dict[str, Any]:
    """A Slack id is the owner; an address is looked up."""
    if "@" in said:
        return {"owner_id": None, "owner_said": said, "asked_at": None}
    return {"owner_id": said or None, "owner_said": "", "asked_at": None}


def _news(row: AccountRow, one: Listed) -> dict[str, Any]:
    """What a list says of a known account that was not known so."""
    told: dict[str, Any] = {"name": one.name, "segment": one.segment, "renewal_on": one.renewal_on}
    told["worth"] = str(one.worth) if one.worth else None
    news = {name: said for name, said in told.items() if said and said != getattr(row, name)}
    if one.owner and "@" not in one.owner and one.owner != row.owner_id:
        news |= _owner(one.owner)
    # An address goes once it is known whose it is, so that each list has it looked up anew.
    if "@" in one.owner and (one.owner != row.owner_said or row.asked_at is not None):
        news |= {"owner_said": one.owner, "asked_at": None}
    # Whoever looks after it from now on has not heard of its renewal.
    return news | {"noted_for": None} if news.keys() & {"owner_id", "renewal_on"} else news
