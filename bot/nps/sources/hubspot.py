"""HubSpot: GET /crm/objects/2026-03/feedback_submissions, in the order in which they were made.

The list knows no "since": a pull goes on with the last page of the one before, whose end has filled up since.
Once a week all of it is read again, for what was changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.nps.sources.tools import Cursor, Field, Get, Page, entries, moment, texts
from storage.nps_answers import Answer
from stories.language import _
from stories.nps.counts import whole_score

_PAGE = 100
_ALL_AGAIN = timedelta(days=7)
_OWN = ("hs_value", "hs_content", "hs_survey_type", "hs_submission_timestamp", "hs_contact_id")


class HubSpot:
    """NPS submissions of all of an account's surveys."""

    kind = "hubspot"
    title = "HubSpot"
    key_name = "private app token (scope crm.objects.feedback_submissions.read)"
    pace = 0.15

    @property
    def fields(self) -> tuple[Field, ...]:
        """Properties of submissions to keep as segments."""
        return (
            Field(
                name="properties",
                what=_("further properties to keep, with commas, such as hs_survey_channel"),
                required=False,
                default="hs_survey_channel,hs_survey_name",
            ),
            Field(
                name="host",
                what=_("where its API is"),
                required=False,
                default="https://api.hubapi.com",
            ),
        )

    def host(self, settings: Mapping[str, str]) -> str:
        """HubSpot's own."""
        return settings["host"].rstrip("/")

    def headers(self, key: str) -> dict[str, str]:
        """A bearer token."""
        return {"authorization": f"Bearer {key}"}

    async def page(self, get: Get, settings: Mapping[str, str], cursor: Cursor, now: datetime) -> Page:
        """The page after the cursor; from the beginning once a week."""
        began = moment(cursor["all_since"]) if "all_since" in cursor else now
        after = str(cursor.get("after", ""))
        if now - began > _ALL_AGAIN and not cursor.get("within"):
            began, after = now, ""
        more = [name.strip() for name in settings["properties"].split(",") if name.strip()]
        params: dict[str, str | int] = {"limit": _PAGE, "properties": ",".join((*_OWN, *more))}
        params |= {"after": after} if after else {}
        answer = await get("/crm/objects/2026-03/feedback_submissions", params)
        found = entries(answer, "results")
        onward = _onward(answer)
        kept = [one for one in (_answer(each, more) for each in found) if one is not None]
        # Without a further page the next pull reads this one again.
        cursor_next: Cursor = {
            "after": onward or after,
            "all_since": began.isoformat(),
            "within": bool(onward),
        }
        return Page(answers=kept, cursor=cursor_next, more=bool(onward), left_out=len(found) - len(kept))


def _onward(answer: Any) -> str:
    paging = answer.get("paging") if isinstance(answer, dict) else None
    following = paging.get("next") if isinstance(paging, dict) else None
    return str(following.get("after") or "") if isinstance(following, dict) else ""


def _answer(found: Mapping[str, Any], more: list[str]) -> Answer | None:
    told = texts(found.get("properties"))
    value = told.get("hs_value", "")
    score = whole_score(float(value)) if value.replace(".", "", 1).isdecimal() else None
    if score is None or told.get("hs_survey_type", "").upper() != "NPS":
        return None
    return Answer(
        key=str(found.get("id")),
        score=score,
        at=moment(told.get("hs_submission_timestamp")),
        comment=told.get("hs_content", ""),
        properties={name: told[name] for name in more if name in told},
        person_key=told.get("hs_contact_id", ""),
    )


hubspot = HubSpot()
