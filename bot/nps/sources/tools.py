"""What a survey tool offers so that answers can be pulled from it: one file and one entry point each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.extensions import extensions
from storage.nps_answers import Answer
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

GROUP = "firsthand.nps_sources"
"""The entry-point group; a package of yours can add a survey tool by naming its `SurveyTool` there."""

Cursor = dict[str, Any]
"""Where pulling goes on, as a tool writes it for itself; {} at the very beginning."""

Get = Callable[[str, Mapping[str, str | int]], Awaitable[Any]]
"""Asks the tool: a path (or a whole address) and parameters in, JSON out; waits and tries again by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Something that has to be known to pull from a tool; `required` or with the tool's own `default`."""

    name: str
    what: str
    required: bool = True
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some answers, and where to go on; `more` says whether to do so at once.

    `left_out` counts entries that are no NPS answers (unfinished, another kind of survey, no score).
    """

    answers: Sequence[Answer] = ()
    cursor: Cursor = field(default_factory=dict)
    more: bool = False
    left_out: int = 0


class SurveyTool(Protocol):
    """A survey tool. `pace` is the pause between two requests in seconds, as the tool asks for."""

    kind: str
    title: str
    fields: tuple[Field, ...]
    key_name: str
    pace: float

    def host(self, settings: Mapping[str, str]) -> str:
        """Where its API is: scheme and host."""
        ...

    def headers(self, key: str) -> dict[str, str]:
        """The headers that carry the key."""
        ...

    async def page(self, get: Get, settings: Mapping[str, str], cursor: Cursor, now: datetime) -> Page:
        """The next answers. Pages overlap rather than miss something; answers are told apart by their keys.

        Raises Unexpected for an answer in another shape than the tool's documentation says.
        """
        ...


class Unexpected(Exception):
    """The tool answered in a shape that is not its own; in words."""


def known_tools() -> dict[str, SurveyTool]:
    """Every survey tool that is installed, by its kind."""
    found = (point.load() for point in extensions(GROUP))
    return {tool.kind: tool for tool in sorted(found, key=lambda tool: str(tool.kind))}


def tool_of(kind: str) -> SurveyTool:
    """The tool of this kind. Raises UserError that lists those there are."""
    tools = known_tools()
    if kind not in tools:
        said = _("Firsthand does not know the survey tool “{kind}”. It knows: {kinds}.")
        raise UserError(said.format(kind=kind, kinds=", ".join(tools)))
    return tools[kind]


def checked(tool: SurveyTool, given: Mapping[str, str]) -> dict[str, str]:
    """The settings a tool needs, with its defaults. Raises UserError for one that is missing or unknown."""
    names = {one.name for one in tool.fields}
    for name in given:
        if name not in names:
            said = _("{tool} has no setting “{name}”. It has: {names}.")
            raise UserError(said.format(tool=tool.title, name=name, names=", ".join(sorted(names))))
    missing = [one for one in tool.fields if one.required and not given.get(one.name)]
    if missing:
        listed = "; ".join(f"{one.name} ({one.what})" for one in missing)
        raise UserError(_("{tool} also needs: {listed}.").format(tool=tool.title, listed=listed))
    return {one.name: given.get(one.name) or one.default for one in tool.fields}


def moment(value: object) -> datetime:
    """A time as APIs write it: ISO 8601, or milliseconds. Raises Unexpected."""
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and value.isdecimal()):
            return datetime.fromtimestamp(int(value) / 1000, UTC)
        at = datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        raise Unexpected(_("“{value}” is no time").format(value=str(value)[:60])) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def entries(found: Any, name: str) -> list[dict[str, Any]]:
    """The list of objects under a name. Raises Unexpected when there is none."""
    listed = found.get(name) if isinstance(found, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise Unexpected(_("the answer has no list “{name}”").format(name=name))
    return listed


def onward(
    found: Sequence[Mapping[str, Any]],
    field: str,
    cursor: Cursor,
    *,
    size: int,
    overlap: timedelta,
    now: datetime,
) -> Cursor:
    """Where to go on (`since`, `page`) in a list that is ordered by the moments in `field`, oldest first.

    Pages go by moments rather than by numbers: what changes while pages are read moves to the end, and what
    is behind it moves up, where counting would pass over it. Only a moment that fills a whole page is counted
    through. The next pull begins `overlap` before the last moment, or before `now` where that is to come yet.
    Raises Unexpected for what is no time.
    """
    since = str(cursor.get("since", ""))
    if not found:
        return {"since": not_ahead(since, now, overlap)}
    last = moment(found[-1].get(field))
    if len(found) < size:
        return {"since": not_ahead((last - overlap).isoformat(), now, overlap)}
    if since and moment(since) == last:
        return {"since": since, "page": int(cursor.get("page", 1)) + 1}
    return {"since": last.isoformat(), "page": 1}


def not_ahead(since: str, now: datetime, overlap: timedelta) -> str:
    """Where the next pull begins, not after `overlap` before now; "" for the very beginning.

    One answer from next year, by a clock that is wrong, would keep all others out until then.
    """
    return min(moment(since), now - overlap).isoformat() if since else ""


def texts(found: object) -> dict[str, str]:
    """An object's plain fields as texts: what becomes properties. Whatever is nested is left out."""
    if not isinstance(found, dict):
        return {}
    plain = {str(name): value for name, value in found.items() if isinstance(value, str | int | float | bool)}
    return {name: str(value).strip() for name, value in plain.items() if str(value).strip()}
