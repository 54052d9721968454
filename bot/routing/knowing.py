"""The names that rules can use here, and rules as people write or choose them."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.routing_fields import EACH_DAY, MOST_SEGMENTS, key_of, scores_in
from bot.routing import ids
from bot.routing.finding import Found, find
from storage import nps_words, offers, themes
from stories.calendars import parse_time
from stories.errors import UserError
from stories.language import _
from stories.routing.grammar import Known, Read, parse
from stories.routing.rule import MOST_A_DAY, Rule, Segment
from stories.routing.saying import DAYS
from stories.search.asking import terms

A_MONTH = timedelta(days=30)


async def known(session: AsyncSession, workspace_id: str) -> Known:
    """The segments of answers, the kinds of customers of conversations, the themes that people named."""
    told = await offers.topics(session, workspace_id)
    every = await themes.every(session, workspace_id)
    named = [one.name for one in every if one.state == themes.KEPT]
    return Known(
        properties=await nps_words.vocabulary(session, workspace_id),
        kinds=told.segments,
        themes=tuple(dict.fromkeys((*named, *told.themes))),
    )


async def read_sentence(session: AsyncSession, workspace_id: str, sentence: str) -> Read:
    """A rule in somebody's words, as Slack sends them. Raises UserError for what is not understood."""
    return parse(html.unescape(sentence), await known(session, workspace_id))


async def read_fields(session: AsyncSession, workspace_id: str, values: Mapping[str, Any]) -> Rule:
    """A rule as its fields hold it. Raises UserError beside the field that is wrong."""
    names = await known(session, workspace_id)
    segments = {key_of(one): one for one in segments_of(names)}
    by_key = {key_of(("theme", name)): name for name in names.themes}
    chosen = values.get(ids.SEGMENTS) or ()
    if set(values.get("bands") or ()) == {"detractors", "promoters"}:
        said = _("Promoters and detractors without passives are two rules: begin one for each.")
        raise UserError(said, field="bands")
    day = values.get("day") or EACH_DAY
    rule = Rule(
        kinds=tuple(values.get("kinds") or ()),
        scores=scores_in(values),
        segments=tuple(segments[key] for key in chosen[:MOST_SEGMENTS] if key in segments),
        theme=by_key.get(values.get(ids.THEME) or "", ""),
        words=terms(values["words"]) if (values.get("words") or "").strip() else (),
        most=_number(values.get("most") or ""),
        weekday=None if day == EACH_DAY else DAYS.index(day),
        at=_time(values.get("at") or ""),
    )
    if not rule.narrows:
        said = _("That would bring everything: choose whose, from which segment, a theme or words.")
        raise UserError(said, field="bands")
    return rule


def segments_of(names: Known) -> list[Segment]:
    """Every segment that can be chosen."""
    of_answers = [(name, value) for name, values in names.properties.items() for value in values]
    return [*of_answers, *(("", kind) for kind in names.kinds)]


async def last_month(
    session: AsyncSession, workspace_id: str, rule: Rule, channel_id: str, now: datetime
) -> Found:
    """What the last thirty days would have brought to a channel by this rule."""
    since: date = now.date() - A_MONTH
    return await find(session, workspace_id, rule, channel_id, now, since=since)


def _number(typed: str) -> int:
    if not typed.strip().isdecimal() or not 1 <= int(typed) <= MOST_A_DAY:
        said = _("Please write a number from 1 to {most}, not “{typed}”.")
        raise UserError(said.format(most=MOST_A_DAY, typed=typed[:20]), field="most")
    return int(typed)


def _time(typed: str) -> Any:
    try:
        return parse_time(typed)
    except UserError as error:
        raise UserError(str(error), field="at") from None
