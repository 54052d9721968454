"""What a page of results is drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.centre.search_asked import LONGEST_VALUE
from bot.centre.searching import Hits
from bot.messages import nps_words, search_choices
from bot.search import EVERYTHING
from stories.folding import fold
from stories.nps.counts import Band
from stories.search.texts import Kind
from stories.text import one_line

MOST_OFFERED = 100
"""Values of a menu beyond which nobody finds theirs."""


def told(hits: Hits) -> dict[str, Any]:
    """What the template takes: the results, and what each menu offers as label and value."""
    kinds = search_choices.kinds()
    own = Kind.INTERVIEW.value
    return {
        "hits": hits,
        "asked": hits.sought.view_of_centre,
        "everything": EVERYTHING,
        "folded": fold,
        "kinds": [one for one in kinds if one[1] != own] if hits.on_a_wall else kinds,
        "segments": _offered(hits.offered.segments),
        "themes": _offered(hits.offered.themes),
        "scores": [(nps_words.band_of_one(band), band.value) for band in Band],
        "times": search_choices.times(),
        "consents": search_choices.consents(),
    }


def _offered(values: Sequence[str]) -> list[tuple[str, str]]:
    """Values as a menu offers them: those that a link can hold, each once, in any case of letters."""
    said: dict[str, str] = {}
    for one in map(one_line, values):
        if 0 < len(one) <= LONGEST_VALUE:
            said.setdefault(fold(one), one)
    return [(one, one) for one in said.values()][:MOST_OFFERED]
