"""The sample company's year of answers, taken in the way a file of them would be."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from demo.company import SampleCompany
from storage import nps_answers, nps_settings, nps_sources
from storage.database import Database
from storage.nps_answers import Answer
from storage.nps_settings import NpsSettings

SOURCE = "Yearly survey"
"""What the source of the sample's answers is called."""

_ASKED_FROM, _MINUTES_A_DAY = time(8), 600


async def tell_answers(
    database: Database, company: SampleCompany, workspace_id: str, *, morning: datetime
) -> None:
    """Take every answer in, in one transaction; their comments may be shown, since nobody wrote them."""
    zone = next(office.time_zone for office in company.about.offices if office.main)
    today = morning.astimezone(ZoneInfo(zone)).date()
    answers = [
        Answer(
            key=told.answer_id,
            score=told.score,
            at=datetime.combine(today - timedelta(days=told.days_ago), _ASKED_FROM, ZoneInfo(zone))
            + timedelta(minutes=number * 7 % _MINUTES_A_DAY),
            comment=told.comment,
            properties={"segment": told.segment, "plan": told.plan, "region": told.region},
        )
        for number, told in enumerate(company.nps)
    ]
    async with database.begin() as session:
        await nps_settings.change(session, workspace_id, NpsSettings(time_zone=zone))
        source_id = await nps_sources.create(
            session, workspace_id, kind=nps_sources.FILE, name=SOURCE, now=morning
        )
        await nps_sources.share_verbatims(session, workspace_id, source_id, shared=True)
        await nps_answers.take_in(session, workspace_id, source_id, answers)
