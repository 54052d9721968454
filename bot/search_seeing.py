"""What somebody may see of texts that were found: asked of consents, sources and states every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import showing
from bot.own_customers import not_about, not_about_any
from storage import stories
from storage.asked_before import Agreed, agreed_and_served
from storage.search_finding import FoundText
from storage.search_showing import Around, look
from stories.consent import Purpose, permits, sharing
from stories.folding import fold
from stories.names import NamesOf, contains_name
from stories.search.asking import Narrowed, Search
from stories.search.texts import Kind
from stories.story import Story, Telling
from stories.values import dataclass

Of = tuple[str, int, str]
"""What a text is of: a conversation by its number, or an answer by source and key."""


SPARE = 20
"""How many more than are shown are asked about in one go: some may not be for this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody wrote beside a score from 0 to 10; `source` is where it came from."""

    source: str
    score: int
    day: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that was found, as this person may see it: exactly one of the three is there.

    `telling` is a story as others read it, `own` a write-up that only its author sees, `comment` an answer.
    """

    telling: Telling | None = None
    own: Story | None = None
    comment: Comment | None = None


async def seen(
    session: AsyncSession, asked: Search, found: Sequence[FoundText], at: datetime, *, most: int
) -> tuple[tuple[Result, ...], Around]:
    """What these texts (best first) are of, as far as this person may see it; each once. And what is around.

    Rights are asked for as many as are needed for `most` results, and no more.
    """
    order = tuple(dict.fromkeys(_of(one) for one in found if _may_fit(one, asked)))
    results, around = await _some_seen(session, asked, order[: most + SPARE], at)
    for start in range(most + SPARE, len(order), most + SPARE):
        if len(results) >= most:
            break
        more, around = await _some_seen(session, asked, order[start : start + most + SPARE], at)
        results += more
    return tuple(results[:most]), around


async def _some_seen(
    session: AsyncSession, asked: Search, order: Sequence[Of], at: datetime
) -> tuple[list[Result], Around]:
    talks = [number for kind, number, _ in order if kind == "story"]
    keys = [(source, key) for kind, source, key in order if kind == "answer"]
    looked = await look(session, asked.workspace_id, asked.user_id, talks, keys, at.date())
    told = showing.tell_all(looked.stories, looked.agreed, looked.served, at)
    others = not_about_any(asked.user_id, told, looked.stories, looked.around.themselves)
    stories_told = _fitting(asked, looked.stories, others, looked.agreed, at)
    story_ids = {story.interview.id: story.id for story in looked.stories}
    answers = _comments(asked, looked.comments)
    results = (
        stories_told.get(story_ids.get(one[1], 0)) if one[0] == "story" else answers.get((one[1], one[2]))
        for one in order
    )
    return [result for result in results if result is not None], looked.around


def _may_fit(found: FoundText, asked: Search) -> bool:
    """Whether it is worth asking: consents are of conversations, and too few are not told apart."""
    return found.interview_id is not None or not (asked.narrowed.consent or asked.few)


async def of_stories(
    session: AsyncSession, asked: Search, story_ids: Sequence[int], at: datetime
) -> Mapping[int, Result]:
    """Those of these stories that this person may see and that fit what is narrowed to, by number."""
    loaded = await stories.some(session, asked.workspace_id, story_ids)
    if not loaded:
        return {}
    of_customers = {story.interview.customer.id for story in loaded}
    talks = [story.interview.id for story in loaded]
    agreed, served = await agreed_and_served(session, asked.workspace_id, of_customers, talks, at.date())
    told = showing.tell_all(loaded, agreed, served, at)
    others = await not_about(session, asked.workspace_id, asked.user_id, told)
    return _fitting(asked, loaded, others, agreed, at)


def _fitting(
    asked: Search, loaded: Sequence[Story], others: Sequence[Telling], agreed: Agreed, at: datetime
) -> Mapping[int, Result]:
    """What of these stories fits, by number: as it is told to this person, or as their own write-up."""
    tellings = {one.story_id: one for one in others}
    fitting = _agreed(asked, loaded, agreed, at) if asked.narrowed.consent else loaded
    results = ((story.id, _result(story, tellings.get(story.id), asked)) for story in fitting)
    return {number: result for number, result in results if result is not None}


def fits(asked: Search, telling: Telling) -> bool:
    """Whether a story, as it is told now, is within what is narrowed to."""
    return _is_within(asked, telling, None)


def _is_within(asked: Search, telling: Telling, interview_id: int | None) -> bool:
    early = asked.since and telling.talked_on < asked.since
    themed = interview_id in asked.themed
    return not early and _within(asked.narrowed, telling.segment, telling.themes, themed=themed)


def _result(story: Story, telling: Telling | None, asked: Search) -> Result | None:
    narrowed, told = asked.narrowed, story.interview
    if telling is not None and narrowed.kind != Kind.INTERVIEW and _is_within(asked, telling, told.id):
        names = NamesOf(full_name=told.customer.name, company=told.customer.company)
        # Nobody is found by a name that is not shared: consent can have changed since.
        if telling.named or not contains_name(asked.words, names):
            return Result(telling=telling)
    mine = told.author_id == asked.user_id and narrowed.kind in {"", Kind.INTERVIEW} and not narrowed.consent
    early = asked.since and told.talked_on < asked.since
    within = not early and _within(narrowed, told.customer.segment, told.themes)
    return Result(own=story) if mine and within else None


def _within(narrowed: Narrowed, segment: str, themes: Sequence[str], *, themed: bool = False) -> bool:
    return (not narrowed.segment or fold(narrowed.segment) == fold(segment)) and (
        not narrowed.theme or themed or fold(narrowed.theme) in {fold(theme) for theme in themes}
    )


def _agreed(asked: Search, loaded: Sequence[Story], said: Agreed, at: datetime) -> tuple[Story, ...]:
    """Those whose customers have agreed to what is asked for, by what they say now."""
    wanted = Purpose(asked.narrowed.consent)
    return tuple(
        story
        for story in loaded
        if permits(said.get(story.interview.customer.id, ()), wanted, at)
        or sharing(said.get(story.interview.customer.id, ()), story.interview.id, at) is wanted
    )


def _comments(asked: Search, rows: Mapping[tuple[int, str], Any]) -> dict[tuple[int, str], Result]:
    return {
        key: Result(comment=Comment(source=row.source, score=row.score, day=row.day, words=row.comment))
        for key, row in rows.items()
        if row.comment and not (asked.since and row.day < asked.since)
    }


def _of(found: FoundText) -> Of:
    if found.interview_id is not None:
        return ("story", found.interview_id, "")
    return ("answer", found.source_id or 0, found.answer_key or "")
