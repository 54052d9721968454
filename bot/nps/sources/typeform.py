"""Typeform: GET /forms/{id}/responses, the newest first, page by page towards older ones.

Typeform says that the last half hour may be missing: each pull begins an hour before the newest answer of the
one before, and answers that come twice are known by their token.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.nps.sources.tools import Cursor, Field, Get, Page, Unexpected, entries, moment, not_ahead, texts
from storage.nps_answers import Answer
from stories.language import _
from stories.nps.counts import whole_score

_PAGE = 1000
_OVERLAP = timedelta(hours=1)
_SCALES = {"nps", "opinion_scale", "rating"}
_TEXTS = {"long_text", "short_text"}


class Typeform:
    """Completed responses of one form."""

    kind = "typeform"
    title = "Typeform"
    key_name = "personal access token (scope responses:read)"
    pace = 0.5

    @property
    def fields(self) -> tuple[Field, ...]:
        """The form, and its questions where it has several that could be meant."""
        return (
            Field(name="form", what=_("the form’s id, the end of its address")),
            Field(name="score", what=_("the id or ref of the question with the score"), required=False),
            Field(name="comment", what=_("the id or ref of the question with the comment"), required=False),
            Field(
                name="host",
                what=_("https://api.eu.typeform.com for accounts in the EU"),
                required=False,
                default="https://api.typeform.com",
            ),
        )

    def host(self, settings: Mapping[str, str]) -> str:
        """The one of the account's region."""
        return settings["host"].rstrip("/")

    def headers(self, key: str) -> dict[str, str]:
        """A bearer token."""
        return {"authorization": f"Bearer {key}"}

    async def page(self, get: Get, settings: Mapping[str, str], cursor: Cursor, now: datetime) -> Page:
        """Responses since the cursor, older than those that this pull has seen."""
        since, before = str(cursor.get("since", "")), str(cursor.get("before", ""))
        params: dict[str, str | int] = {"page_size": _PAGE, "response_type": "completed"}
        params |= {"since": since} if since else {}
        params |= {"before": before} if before else {}
        found = entries(await get(f"/forms/{settings['form']}/responses", params), "items")
        kept = [answer for answer in (_answer(one, settings) for one in found) if answer is not None]
        newest = str(cursor.get("newest", "")) or _newest(found)
        more = len(found) >= _PAGE
        if more:
            onward: Cursor = {"since": since, "newest": newest, "before": str(found[-1].get("token"))}
        else:
            begins = (moment(newest) - _OVERLAP).isoformat() if newest else since
            onward = {"since": not_ahead(begins, now, _OVERLAP)}
        return Page(answers=kept, cursor=onward, more=more, left_out=len(found) - len(kept))


def _newest(found: list[dict[str, Any]]) -> str:
    moments = [moment(one.get("submitted_at")) for one in found]
    return max(moments).isoformat() if moments else ""


def _answer(found: Mapping[str, Any], settings: Mapping[str, str]) -> Answer | None:
    told = found.get("answers") or []
    if not isinstance(told, list):
        raise Unexpected(_("the answers of a response are no list"))
    score = whole_score(_told(told, settings["score"], _SCALES, "number"))
    if score is None:
        return None
    comment = _told(told, settings["comment"], _TEXTS, "text")
    hidden = texts(found.get("hidden"))
    email = _told(told, "", {"email"}, "email")
    person = hidden.pop("email", "") or (email if isinstance(email, str) else "") or hidden.pop("user_id", "")
    return Answer(
        key=str(found.get("token")),
        score=score,
        at=moment(found.get("submitted_at")),
        comment=comment.strip() if isinstance(comment, str) else "",
        properties=hidden,
        person_key=person,
    )


def _told(answers: list[Any], wanted: str, kinds: set[str], what: str) -> object:
    """What was answered to the question that is wanted, or (unnamed) to the first of these kinds."""
    for answer in answers:
        question = answer.get("field") or {} if isinstance(answer, dict) else {}
        named = wanted and wanted in {question.get("id"), question.get("ref")}
        if named or (not wanted and question.get("type") in kinds):
            return answer.get(what)
    return None


typeform = Typeform()
