"""What one episode is woven from: whose it is, what is new of them, and what was told before."""

from __future__ import annotations

from datetime import date

from stories.language import _
from stories.series.episodes import Episode, Sentence, Shape
from stories.series.forms import Chooser
from stories.series.material import Answered, Material, Promised, Talk, Words
from stories.series.seasons import Followed, Season
from stories.series.sources import Ref, talk
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """An episode before it has words.

    `lead` is whom it is about and `now` their newest conversation that no episode has told (None when
    something else is new). `before` are their talks until then, the oldest first; `history` the season's
    episodes so far, the oldest first. `shape` says how it is told, `next_on` when we look again.
    """

    season: Season
    number: int
    lead: Followed
    now: Talk | None
    before: tuple[Talk, ...]
    material: Material
    history: tuple[Episode, ...]
    shape: Shape
    today: date
    next_on: date | None
    choose: Chooser

    @property
    def who(self) -> str:
        """What the lead is called within a sentence."""
        return self.lead.in_sentence

    def called(self, customer_id: int) -> str:
        """What somebody in the season is called within a sentence."""
        return next((one.in_sentence for one in self.material.followed if one.customer_id == customer_id), "")

    def said_before(self, ref: Ref) -> bool:
        """Whether an episode has told this already."""
        return ref in self.material.told

    def said_last_time(self, ref: Ref) -> bool:
        """Whether the last episode rests on this."""
        return bool(self.history) and any(one.source == ref for one in self.history[-1].sentences())

    def promises(self) -> tuple[Promised, ...]:
        """What was promised to the lead, the newest first."""
        own = [one for one in self.material.promises if one.customer_id == self.lead.customer_id]
        return tuple(sorted(own, key=lambda one: (one.made_on, one.id), reverse=True))

    def answers(self) -> tuple[Answered, ...]:
        """What the lead answered in surveys, the oldest first."""
        return tuple(one for one in self.material.answers if one.customer_id == self.lead.customer_id)

    def others(self) -> tuple[Talk, ...]:
        """The conversations of everybody else, the newest first, none later than this episode's."""
        day = self.now.day if self.now is not None else self.today
        found = [
            one for one in self.material.talks if one.customer_id != self.lead.customer_id and one.day <= day
        ]
        return tuple(sorted(found, key=lambda one: (one.day, one.interview_id), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Which words each part of an episode takes, so that none stands in it twice.

    `scene` are the lead's words of now, in the order in which they were said; `turn` the ones in which it
    turns, `open` those that leave something open: both None where there are none.
    """

    scene: tuple[Words, ...] = ()
    turn: Words | None = None
    open: Words | None = None


def spoken(words: Words, customer_id: int) -> Sentence:
    """A customer's own words, to the letter."""
    return Sentence(text=words.text, source=words.ref, customer_id=customer_id)


def held(one: Talk) -> Ref:
    """That a conversation was held: when, how, with whom."""
    return talk(one.interview_id, "told")


def quoted(words: str) -> str:
    """Words in quotation marks, as they are put around what somebody said."""
    return _("“{words}”").format(words=words)
