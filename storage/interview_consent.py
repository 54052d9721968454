"""What a conversation's form says its customer agreed to, as records of consent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import customers
from stories.consent import Consent, sharing
from stories.forms import Form, further_news, level_of


async def keep_consent(
    session: AsyncSession,
    workspace_id: str,
    form: Form,
    customer_id: int,
    interview_id: int,
    *,
    by: str,
    now: datetime,
) -> None:
    """Record the sharing that was agreed to, unless the newest record of this talk says the same.

    What was taken back for all talks since then is agreed to anew.
    """
    consent = consent_of(form, customer_id, interview_id, by=by, now=now)
    recorded = (await customers.consents(session, workspace_id, [customer_id])).get(customer_id, ())
    own = [record for record in recorded if record.interview_id == interview_id]
    says = (own[-1].purpose, own[-1].words) if own else None
    holds = sharing(recorded, interview_id, now) is consent.purpose
    if says != (consent.purpose, consent.words) or not holds:
        await customers.record_consent(session, workspace_id, consent)
    for further in further_of(form, customer_id, by=by, now=now):
        await customers.record_consent(session, workspace_id, further)


def consents_of(
    form: Form, customer_id: int, interview_id: int, *, by: str, now: datetime
) -> tuple[Consent, ...]:
    """All that a new conversation's form says was agreed to: the sharing first."""
    sharing = consent_of(form, customer_id, interview_id, by=by, now=now)
    return (sharing, *further_of(form, customer_id, by=by, now=now))


def further_of(form: Form, customer_id: int, *, by: str, now: datetime) -> tuple[Consent, ...]:
    """What was agreed to or taken back beside the sharing, about everything the customer told us."""
    return tuple(
        Consent(
            customer_id=customer_id,
            interview_id=None,
            purpose=purpose,
            granted=granted,
            words=form.consent_words,
            recorded_by=by,
            recorded_at=now,
            valid_from=now,
        )
        for purpose, granted in further_news(form)
    )


def consent_of(form: Form, customer_id: int, interview_id: int, *, by: str, now: datetime) -> Consent:
    """The sharing that a form says was agreed to."""
    return Consent(
        customer_id=customer_id,
        interview_id=interview_id,
        purpose=level_of(form),
        words=form.consent_words,
        recorded_by=by,
        recorded_at=now,
        valid_from=now,
    )
