"""All that is held about somebody as two files: a page to read, and JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from html import escape
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.dates import day
from bot.messages.held_words import named
from storage import held
from storage.held import Kept, Shown
from storage.holdings import About
from stories.language import _
from stories.speaking import direction, written_as
from stories.values import dataclass

SAID: Final[Mapping[About, str]] = {one: one.value for one in About} | {
    About.EMPLOYEE: "colleague",
    About.RESPONDENT: "customer",
}
"""Whom it is about in files and commands: as people say it. Who answers a survey is a customer, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Both files. `called` is how people call whom it is about, `name` that of the files.

    `is_empty`: nothing is held, nor was anything shown.
    """

    about: About
    object_key: str
    called: str
    name: str
    page: str
    json: str
    is_empty: bool


async def export(
    session: AsyncSession,
    workspace_id: str,
    about: About,
    object_key: str,
    *,
    called: str,
    now: datetime,
) -> Export:
    """Everything that is held about this customer or colleague, at this moment."""
    kept = await held.rows_of(session, workspace_id, about, object_key)
    kept += await held.answers_of(session, workspace_id, about, object_key)
    shown = await held.shown_of(session, workspace_id, about, object_key)
    return Export(
        about=about,
        object_key=object_key,
        called=called,
        name=f"firsthand-{SAID[about]}-{now:%Y-%m-%d}",
        page=_page(called, kept, shown, now),
        json=_json(about, called, kept, shown, now),
        is_empty=not kept and not shown,
    )


def _json(about: About, called: str, kept: Sequence[Kept], shown: Sequence[Shown], now: datetime) -> str:
    told = [{name: held.plain(value) for name, value in asdict(one).items()} for one in shown]
    everything = {
        "about": SAID[about],
        "called": called,
        "made_at": now.isoformat(),
        "held": [{"table": one.table, "what": named(one.table), "rows": list(one.rows)} for one in kept],
        "shown": told,
    }
    return json.dumps(everything, ensure_ascii=False, indent=2)


def _page(called: str, kept: Sequence[Kept], shown: Sequence[Shown], now: datetime) -> str:
    title = _("What Firsthand holds about {called}").format(called=called)
    made = _("Made on {day} at {time} UTC.").format(day=day(now.date()), time=now.strftime("%H:%M"))
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(made)}</p>"]
    if not kept:
        parts.append(f"<p>{escape(_('Nothing is held.'))}</p>")
    if shown:
        heading = _("Where it was shown, and how far the customer had agreed")
        parts += [f"<h2>{escape(heading)}</h2>", _table([_told(one) for one in shown])]
    for one in kept:
        parts += [
            f"<h2>{escape(named(one.table).capitalize())} ({len(one.rows)})</h2>",
            _table(list(one.rows)),
        ]
    return (
        "<!doctype html>\n"
        f'<html lang="{written_as()}" dir="{direction()}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        f"<style>{_STYLE}</style></head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def _told(one: Shown) -> dict[str, Any]:
    return {
        _("story"): one.story_id,
        _("channel"): one.channel_id,
        _("as"): one.kind,
        _("when"): one.told_at.isoformat(timespec="minutes"),
        _("state"): one.state,
        _("message"): one.slack_ts,
        _("agreed to"): one.consent,
    }


def _table(rows: Sequence[Any]) -> str:
    names = list(rows[0])
    head = "".join(f"<th>{escape(str(name))}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(row[name])}</td>" for name in names) + "</tr>" for row in rows
    )
    return f"<div><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _cell(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return escape(said)


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1d1c1d}"
    "div{overflow-x:auto}table{border-collapse:collapse;font-size:14px}"
    "td,th{border:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top;"
    "white-space:pre-wrap;max-width:30rem}th{background:#f4f4f4}"
)
