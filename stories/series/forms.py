"""Forms of words: several for each thing that is said, and a choice that does not repeat itself."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from stories.series.episodes import Episode, Sentence
from stories.series.sources import Source
from stories.values import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a thing, with named places to fill in. `key` is its group and its number: "met.3"."""

    key: str
    words: str


def forms(group: str, *words: str) -> tuple[Form, ...]:
    """The ways to say one thing, numbered in their order: a new one is added at the end."""
    return tuple(Form(f"{group}.{number}", one) for number, one in enumerate(words, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """Chooses forms for one episode: the same ones each time it is woven from the same things.

    `used` are the forms of the episodes before, the oldest first. What was never used comes first, then what
    was used longest ago; `seed` decides among equals. `plainest` takes the first form always: the fixed
    template that the woven episodes are compared with.
    """

    seed: str
    used: tuple[str, ...] = ()
    plainest: bool = False

    def choose(self, ways: Sequence[Form]) -> Form:
        """One of these ways. Raises ValueError for none."""
        if not ways:
            raise ValueError("there is no form of words to choose from")
        if self.plainest:
            return ways[0]
        last = {key: place for place, key in enumerate(self.used)}
        return min(ways, key=lambda one: (last.get(one.key, -1), crc32(f"{self.seed}/{one.key}".encode())))

    def say(
        self, ways: Sequence[Form], source: Source, customer_id: int | None = None, /, **values: str
    ) -> Sentence:
        """A sentence in one of these ways, resting on this source, with the places filled in."""
        form = self.choose(ways)
        return Sentence(
            text=sentence_of(form.words.format(**values)),
            source=source,
            customer_id=customer_id,
            form=form.key,
        )


def chooser(season_id: int, number: int, history: Sequence[Episode], *, plainest: bool = False) -> Chooser:
    """What chooses the forms of a season's episode with this number, after these."""
    used = tuple(one.form for episode in history for one in episode.sentences() if one.form)
    return Chooser(seed=f"{season_id}.{number}", used=used, plainest=plainest)


def sentence_of(words: str) -> str:
    """The words as a sentence: its first letter a capital, on one line."""
    flat = " ".join(words.split())
    return flat[:1].upper() + flat[1:]
