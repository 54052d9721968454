"""SurveyMonkey: GET /v3/surveys/{id}/responses/bulk, ordered by when they were last changed.

A score comes as the id of a choice; which number that is, only the survey's own details say. They are read at
the beginning of each pull: an editor of the survey may have changed the question since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.nps.sources.tools import Cursor, Field, Get, Page, Unexpected, entries, moment, onward, texts
from storage.nps_answers import Answer
from stories.language import _

_PAGE = 100
_OVERLAP = timedelta(minutes=10)
_SCORES = 11


class SurveyMonkey:
    """Completed responses of one survey."""

    kind = "surveymonkey"
    title = "SurveyMonkey"
    key_name = "access token (scopes: View Surveys, View Responses, View Response Details)"
    pace = 0.5

    @property
    def fields(self) -> tuple[Field, ...]:
        """The survey, and its questions where it has several that could be meant."""
        return (
            Field(name="survey", what=_("the survey’s id")),
            Field(name="score", what=_("the id of the question with the score"), required=False),
            Field(name="comment", what=_("the id of the question with the comment"), required=False),
            Field(
                name="host",
                what=_("https://api.eu.surveymonkey.com for accounts in the EU"),
                required=False,
                default="https://api.surveymonkey.com",
            ),
        )

    def host(self, settings: Mapping[str, str]) -> str:
        """The one of the account's region."""
        return settings["host"].rstrip("/")

    def headers(self, key: str) -> dict[str, str]:
        """A bearer token."""
        return {"authorization": f"Bearer {key}"}

    async def page(self, get: Get, settings: Mapping[str, str], cursor: Cursor, now: datetime) -> Page:
        """Responses changed since the cursor, the longest unchanged first."""
        scores = cursor.get("scores")
        if not scores:
            details = await get(f"/v3/surveys/{settings['survey']}/details", {})
            scores = _scores(details, settings["score"])
        params: dict[str, str | int] = {
            "per_page": _PAGE,
            "page": int(cursor.get("page", 1)),
            "sort_by": "date_modified",
            "sort_order": "ASC",
            "status": "completed",
        }
        if since := str(cursor.get("since", "")):
            params["start_modified_at"] = f"{moment(since):%Y-%m-%dT%H:%M:%S}"
        told = await get(f"/v3/surveys/{settings['survey']}/responses/bulk", params)
        found = entries(told, "data")
        kept = [answer for answer in (_answer(one, settings, scores) for one in found) if answer is not None]
        more = len(found) >= _PAGE
        onwards = onward(found, "date_modified", cursor, size=_PAGE, overlap=_OVERLAP, now=now)
        return Page(
            answers=kept,
            cursor=onwards | ({"scores": scores} if more else {}),
            more=more,
            left_out=len(found) - len(kept),
        )


def _scores(details: Any, wanted: str) -> dict[str, int]:
    """Which choice is which score. Raises Unexpected where no question has eleven."""
    for question in _questions(details):
        if wanted and str(question.get("id")) != wanted:
            continue
        told = question.get("answers")
        choices = told.get("choices") if isinstance(told, dict) else None
        if isinstance(choices, list) and len(choices) == _SCORES:
            ordered = sorted(choices, key=lambda one: int(one.get("position") or 0))
            return {str(choice.get("id")): score for score, choice in enumerate(ordered)}
    raise Unexpected(_("no question of the survey has eleven choices from 0 to 10"))


def _questions(told: Any) -> Iterator[Mapping[str, Any]]:
    """Every question on every page, of a survey or of a response."""
    for page in entries(told, "pages"):
        yield from entries(page, "questions")


def _answer(
    found: Mapping[str, Any], settings: Mapping[str, str], scores: Mapping[str, int]
) -> Answer | None:
    score, comment = None, ""
    for question in _questions(found):
        for answer in entries(question, "answers"):
            if str(answer.get("choice_id")) in scores:
                score = scores[str(answer["choice_id"])]
            asked_for = settings["comment"] in ("", str(question.get("id")))
            if asked_for and isinstance(answer.get("text"), str) and not comment:
                comment = answer["text"].strip()
    if score is None:
        return None
    variables = texts(found.get("custom_variables"))
    person = (
        variables.pop("email", "") or _email(found.get("metadata")) or str(found.get("recipient_id") or "")
    )
    return Answer(
        key=str(found.get("id")),
        score=score,
        at=moment(found.get("date_created")),
        comment=comment,
        properties=variables,
        person_key=person,
    )


def _email(metadata: object) -> str:
    """The address of whom the survey was sent to."""
    contact = metadata.get("contact") if isinstance(metadata, dict) else None
    email = contact.get("email") if isinstance(contact, dict) else None
    value = email.get("value") if isinstance(email, dict) else None
    return value if isinstance(value, str) else ""


surveymonkey = SurveyMonkey()
