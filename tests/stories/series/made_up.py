"""A made-up season: Maya, who closes a bakery's books on Sunday evenings, and Tom, who drives a van."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from stories.interviews import How
from stories.series.episodes import AT_FIRST, Episode, NoEpisode
from stories.series.lines import lines_of
from stories.series.material import Material, Promised, Talk, Words
from stories.series.seasons import Followed, Season, SeasonState
from stories.series.sources import Line, Ref, quote
from stories.series.voices import Voice
from stories.series.weaving import weave

OPENED = datetime(2026, 1, 5, 9, tzinfo=UTC)
MAYA, TOM = 1, 2


def followed(customer_id: int, who: str, segment: str = "") -> Followed:
    """Somebody who agreed."""
    named = not who.startswith("the ")
    return Followed(
        customer_id=customer_id, who=who, segment=segment, added_at=OPENED, named=named, agreed=True
    )


BOTH = (followed(MAYA, "Maya Ortega", "Bakeries"), followed(TOM, "the courier"))

SEASON = Season(
    id=7,
    number=1,
    title="A year on the other side of the invoice",
    state=SeasonState.RUNNING,
    begins_on=date(2026, 1, 5),
    ends_on=date(2026, 12, 18),
    every_days=14,
    next_on=date(2026, 1, 19),
    shape=AT_FIRST,
    opened_at=OPENED,
    opened_by="U0EDITOR",
    began_with=2,
    followed=BOTH,
)


def talk(number: int, customer_id: int, day: date, *said: str, **more: object) -> Talk:
    """A conversation with these words of theirs; their quotes are numbered after it."""
    words = tuple(Words(ref=quote(number * 10 + at), text=text, day=day) for at, text in enumerate(said))
    plain = Talk(
        interview_id=number,
        customer_id=customer_id,
        day=day,
        how=How.CALL,
        author_id="U0ANA",
        title="",
        trying_to="",
        happened="",
        meaning="",
        themes=(),
        score=None,
        words=words,
        called=next(one.who for one in BOTH if one.customer_id == customer_id),
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # fields of a talk


SUNDAYS = talk(
    1,
    MAYA,
    date(2026, 1, 12),
    "I close the month on Sunday evening because the export never balances on Friday.",
    "My daughter asked me why I love the laptop more than dinner.",
    "At first I blamed my accountant, but the numbers were wrong before they reached her.",
    "We struggle with two different totals for every single week.",
    title="The Sunday evening export",
    trying_to="Close the month before Friday",
    happened="Maya Ortega, a bookkeeper at a bakery with four shops, showed us the export.",
    themes=("Exports",),
    score=4,
)
VAN = talk(
    2,
    TOM,
    date(2026, 2, 9),
    "I struggle with the map when there is no signal in the garage.",
    "I printed every address on paper until the new list came.",
    "My van is my office and it has no printer.",
    how=How.VISIT,
)
FRIDAYS = talk(
    3,
    MAYA,
    date(2026, 3, 16),
    "I closed the month on a Friday for the first time in three years.",
    "But I still check every total by hand because I do not trust it yet.",
    "I want to show the shop managers their own numbers on Mondays.",
    score=8,
)
FORM = Promised(
    id=5,
    interview_id=1,
    customer_id=MAYA,
    owner_id="U0ANA",
    what="Send her the new export that shows both totals.",
    made_on=date(2026, 1, 12),
    due_on=date(2026, 2, 27),
)
KEPT = replace(FORM, outcome="done", closing="The export now shows both totals.", ended_on=date(2026, 2, 20))
FIRST = Material(followed=BOTH, talks=(SUNDAYS,), promises=(FORM,))


def woven(material: Material, *history: Episode, today: date, **more: object) -> Episode:
    """The next episode, of which there has to be one."""
    found = weave(SEASON, material, history, today=today, **more)  # type: ignore[arg-type]  # weave's own
    assert not isinstance(found, NoEpisode), found
    return found


def told(material: Material, *episodes: Episode) -> Material:
    """The same once these were published."""
    refs = {one.source for each in episodes for one in each.sentences() if isinstance(one.source, Ref)}
    return replace(material, told=frozenset(refs))


def lines(material: Material, *episodes: Episode) -> dict[Ref, Line]:
    """What the sources of these episodes say."""
    refs = {one.source for each in episodes for one in each.sentences() if isinstance(one.source, Ref)}
    return lines_of(SEASON, material, voices().values(), refs)


def voices() -> dict[int, Voice]:
    """Both as they may be told of."""
    return {
        one.customer_id: Voice(
            customer_id=one.customer_id, who=one.who, named=True, segment=one.segment, talks=(), safe={}
        )
        for one in BOTH
    }
