"""Drawing a customer's page: no script in it, nothing loaded, nothing that leads a browser to tell of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.customer_link.reading import Page
from bot.customer_link.secret import Secret
from bot.messages.dates import day
from bot.web_templates import templates
from stories.consent import Purpose
from stories.forms import LONGEST
from stories.language import _
from stories.values import dataclass


class Done(StrEnum):
    """What a customer just did, told above their page."""

    CORRECTED = "corrected"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_ALL = "withdrawn_all"

    @classmethod
    def of(cls, typed: str) -> Done | None:
        """What an address says was done; None for anything else that somebody put there."""
        return cls(typed) if typed in set(cls) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A form that could not be taken: what stood in it, and why, `beside` the quote or above the page."""

    mark: str
    words: str
    hide: bool
    said: str
    beside: bool


class Drawing:
    """Draws the page. What comes from outside is escaped."""

    def page(
        self, page: Page, secret: Secret, *, done: Done | None, typed: Typed | None, status: int
    ) -> Response:
        """The customer's page."""
        told = {
            "page": page,
            "done": done,
            "typed": typed,
            "mark": secret.form_mark(),
            "purpose": Purpose,
            "day": day,
            "most": LONGEST["quote"],
        }
        return self._answer("page.html.j2", status, **told)

    def nothing(self) -> Response:
        """For every link that opens nothing, whyever."""
        return self._answer("nothing.html.j2", 404)

    def unwell(self) -> Response:
        """When the database does not answer."""
        return self._answer("unwell.html.j2", 503)

    def not_sure(self) -> str:
        """What somebody hears who did not tick that they mean it."""
        return _("Nothing was changed. Please tick the box first, so that nothing is taken back by accident.")

    def headers(self) -> Mapping[str, str]:
        """What goes with every answer: not kept, not found by search engines, told to nobody."""
        style = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        return {
            "content-security-policy": (
                f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'self'; "
                "frame-ancestors 'none'"
            ),
            "referrer-policy": "no-referrer",
            "x-robots-tag": "noindex, nofollow, noarchive",
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "cross-origin-opener-policy": "same-origin",
            "cache-control": "no-store",
        }

    def _answer(self, template: str, status: int, **told: Any) -> Response:
        style = Markup(self._style)  # noqa: S704 our own files
        drawn = self._templates.get_template(template).render(style=style, **told)
        return HTMLResponse(drawn, status_code=status, headers=dict(self.headers()))

    @cached_property
    def _style(self) -> str:
        frame = (files("bot.installing.pages") / "pages.css").read_text("utf-8")
        return frame + (files("bot.customer_link.pages") / "forms.css").read_text("utf-8")

    @cached_property
    def _templates(self) -> Environment:
        places = (("bot.customer_link", "pages"), ("bot.installing", "pages"))
        return templates(ChoiceLoader([PackageLoader(*place) for place in places]))
