"""A draft in an editor's hands: changed, struck, added to. What has no source bears the editor's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import series, series_episodes, series_lines, series_reading
from stories.errors import UserError
from stories.language import _
from stories.series.checking import fault, unsourced
from stories.series.episodes import PARTS, Episode, EpisodeState, Part, Passage, Sentence
from stories.series.seasons import Season
from stories.series.sources import Line, Ref, Signed
from stories.text import one_line
from stories.values import dataclass

LONGEST = 500
"""Characters of one sentence."""

MOST = 30
"""Sentences of one episode: an editor's window shows no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it would be told now, with what each of its sources says.

    `doubtful` are sentences that are kept, and that nothing stands behind (any more): they are not told.
    """

    season: Season
    episode: Episode
    lines: dict[Ref, Line]
    doubtful: tuple[Sentence, ...] = ()


async def draft(session: AsyncSession, workspace_id: str, episode_id: int, now: datetime) -> Draft:
    """A draft that waits for its editor. Raises UserError for one that is gone, or out already."""
    episode = await series_reading.readable(session, workspace_id, episode_id, now)
    if episode is None or episode.state is not EpisodeState.DRAFT:
        raise UserError(_("That draft isn’t there any more: it was published, thrown away or written anew."))
    season = await series.season(session, workspace_id, episode.season_id, now)
    if season is None:
        raise UserError(_("No season is running any more."))
    refs = [one.source for one in episode.sentences() if isinstance(one.source, Ref)]
    lines = await series_lines.lines(session, workspace_id, season, refs, now)
    told = {one.id for one in episode.sentences()}
    kept = await series_episodes.get(session, workspace_id, episode_id)
    left_out = [one for one in kept.sentences() if one.id not in told] if kept else []
    doubtful = tuple(one for one in left_out if one.text)
    return Draft(season=season, episode=episode, lines=dict(lines), doubtful=doubtful)


async def in_hand(session: AsyncSession, workspace_id: str, episode_id: int, now: datetime) -> Draft:
    """The same for whoever changes or publishes it: others wait until the transaction ends."""
    await series_episodes.hold(session, workspace_id, episode_id)
    return await draft(session, workspace_id, episode_id, now)


async def sourced(
    session: AsyncSession, workspace_id: str, season: Season, woven: Episode, now: datetime
) -> Episode:
    """A woven episode without any sentence that its source does not bear: no editor is offered one."""
    refs = [one.source for one in woven.sentences() if isinstance(one.source, Ref)]
    lines = await series_lines.lines(session, workspace_id, season, refs, now)
    wrong = {id(one.sentence) for one in unsourced(woven, lines)}
    passages = [
        replace(each, sentences=tuple(one for one in each.sentences if id(one) not in wrong))
        for each in woven.passages
    ]
    return replace(woven, passages=tuple(each for each in passages if each.sentences))


async def change(
    session: AsyncSession,
    workspace_id: str,
    episode_id: int,
    sentence_id: int,
    words: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Put a sentence in other words. It keeps its source where that still bears it, else it is signed.

    Raises UserError for a customer's own words, which nobody rewords, and for no words or too many.
    """
    at_hand = await in_hand(session, workspace_id, episode_id, now)
    one = _sentence(at_hand.episode, sentence_id)
    if one.spoken:
        said = _("A customer’s words stay as they were said. Strike them if they don’t belong here.")
        raise UserError(said, field="words")
    worded = replace(one, text=_words(words), id=None)
    if worded.text != one.text:
        days = () if at_hand.episode.next_on is None else (at_hand.episode.next_on,)
        if fault(worded, at_hand.lines, also=days) is not None:
            worded = replace(worded, source=Signed(by), customer_id=at_hand.episode.customer_id, form="")
    await _keep(session, workspace_id, _with(at_hand.episode, sentence_id, lambda _old: worded))


async def strike(
    session: AsyncSession, workspace_id: str, episode_id: int, sentence_id: int, *, now: datetime
) -> None:
    """Leave a sentence out. Raises UserError for the title, which an episode cannot do without."""
    at_hand = await in_hand(session, workspace_id, episode_id, now)
    episode = at_hand.episode
    if any(one.id == sentence_id for one in at_hand.doubtful):
        # What is not told is not kept either.
        await _keep(session, workspace_id, episode)
        return
    if _sentence(episode, sentence_id) is episode.title:
        raise UserError(_("An episode has a title; put it in other words instead."))
    await _keep(session, workspace_id, _with(episode, sentence_id, lambda _old: None))


async def add(
    session: AsyncSession,
    workspace_id: str,
    episode_id: int,
    part: Part,
    words: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Add a sentence of the editor's own to the end of a part; it bears their name."""
    episode = (await in_hand(session, workspace_id, episode_id, now)).episode
    if sum(1 for _one in episode.sentences()) >= MOST:
        raise UserError(_("An episode has {most} sentences at most.").format(most=MOST), field="words")
    new = Sentence(text=_words(words), source=Signed(by), customer_id=episode.customer_id)
    held = {passage.part: passage for passage in episode.passages}
    before = held.get(part, Passage(part=part, sentences=()))
    held[part] = replace(before, sentences=(*before.sentences, new))
    order = [passage.part for passage in episode.passages]
    order += [] if part in order else [part]
    if part not in {passage.part for passage in episode.passages}:
        order.sort(key=PARTS.index)
    await _keep(session, workspace_id, replace(episode, passages=tuple(held[one] for one in order)))


def refuse_unsourced(at_hand: Draft) -> None:
    """Raise UserError for a draft with a sentence that neither a source nor a signature stands behind."""
    found = (*at_hand.doubtful, *(one.sentence for one in unsourced(at_hand.episode, at_hand.lines)))
    if found:
        said = _("“{sentence}” has no source that bears it: strike it, or say it in words that you sign.")
        raise UserError(said.format(sentence=found[0].text[:200]))
    if not at_hand.episode.title.text:
        raise UserError(_("The title’s source is gone: give the episode another title, which you sign."))
    if at_hand.episode.customer_id is None or not at_hand.episode.passage(Part.SCENE):
        raise UserError(
            _("There is no scene left in it: an episode has a customer’s words, or it isn’t one.")
        )


def _words(typed: str) -> str:
    words = one_line(typed)
    if not words or len(words) > LONGEST:
        said = _("A sentence has at most {most} characters, and one at least.").format(most=LONGEST)
        raise UserError(said, field="words")
    return words


def _sentence(episode: Episode, sentence_id: int) -> Sentence:
    for one in episode.sentences():
        if one.id == sentence_id:
            return one
    raise UserError(_("Somebody changed this draft meanwhile. Open it again."))


def _with(episode: Episode, sentence_id: int, turn: Callable[[Sentence], Sentence | None]) -> Episode:
    """The episode with one of its sentences turned into another one, or (None) left out."""

    def turned(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        found = (turn(one) if one.id == sentence_id else one for one in sentences)
        return tuple(one for one in found if one is not None)

    passages = [replace(one, sentences=turned(one.sentences)) for one in episode.passages]
    title = turned([episode.title])
    return replace(
        episode,
        title=title[0] if title else episode.title,
        passages=tuple(one for one in passages if one.sentences),
    )


async def _keep(session: AsyncSession, workspace_id: str, episode: Episode) -> None:
    if episode.id is not None:
        await series_episodes.rewrite(session, workspace_id, episode.id, episode)
