"""What this process keeps of people's words to be quicker goes with those who are erased, within seconds."""

from __future__ import annotations

from collections.abc import Callable

from bot.avatars import asking
from bot.desk import Desk
from storage import search_due
from stories import hiding, name_forms, names
from stories.company_forms import company_forms

KEPT: tuple[Callable[[], None], ...] = (
    asking.let_go,
    hiding.let_go,
    names.let_go,
    name_forms.let_go,
    company_forms.cache_clear,
)
"""What lets go of words and names; it is read in again from what stands."""


class Memories:
    """Whether an erasure began or ended since this process looked last."""

    def __init__(self) -> None:
        self._erasures: tuple[int, int] | None = None

    async def let_erased_go(self, desk: Desk) -> None:
        """Forget all words, and the search's signs of those workspaces, once an erasure began or ended."""
        async with desk.read() as session:
            erasures = await search_due.erasures_anywhere(session)
        if erasures == self._erasures:
            return
        await desk.shelves.let_erased_go(desk.database)
        for let_go in KEPT:
            let_go()
        self._erasures = erasures
