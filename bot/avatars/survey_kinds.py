"""What kind of customer wrote a survey's comment, as far as there are enough of them to hide among."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from storage import nps_counts, nps_settings
from storage.avatar_comments import Comment
from storage.nps_segments import fold

LIKELY = ("segment", "kind", "customer type", "kind of customer")
"""What a property of answers is called that tells kinds of customers apart, the likeliest first."""

_EVER = (date(1990, 1, 1), date(9999, 12, 30))


async def kinds_of(
    session: AsyncSession, workspace_id: str, comments: Sequence[Comment], *, segment: str = ""
) -> tuple[str, ...]:
    """For each comment the kind of its customer: `segment` where they are of it, "" where it is not told.

    Without a segment it is what the answer's property says that tells kinds apart. Kinds of whom fewer
    answered than a group needs to be shown are not told.
    """
    if not comments:
        return ()
    fewest = (await nps_settings.get(session, workspace_id)).smallest_group
    said = [_property(one, segment) for one in comments]
    many = {
        name: await nps_counts.by(session, workspace_id, name, {}, *_EVER)
        for name in {pair[0] for pair in said if pair}
    }
    return tuple(
        pair[1] if pair and (counts := many[pair[0]].get(pair[1])) and counts.n >= fewest else ""
        for pair in said
    )


def _property(one: Comment, segment: str) -> tuple[str, str] | None:
    """The property and its value that tell what kind of customer this is."""
    if segment:
        pairs = (pair for pair in one.properties.items() if fold(pair[1]) == fold(segment))
    else:
        named = {fold(name): (name, value) for name, value in one.properties.items()}
        pairs = (named[name] for name in LIKELY if name in named)
    return next(pairs, None)
