"""An episode is woven: whose turn it is, what is new of them, and each part with what it rests on.

No language model is asked. The same material, history and day give the same episode.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from stories.series.arranging import ORDER
from stories.series.episodes import Episode, Format, NoEpisode, Nothing, Part, Passage, Shape
from stories.series.forms import chooser
from stories.series.material import Material, Talk
from stories.series.opening import open_by_itself, still_open
from stories.series.order import in_order
from stories.series.previously import previously
from stories.series.said import is_hard, is_whole, leaves_open, rated, turns
from stories.series.scene import scene
from stories.series.seasons import Followed, Season, SeasonState
from stories.series.sources import Kind, Ref, ends_of, promise
from stories.series.telling import Plot, Taken
from stories.series.titles import title
from stories.series.turning import meanwhile, turn
from stories.series.until import until


def weave(
    season: Season,
    material: Material,
    history: Sequence[Episode],
    *,
    today: date,
    shape: Shape | None = None,
    plainest: bool = False,
) -> Episode | NoEpisode:
    """The season's next episode, or that there is none and why.

    `history` are its published episodes, the first one first. `shape` is the season's own unless another is
    tried. `plainest` says everything in the first form of words: what the woven ones are compared with.
    """
    next_on = _next(season, today)
    why = _nothing(season, material)
    news = {} if why is not None else _news(season, material)
    if not news:
        return NoEpisode(why=why or Nothing.NOTHING_NEW, next_on=next_on)
    lead = _whose_turn(material.followed, news, history)
    now = _new_talk(season, material, lead)
    number = history[-1].number + 1 if history else 1
    plot = Plot(
        season=season,
        number=number,
        lead=lead,
        now=now,
        before=_before(material, lead, now),
        material=material,
        history=tuple(history),
        shape=shape or season.shape,
        today=today,
        next_on=next_on,
        choose=chooser(season.id, number, history, plainest=plainest),
    )
    return _told(plot)


def _told(plot: Plot) -> Episode:
    taken = take(plot.now, plot.shape, asks=not open_by_itself(plot))
    parts = {
        Part.PREVIOUSLY: previously(plot),
        Part.SCENE: scene(plot, taken),
        Part.TURN: (*turn(plot, taken), *meanwhile(plot)),
        Part.OPEN: still_open(plot, taken),
        Part.NEXT: until(plot),
    }
    order = ORDER[plot.shape.format]
    return Episode(
        season_id=plot.season.id,
        number=plot.number,
        title=title(plot, taken),
        passages=tuple(Passage(part=part, sentences=parts[part]) for part in order if parts[part]),
        shape=plot.shape,
        customer_id=plot.lead.customer_id,
        who=plot.lead.who,
        next_on=plot.next_on,
    )


def take(now: Talk | None, shape: Shape, *, asks: bool = True) -> Taken:
    """Which words of a conversation each part takes: the most telling, in the order in which they were said.

    What turns is kept for the end where there are words enough, unless something else is told as what came of
    it; what is open stands last of all, when it `asks` about it.
    """
    if now is None:
        return Taken()
    best = [words for words in rated(now.words, now) if is_whole(words.text)] or list(rated(now.words))
    # The most telling ones open the scene, but for the only ones in which something changes.
    later = (*best[1:], *best[:1]) if len(best) > 2 else best[1:]
    turning = next((words for words in later if turns(words.text)), None)
    left = [words for words in best if words != turning]
    opens = next((words for words in left[1:] if asks and leaves_open(words.text)), None)
    if opens is None and asks and turning is not None and leaves_open(turning.text):
        opens, turning = turning, None
    left = [words for words in left if words != opens]
    # What was hard and is over is no question: it is told.
    over = next((words for words in left[shape.quotes :] if asks and not opens and is_hard(words.text)), None)
    if shape.format is Format.SHORT:
        turning = over = None
    scene_words = [*left[: shape.quotes], *([over] if over is not None else [])] or best[:1]
    ordered = in_order(words for words in now.words if words in scene_words)
    if turning is not None and scene_words:
        (*rest, turning) = in_order((*ordered, turning))
        ordered = tuple(rest)
    return Taken(scene=ordered, turn=turning, open=opens)


def _nothing(season: Season, material: Material) -> Nothing | None:
    if season.state is not SeasonState.RUNNING:
        return Nothing.ENDED
    if not season.followed:
        return Nothing.NOBODY_FOLLOWED
    if not material.followed:
        return Nothing.NOT_RENEWED
    return None if material.talks or material.answers else Nothing.NOTHING_TOLD


def _news(season: Season, material: Material) -> dict[int, date]:
    """The customers of whom something is new, each with the day of the oldest of it."""
    found: dict[int, date] = {}
    for customer_id, day in _new_things(season, material):
        found[customer_id] = min(day, found.get(customer_id, day))
    return found


def _new_things(season: Season, material: Material) -> Iterable[tuple[int, date]]:
    told, heard = material.told, _talks_told(material)
    for talk in _new_talks(season, material, heard):
        yield talk.customer_id, talk.day
    known = {talk.customer_id for talk in material.talks}
    scored = {talk.customer_id for talk in material.talks if talk.score is not None}
    for one in material.promises:
        over = one.outcome and one.ended_on is not None and one.ended_on >= season.begins_on
        fresh = promise(one.id, "ended") not in told and one.customer_id in known
        if over and fresh and one.ended_on is not None:
            yield one.customer_id, one.ended_on
    for answer in material.answers:
        fresh = answer.day >= season.begins_on and not _rests_on(told, answer.ref)
        if fresh and (answer.customer_id in scored or answer.words is not None):
            yield answer.customer_id, answer.day


def _new_talks(season: Season, material: Material, heard: frozenset[int]) -> Iterable[Talk]:
    """Conversations since the season began; of who was not heard in it yet, their last one before, too."""
    seen = {talk.customer_id for talk in material.talks if talk.interview_id in heard}
    last = {talk.customer_id: talk for talk in material.talks if talk.day < season.begins_on}
    for talk in material.talks:
        if talk.interview_id in heard or not talk.words:
            continue
        if talk.day >= season.begins_on or (talk.customer_id not in seen and last[talk.customer_id] == talk):
            yield talk


def _new_talk(season: Season, material: Material, lead: Followed) -> Talk | None:
    found = [
        talk
        for talk in _new_talks(season, material, _talks_told(material))
        if talk.customer_id == lead.customer_id
    ]
    return found[0] if found else None


def _talks_told(material: Material) -> frozenset[int]:
    """The conversations of which an episode has told as its scene."""
    scenes = {ref.number for ref in material.told if ref.kind is Kind.TALK and ref.part == "told"}
    by_quote = {words.ref: talk.interview_id for talk in material.talks for words in talk.words}
    quoted = {by_quote[ref] for ref in material.told if ref in by_quote}
    return frozenset(number for number in scenes & quoted if number is not None)


def _rests_on(told: Iterable[Ref], ref: Ref) -> bool:
    return any(one == ref or ref in (ends_of(one) or ()) for one in told)


def _whose_turn(followed: Sequence[Followed], news: dict[int, date], history: Sequence[Episode]) -> Followed:
    """Whoever has waited longest with news; not the one of the last episode where another has some, too."""
    last = history[-1].customer_id if history else None
    waiting = [one for one in followed if one.customer_id in news]
    others = [one for one in waiting if one.customer_id != last]
    return min(others or waiting, key=lambda one: (news[one.customer_id], one.customer_id))


def _before(material: Material, lead: Followed, now: Talk | None) -> tuple[Talk, ...]:
    own = [talk for talk in material.talks if talk.customer_id == lead.customer_id]
    if now is None:
        return tuple(own)
    return tuple(talk for talk in own if (talk.day, talk.interview_id) < (now.day, now.interview_id))


def _next(season: Season, today: date) -> date | None:
    """The day on which we look again; None when the season is over by then."""
    following = today + timedelta(days=season.every_days)
    return following if following <= season.ends_on and season.state is SeasonState.RUNNING else None
