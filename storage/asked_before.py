"""What is asked of every story before it is shown, in one go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage import customers, priorities_shown
from storage.prepared import Prepared
from storage.rows import run_several
from stories.consent import Consent

Agreed = Mapping[int, tuple[Consent, ...]]
"""What customers agreed to, by their numbers, oldest first."""

Served = Mapping[int, tuple[str, ...]]
"""Which of the quarter's three conversations speak of, by the conversations' numbers."""


async def agreed_and_served(
    session: AsyncSession,
    workspace_id: str,
    customer_ids: Collection[int],
    interview_ids: Collection[int],
    today: date,
) -> tuple[Agreed, Served]:
    """What `storage.customers.consents` and `storage.priorities_shown.serving` tell of these."""
    if not customer_ids:
        return {}, {}
    asked = questions(workspace_id, customer_ids, interview_ids, today)
    agreed, served = await run_several(session, asked)
    return customers.consented(agreed), priorities_shown.serving(served)


def questions(
    workspace_id: str, customer_ids: Collection[int], interview_ids: Collection[int], today: date
) -> list[tuple[Mapping[str, Prepared], dict[str, Any]]]:
    """What is asked for that, to be asked together with something else."""
    own = {"workspace": workspace_id}
    return [
        (customers.CONSENTS, {**own, "customers": list(customer_ids)}),
        (priorities_shown.SERVED, {**own, "today": today, "interviews": list(interview_ids)}),
    ]
