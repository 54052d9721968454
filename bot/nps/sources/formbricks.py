"""Formbricks: GET {host}/api/v2/management/responses, ordered by when they were last changed.

Pages go by moments rather than by numbers: what changes while pages are read moves to the end, and with it
everything behind it moves up, where counting would pass over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.nps.sources.tools import Cursor, Field, Get, Page, entries, moment, not_ahead, texts
from storage.nps_answers import Answer
from stories.language import _
from stories.nps.counts import whole_score

_PAGE = 250
_OVERLAP = timedelta(minutes=10)
"""How far back a pull begins: clocks differ, and what is being written shows up late."""


class Formbricks:
    """Finished responses of one survey, in the cloud or on a host of one's own."""

    kind = "formbricks"
    title = "Formbricks"
    key_name = "API key"
    pace = 0.2

    @property
    def fields(self) -> tuple[Field, ...]:
        """The survey and its questions."""
        return (
            Field(name="survey", what=_("the survey’s id")),
            Field(name="score", what=_("the id of the question with the score")),
            Field(name="comment", what=_("the id of the question with the comment"), required=False),
            Field(name="host", what=_("where it runs"), required=False, default="https://app.formbricks.com"),
        )

    def host(self, settings: Mapping[str, str]) -> str:
        """The cloud's, or one's own."""
        return settings["host"].rstrip("/")

    def headers(self, key: str) -> dict[str, str]:
        """Formbricks' own header."""
        return {"x-api-key": key}

    async def page(self, get: Get, settings: Mapping[str, str], cursor: Cursor, now: datetime) -> Page:
        """Responses changed since the cursor, the longest unchanged first."""
        since, skip = str(cursor.get("since", "")), int(cursor.get("skip", 0))
        params: dict[str, str | int] = {
            "surveyId": settings["survey"],
            "limit": _PAGE,
            "skip": skip,
            "sortBy": "updatedAt",
            "order": "asc",
            "filterDateField": "updatedAt",
        }
        if since:
            params["startDate"] = since
        found = entries(await get("/api/v2/management/responses", params), "data")
        answers = [_answer(one, settings) for one in found if one.get("finished")]
        kept = [answer for answer in answers if answer is not None]
        return Page(
            answers=kept,
            cursor=_next(found, since, skip, now),
            more=len(found) >= _PAGE,
            left_out=len(found) - len(kept),
        )


def _next(found: list[dict[str, Any]], since: str, skip: int, now: datetime) -> Cursor:
    """Go on at the last one's moment; past those of that very moment when a whole page has it."""
    if not found:
        return {"since": not_ahead(since, now, _OVERLAP)}
    last = moment(found[-1].get("updatedAt"))
    if len(found) < _PAGE:
        return {"since": not_ahead((last - _OVERLAP).isoformat(), now, _OVERLAP)}
    if since and moment(since) == last:
        return {"since": since, "skip": skip + len(found)}
    return {"since": last.isoformat()}


def _answer(found: Mapping[str, Any], settings: Mapping[str, str]) -> Answer | None:
    data = found.get("data")
    told = data if isinstance(data, dict) else {}
    score = whole_score(told.get(settings["score"]))
    if score is None:
        return None
    attributes = texts(found.get("contactAttributes"))
    person = attributes.pop("email", "") or attributes.pop("userId", "") or str(found.get("contactId") or "")
    comment = told.get(settings["comment"]) if settings["comment"] else None
    return Answer(
        key=str(found.get("id")),
        score=score,
        at=moment(found.get("createdAt")),
        comment=comment.strip() if isinstance(comment, str) else "",
        properties=attributes,
        person_key=person,
    )


formbricks = Formbricks()
