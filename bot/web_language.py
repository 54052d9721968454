"""Pages in the language that a browser asks for; whoever signed in is spoken to as in Slack."""

from __future__ import annotations

from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from stories.catalogues import best_for
from stories.language import ENGLISH, speak

MOST_ASKED = 20
"""Languages of a header that are looked at; browsers send a handful."""


class AsAsked:
    """ASGI middleware: everything in a request is said in the best language of its Accept-Language."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http":
            speak(asked_for(Headers(scope=scope).get("accept-language", "")))
        await self._app(scope, receive, send)


def asked_for(header: str) -> str:
    """The most wanted language of an Accept-Language that we have ("de-AT"); English where there is none."""
    wanted = []
    for place, part in enumerate(header.split(",")[:MOST_ASKED]):
        tag, _semicolon, weight = part.strip().partition(";")
        wanted.append((-_weight(weight), place, tag.strip()))
    return next((tag for weight, _place, tag in sorted(wanted) if weight < 0 and best_for(tag)), ENGLISH)


def apart(text: str) -> Markup:
    """Somebody's words within a sentence of ours on a page, in their own direction; escaped."""
    return Markup("<bdi>{}</bdi>").format(text)


def _weight(said: str) -> float:
    """How much a language is wanted, by its "q=0.8"; as much as can be where nothing is said."""
    name, _equals, number = said.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return min(max(float(number), 0.0), 1.0)
    except ValueError:
        return 0.0
