"""A search as its link says it: words and what narrows them, whatever somebody put there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from urllib.parse import urlencode

from bot.centre.filters import DARK, LIGHT, PROJECTOR, Asked
from bot.messages import search_choices
from stories.nps.counts import Band
from stories.search import asking
from stories.search.asking import WHEN, Narrowed
from stories.search.texts import Kind
from stories.text import one_line, shortened
from stories.values import dataclass

LONGEST_WORDS = 100
"""Characters of a search that are read."""

LONGEST_VALUE = 60
"""Characters of a segment or a theme that are read."""

MOST_PAGES = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is searched for: the parameters of a link, empty for everything. `page` is empty or 2 to 9."""

    q: str = ""
    kind: str = ""
    segment: str = ""
    theme: str = ""
    score: str = ""
    when: str = ""
    consent: str = ""
    page: str = ""
    look: str = ""
    view: str = ""

    @property
    def narrowed(self) -> Narrowed:
        """What the results are narrowed to."""
        return Narrowed(
            kind=self.kind,
            segment=self.segment,
            theme=self.theme,
            band=self.score,
            when=self.when,
            consent=self.consent,
        )

    @property
    def number(self) -> int:
        """The page, from 1 on."""
        return int(self.page or "1")

    @property
    def view_of_centre(self) -> Asked:
        """The centre as it looks from here."""
        return Asked(look=self.look, view=self.view)

    def everything(self) -> Sought:
        """The same words, not narrowed."""
        return Sought(q=self.q, look=self.look, view=self.view)

    def but(self, **changes: str) -> str:
        """The same search with changes, as the end of a link: "?q=ovens&when=month", or nothing."""
        said = {name: value for name, value in asdict(replace(self, **changes)).items() if value}
        return f"?{urlencode(said)}" if said else ""


def sought(query: Mapping[str, str]) -> Sought:
    """The search that a link asks for; what means nothing there is left out.

    `theme:billing` and `segment:large` among the words are what the menus then stand at.
    """
    words = shortened(one_line(query.get("q", "")), LONGEST_WORDS)
    typed, said = asking.typed(
        words, Narrowed(segment=_value(query, "segment"), theme=_value(query, "theme"))
    )
    page = query.get("page", "")
    return Sought(
        q=typed,
        kind=_one_of(query, "kind", [kind.value for kind in Kind]),
        segment=said.segment[:LONGEST_VALUE],
        theme=said.theme[:LONGEST_VALUE],
        score=_one_of(query, "score", [band.value for band in Band]),
        when=_one_of(query, "when", list(WHEN)),
        consent=_one_of(query, "consent", [value for _label, value in search_choices.consents()]),
        page=page if page in {str(number) for number in range(2, MOST_PAGES + 1)} else "",
        look=_one_of(query, "look", [LIGHT, DARK]),
        view=_one_of(query, "view", [PROJECTOR]),
    )


def _value(query: Mapping[str, str], name: str) -> str:
    return one_line(query.get(name, ""))[:LONGEST_VALUE]


def _one_of(query: Mapping[str, str], name: str, known: list[str]) -> str:
    value = query.get(name, "")
    return value if value in known else ""
