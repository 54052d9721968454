"""Events in a playground or on a database alone: one with a customer who agreed to be named."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text

from bot.stage import planning
from storage import customers, events
from storage.database import Database
from stories.consent import Consent, Purpose
from stories.stage.events import Event, Kind
from stories.stage.times import When
from tests.bot.stories.conftest import House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["House", "house"]

WHEN = When(wall=datetime(2026, 11, 20, 15), zone="Europe/London", minutes=60)  # noqa: DTZ001 a wall clock's


async def agrees(
    database: Database, customer_id: int, *purposes: Purpose, granted: bool = True, at: datetime = NOW
) -> None:
    """Record what a customer says."""
    async with database.begin() as session:
        for purpose in purposes or (Purpose.ON_STAGE,):
            said = Consent(
                customer_id=customer_id,
                interview_id=None,
                purpose=purpose,
                granted=granted,
                recorded_by="UHOST",
                recorded_at=at,
                valid_from=at,
            )
            await customers.record_consent(session, WORKSPACE, said)


async def customer(database: Database, name: str = "Nia Prothero", company: str = "Cardiff Clinics") -> int:
    """A customer whom we know."""
    async with database.begin() as session:
        return await customers.create(
            session,
            WORKSPACE,
            name=name,
            alias="a nurse",
            company=company,
            segment="clinics",
            created_by="UHOST",
            now=NOW,
        )


async def planned(database: Database, customer_id: int | None, **changes: Any) -> Event:
    """An event on Friday, announced in one channel."""
    new: dict[str, Any] = {
        "id": 0,
        "host_id": "UHOST",
        "kind": Kind.TALK if customer_id else Kind.LISTENING,
        "title": "An hour with Nia",
        "customer_id": customer_id,
        "when": WHEN,
        "channels": ("C0PILOT",),
    }
    async with database.begin() as session:
        return await planning.plan(session, WORKSPACE, Event(**(new | changes)), now=NOW)


async def again(database: Database, event_id: int) -> Event:
    """An event as it is now."""
    async with database.read() as session:
        found = await events.get(session, WORKSPACE, event_id)
    assert found is not None
    return found


async def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    async with database.read() as session:
        return [tuple(row) for row in await session.execute(text(sql))]
