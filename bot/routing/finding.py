"""What a rule finds: the newest texts that fit it and may be shown in its channel."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.enough import are_enough
from bot.routing.showing import Shown, shown
from storage import routes_finding, search_finding, themes
from storage.routes import Item
from storage.routes_finding import Asked, Fitting
from stories.folding import fold
from stories.nps.counts import Band, band_of
from stories.routing.rule import COMMENTS, STORIES, Rule
from stories.search import facets
from stories.search.texts import Kind
from stories.values import dataclass

MOST_TEXTS = 500
"""Texts of one rule that are looked at, the newest: of more there are "more than"."""

_KINDS = {COMMENTS: Kind.COMMENT, STORIES: Kind.STORY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What fits, newest first; `cut` where there may be more. `few`: too few answered to be told apart."""

    items: tuple[tuple[Item, Shown], ...] = ()
    cut: bool = False
    few: bool = False


async def find(
    session: AsyncSession,
    workspace_id: str,
    rule: Rule,
    channel_id: str,
    now: datetime,
    *,
    after: int = 0,
    since: date = date(1990, 1, 1),
) -> Found:
    """What the texts after this number, since that day, bring by this rule."""
    enough = COMMENTS not in rule.kinds or await are_enough(session, workspace_id, rule.by_property())
    kinds = [kind for kind in rule.kinds if kind != COMMENTS or enough]
    if not kinds:
        return Found(few=True)
    asked = Asked(marks=_marks(workspace_id, rule, kinds), words=rule.words, after=after, since=since)
    texts = await routes_finding.fitting(session, workspace_id, asked, most=MOST_TEXTS)
    texts_left = await _about(session, workspace_id, rule, texts) if rule.theme else texts
    items = await _items(session, workspace_id, texts_left)
    may = await shown(session, workspace_id, items, channel_id, now)
    fitting = tuple((item, may[item]) for item in items if item in may and may[item].fits(rule))
    return Found(items=fitting, cut=len(texts) == MOST_TEXTS, few=not enough)


def _marks(workspace_id: str, rule: Rule, kinds: list[str]) -> tuple[tuple[str, ...], ...]:
    marks = [(facets.visible_to(workspace_id),), tuple(facets.of_kind(_KINDS[kind]) for kind in kinds)]
    if rule.scores:
        low, high = rule.scores
        bands = dict.fromkeys(band_of(score) for score in range(low, high + 1))
        marks += [tuple(facets.of_band(band.value) for band in bands)] if len(bands) < len(Band) else []
    marks += [tuple(facets.of_segment(value) for value in values) for values in rule.by_property().values()]
    return tuple(marks)


async def _about(
    session: AsyncSession, workspace_id: str, rule: Rule, texts: tuple[Fitting, ...]
) -> tuple[Fitting, ...]:
    """Those about the rule's theme: sorted under it, or of a conversation that names it."""
    every = await themes.every(session, workspace_id)
    theme = next((one for one in every if fold(one.name) == fold(rule.theme)), None)
    ids = [one.id for one in texts]
    about = await routes_finding.about_theme(session, workspace_id, theme.id, ids) if theme else frozenset()
    mark = facets.of_theme(rule.theme)
    return tuple(one for one in texts if one.id in about or mark in one.facets.split())


async def _items(session: AsyncSession, workspace_id: str, texts: tuple[Fitting, ...]) -> tuple[Item, ...]:
    talks = [one.interview_id for one in texts if one.interview_id is not None]
    tales = await search_finding.stories_of(session, workspace_id, talks) if talks else {}
    found = []
    for one in texts:
        if one.interview_id is None:
            found.append(Item(part=0, source_id=one.source_id, answer_key=one.answer_key))
        elif one.interview_id in tales:
            found.append(Item(part=0, story_id=tales[one.interview_id]))
    return tuple(found)
