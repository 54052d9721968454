"""Retently: GET /api/v2/feedback, the oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.nps.sources.tools import Cursor, Field, Get, Page, entries, moment, onward, texts
from storage.nps_answers import Answer
from stories.language import _
from stories.nps.counts import whole_score

_PAGE = 1000
_OVERLAP = timedelta(days=2)
"""How far back a pull begins: people write their comment a while after they chose a score."""
_LEFT_OUT = ("id", "customerId", "email", "firstName", "lastName", "score", "comment", "createdDate")


class Retently:
    """NPS feedback of all campaigns of an account, or of one."""

    kind = "retently"
    title = "Retently"
    key_name = "API key"
    pace = 0.5

    @property
    def fields(self) -> tuple[Field, ...]:
        """The campaign, where not all of them are meant."""
        return (
            Field(name="campaign", what=_("a campaign’s id; without it all campaigns count"), required=False),
            Field(name="host", what=_("where it runs"), required=False, default="https://app.retently.com"),
        )

    def host(self, settings: Mapping[str, str]) -> str:
        """Retently's own."""
        return settings["host"].rstrip("/")

    def headers(self, key: str) -> dict[str, str]:
        """The key, in Retently's own words."""
        return {"authorization": f"api_key={key}"}

    async def page(self, get: Get, settings: Mapping[str, str], cursor: Cursor, now: datetime) -> Page:
        """Feedback since the cursor."""
        since, number = str(cursor.get("since", "")), int(cursor.get("page", 1))
        params: dict[str, str | int] = {"page": number, "limit": _PAGE, "sort": "createdDate"}
        params |= {"startDate": since} if since else {}
        told = await get("/api/v2/feedback", params)
        found = entries(told.get("data") if isinstance(told, dict) else None, "responses")
        kept = [answer for answer in (_answer(one, settings) for one in found) if answer is not None]
        return Page(
            answers=kept,
            cursor=onward(found, "createdDate", cursor, size=_PAGE, overlap=_OVERLAP, now=now),
            more=len(found) >= _PAGE,
            left_out=len(found) - len(kept),
        )


def _answer(found: Mapping[str, Any], settings: Mapping[str, str]) -> Answer | None:
    other_campaign = settings["campaign"] and str(found.get("campaignId")) != settings["campaign"]
    if found.get("metricsType", "nps") != "nps" or found.get("isBogus") or other_campaign:
        return None
    score = whole_score(found.get("score"))
    if score is None:
        return None
    comment = found.get("comment")
    plain = {name: value for name, value in texts(found).items() if name not in _LEFT_OUT}
    return Answer(
        key=str(found.get("id")),
        score=score,
        at=moment(found.get("createdDate")),
        comment=comment.strip() if isinstance(comment, str) else "",
        properties=plain | _own_properties(found.get("customProps")),
        person_key=str(found.get("email") or found.get("customerId") or ""),
    )


def _own_properties(found: object) -> dict[str, str]:
    """What the account keeps about its customers: a list of labels and values."""
    listed = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return texts({one.get("label"): one.get("value") for one in listed if one.get("label")})


retently = Retently()
