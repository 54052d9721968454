"""Drawing the centre: server-side, with a style and a script of our own and nothing from anywhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader
from starlette.responses import HTMLResponse, Response

from bot.centre import filters, found
from bot.centre.chart import HEIGHT, WIDTH, Chart, chart
from bot.centre.searching import Hits
from bot.centre.values import Centre
from bot.centre.viewers import PATH
from bot.messages import nps_summary, nps_words
from bot.messages.dates import day
from bot.series.page import Told
from bot.web_templates import templates
from stories.languages import KNOWN, language_name
from stories.nps.change import Verdict
from stories.nps.counts import shares
from stories.nps.grammar.tongues import in_own_words
from stories.speaking import clock, number
from stories.text import shortened

STATIC = f"{PATH}/static/"
_KINDS = {
    "centre.css": "text/css; charset=utf-8",
    "centre.js": "text/javascript; charset=utf-8",
    "centre.svg": "image/svg+xml",
}
_A_YEAR = "public, max-age=31536000, immutable"

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""What goes with every answer: nothing foreign loads, nothing is kept, framed or told to anybody."""


class Drawing:
    """Draws the centre's pages. What comes from outside is escaped."""

    def page(self, centre: Centre, *, can_sign_in: bool) -> Response:
        """The whole page."""
        return self._answer("page.html.j2", 200, can_sign_in=can_sign_in, **self._told(centre))

    def parts(self, centre: Centre) -> Response:
        """What changes on it, alone: a page that stands fetches it."""
        return self._answer("parts.html.j2", 200, **self._told(centre))

    def found(self, hits: Hits) -> Response:
        """What a search found."""
        return self._answer("found.html.j2", 200, **found.told(hits))

    def series(self, told: Told, asked: filters.Asked) -> Response:
        """A season of the series."""
        return self._answer("series.html.j2", 200, told=told, asked=asked)

    def stranger(self, why: str, status: int, *, can_sign_in: bool, query: str = "") -> Response:
        """For whoever may not look: `why` is "welcome", "closed", "failed", "away" or "screen".

        `query` is the end of the link that leads on to what was asked for, once somebody signed in.
        """
        return self._answer(
            "stranger.html.j2", status, why=why, can_sign_in=can_sign_in, query=query, asked=filters.Asked()
        )

    def file(self, name: str) -> Response | None:
        """A file of the page's own, under the name that stands in the page; None for any other."""
        for plain, held in self._files.items():
            if name == held[0]:
                headers = {**HEADERS, "cache-control": _A_YEAR}
                return Response(held[1], media_type=_KINDS[plain], headers=headers)
        return None

    def _told(self, centre: Centre) -> dict[str, Any]:
        facts = centre.facts
        group = facts.groups[0] if facts.groups else None
        known = facts.vocabulary
        drawn: Chart | None = chart(facts.points)
        return {
            "centre": centre,
            "asked": centre.asked,
            "viewer": centre.viewer,
            "group": group,
            "chart": drawn,
            "shares": shares(group.counts) if group and group.counts else None,
            "clock": clock(centre.at.astimezone(ZoneInfo(facts.settings.time_zone)).time()),
            "segments": tuple(filters.values_of(known)),
            "products": known.segments.get(filters.product_of(known), ()),
            "periods": filters.usual_periods(),
            "usual": in_own_words(facts.question.period.words),
            "languages": sorted(((code, language_name(code)) for code in KNOWN), key=itemgetter(1)),
        }

    def _answer(self, template: str, status: int, **told: Any) -> Response:
        drawn = self._templates.get_template(template).render(told)
        return HTMLResponse(drawn, status_code=status, headers=HEADERS)

    @cached_property
    def _files(self) -> Mapping[str, tuple[str, bytes]]:
        found = {}
        for plain in _KINDS:
            content = (files("bot.centre") / "static" / plain).read_bytes()
            stem, _dot, kind = plain.partition(".")
            found[plain] = (f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{kind}", content)
        return found

    @cached_property
    def _templates(self) -> Environment:
        made = templates(PackageLoader("bot.centre", "templates"))
        made.globals |= {
            "day": day,
            "number": number,
            "path": PATH,
            "Verdict": Verdict,
            "picture": {"width": WIDTH, "height": HEIGHT},
            "file": lambda name: f"{STATIC}{self._files[name][0]}",
            "nps": nps_words,
            "summary": nps_summary,
        }
        made.filters["short"] = shortened
        return made
