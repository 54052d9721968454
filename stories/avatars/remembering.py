"""Which reason an avatar remembers next, and with whose words: news first, then what was not heard lately."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from stories.avatars.evidence import Ref
from stories.values import dataclass

LATELY = timedelta(days=56)
"""A quote that was said in the channel is not said again for so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words with which a reason might be remembered; `told_at` is when others could first read them."""

    reason_id: int
    ref: Ref
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What was chosen; `new` where it is evidence that came since the project began."""

    reason_id: int
    ref: Ref
    new: bool


def choose(
    candidates: Sequence[Candidate], last_said: Mapping[Ref, datetime], *, since: datetime, now: datetime
) -> Remembered | None:
    """What to remember at this moment; None when there is nothing new to say.

    `last_said` is when each quote was last said here, `since` when the project began: what came
    later and was never said is news. A reason that was not heard for longest comes before the others.
    """
    fit = [one for one in candidates if _unheard(one, last_said, now)]
    if not fit:
        return None
    heard: dict[int, datetime] = {}
    for one in candidates:
        if one.ref in last_said:
            latest = heard.get(one.reason_id, last_said[one.ref])
            heard[one.reason_id] = max(latest, last_said[one.ref])

    def order(one: Candidate) -> tuple[bool, bool, float, float, Ref]:
        reason, quote = heard.get(one.reason_id), last_said.get(one.ref)
        return (
            not _is_new(one, last_said, since),
            reason is not None,
            reason.timestamp() if reason else 0.0,
            quote.timestamp() if quote else 0.0,
            one.ref,
        )

    first = min(fit, key=order)
    return Remembered(reason_id=first.reason_id, ref=first.ref, new=_is_new(first, last_said, since))


def _unheard(one: Candidate, last_said: Mapping[Ref, datetime], now: datetime) -> bool:
    said = last_said.get(one.ref)
    return said is None or now - said >= LATELY


def _is_new(one: Candidate, last_said: Mapping[Ref, datetime], since: datetime) -> bool:
    return one.told_at > since and one.ref not in last_said
