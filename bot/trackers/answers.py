"""What a tracker's HTTP answers mean before they say anything: refused for pace or the token, in trouble."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from bot.guarded_client import OutgoingFailed, Reply
from bot.trackers.tracker import CommentGone, NotTaken, PutOff, ToMend
from stories.language import _
from stories.text import one_line, shortened

_LEAST_WAIT = timedelta(minutes=1)
"""How long a refusal for pace that names no time is obeyed, as GitHub's documentation asks."""
_LONGEST_WAIT = timedelta(hours=2)
_LONGEST_REASON = 150


def checked(reply: Reply, title: str, *, needs: str) -> Reply:
    """The answer, where it says something about what was asked.

    `title` is what the tracker is called, `needs` which rights its token has to have. Raises PutOff for a
    refusal for pace, ToMend for one of the token, OutgoingFailed for trouble of the tracker's own.
    """
    if reply.status in {403, 429} and (wait := _wait(reply)) is not None:
        raise PutOff(wait)
    if reply.status == 401:
        said = _("{tracker} refuses the token: it has run out, or somebody took it back.")
        raise ToMend(said.format(tracker=title))
    if reply.status == 403:
        said = _("{tracker} does not let this token do that (“{why}”). It needs {needs}.")
        raise ToMend(said.format(tracker=title, why=reason(reply), needs=needs))
    if reply.status >= 500:
        said = _("{tracker} has trouble of its own (HTTP {status}).")
        raise OutgoingFailed(said.format(tracker=title, status=reply.status))
    return reply


def changed(reply: Reply) -> None:
    """Nothing for a comment that was changed or deleted. Raises CommentGone and NotTaken."""
    if reply.status in {404, 410}:
        raise CommentGone
    if reply.status not in {200, 204}:
        raise NotTaken(reason(reply))


def found(reply: Reply, title: str) -> dict[str, Any]:
    """The object in an answer. Raises OutgoingFailed where there is none."""
    told = reply.json() if reply.status in {200, 201} else None
    if not isinstance(told, dict):
        said = _("{tracker} answered in a way I don’t know (HTTP {status}).")
        raise OutgoingFailed(said.format(tracker=title, status=reply.status))
    return told


def reason(reply: Reply) -> str:
    """What stands as the message beside a refusal, on one line."""
    try:
        return shortened(one_line(str(reply.json()["message"])), _LONGEST_REASON)
    except (OutgoingFailed, LookupError, TypeError):
        return f"HTTP {reply.status}"


def _wait(reply: Reply) -> timedelta | None:
    """How long the tracker asks to be left alone; None where the refusal is none for pace."""
    told = reply.headers
    if told.get("retry-after", "").isdecimal():
        return min(timedelta(seconds=max(1, int(told["retry-after"][:9]))), _LONGEST_WAIT)
    if told.get("x-ratelimit-remaining") == "0" and told.get("x-ratelimit-reset", "").isdecimal():
        wait = timedelta(seconds=int(told["x-ratelimit-reset"][:12]) - _their_time(told))
        return min(max(wait, timedelta(seconds=1)), _LONGEST_WAIT)
    return _LEAST_WAIT if reply.status == 429 or "rate limit" in reason(reply).lower() else None


def _their_time(told: Mapping[str, str]) -> float:
    """Now, by the clock of the server that names the time; without one, an hour before that time."""
    try:
        return parsedate_to_datetime(told["date"]).replace(tzinfo=UTC).timestamp()
    except (KeyError, ValueError):
        return int(told["x-ratelimit-reset"][:12]) - 3600.0
