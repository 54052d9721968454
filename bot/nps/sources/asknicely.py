"""AskNicely: GET /api/v1/responses/asc/{size}/{page}/{since}/json. Everything in its answers is a string."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.nps.sources.tools import Cursor, Field, Get, Page, Unexpected, entries, texts
from storage.nps_answers import Answer
from stories.language import _
from stories.nps.counts import whole_score

_PAGE = 500
"""Above 999 rows AskNicely sends its readers to another address."""
_OVERLAP = timedelta(days=2)
"""How far back a pull begins: people write their comment a while after they chose a score."""
_PRIVATE = {"name", "email", "phone", "ip_address", "email_token"}
_OF_THE_ANSWER = {
    "response_id",
    "person_id",
    "contact_id",
    "answer",
    "answerlabel",
    "data",
    "comment",
    "note",
}
_OF_THE_TOOL = {"status", "dontcontact", "sent", "opened", "responded", "lastemailed", "created"}
_LEFT_OUT = _PRIVATE | _OF_THE_ANSWER | _OF_THE_TOOL


class AskNicely:
    """Answers of one account."""

    kind = "asknicely"
    title = "AskNicely"
    key_name = "API key"
    pace = 0.1

    @property
    def fields(self) -> tuple[Field, ...]:
        """The account's own address."""
        return (Field(name="host", what=_("your address there: https://YOURNAME.asknice.ly")),)

    def host(self, settings: Mapping[str, str]) -> str:
        """The account's own."""
        return settings["host"].rstrip("/")

    def headers(self, key: str) -> dict[str, str]:
        """AskNicely's own header."""
        return {"x-apikey": key}

    async def page(self, get: Get, settings: Mapping[str, str], cursor: Cursor, now: datetime) -> Page:  # noqa: ARG002 every tool is asked alike
        """Answers since the cursor, the oldest first."""
        since, number = int(cursor.get("since", 0)), int(cursor.get("page", 1))
        told = await get(f"/api/v1/responses/asc/{_PAGE}/{number}/{since}/json", {})
        found = entries(told, "data")
        kept = [answer for answer in map(_answer, found) if answer is not None]
        newest = max([int(cursor.get("newest", since)), *(int(one.at.timestamp()) for one in kept)])
        more = len(found) >= _PAGE
        if more:
            onwards: Cursor = {"since": since, "page": number + 1, "newest": newest}
        else:
            # One answer from next year, by a clock that is wrong, would keep all others out until then.
            latest = min(newest, int(now.timestamp()))
            onwards = {"since": max(0, latest - int(_OVERLAP.total_seconds()))}
        return Page(answers=kept, cursor=onwards, more=more, left_out=len(found) - len(kept))


def _answer(found: Mapping[str, Any]) -> Answer | None:
    if str(found.get("question_type") or "nps").lower() != "nps":
        return None
    said = str(found.get("answer") or "").strip()
    score = whole_score(int(said)) if said.isdecimal() else None
    if score is None:
        return None
    comment = found.get("comment")
    return Answer(
        key=str(found.get("response_id")),
        score=score,
        at=_seconds(found.get("responded")),
        comment=comment.strip() if isinstance(comment, str) else "",
        properties={name: value for name, value in texts(found).items() if name not in _LEFT_OUT},
        person_key=str(found.get("email") or found.get("person_id") or ""),
    )


def _seconds(value: object) -> datetime:
    """Seconds since 1970, as a string. Raises Unexpected."""
    try:
        return datetime.fromtimestamp(int(str(value)), UTC)
    except (ValueError, OverflowError, OSError):
        raise Unexpected(_("“{value}” is no time").format(value=str(value)[:60])) from None


asknicely = AskNicely()
