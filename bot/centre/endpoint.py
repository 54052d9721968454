"""/centre: the page, its parts, its search, its screens, and the way in and out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.centre.filters import Asked, asked_of
from bot.centre.gathering import gather_centre
from bot.centre.page import HEADERS, STATIC, Drawing
from bot.centre.projects import OpenChannels
from bot.centre.search_asked import Sought, sought
from bot.centre.searching import find
from bot.centre.signing_in import BACK, Attempt, Refused, SignIn, SlackAway
from bot.centre.viewers import PATH, SIGNED_IN_FOR, Door
from bot.desk import Desk
from bot.series.page import gather_series

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 10
A_SCREENS_COOKIE = timedelta(days=400)
"""As long as browsers keep one; the link itself ends sooner."""

ATTEMPT_LASTS = timedelta(minutes=10)
LARGEST_FORM = 1_000

SEARCH, TO_SEARCH = "/search", "search"
"""Where searches are answered; and what says in a link to sign in that it leads back to one."""

Answering = Callable[[Request], Awaitable[Response]]
_UNWELL = (SQLAlchemyError, SlackApiError, aiohttp.ClientError, TimeoutError, OSError)


def centre_routes(desk: Desk) -> list[Route]:
    """The centre; none where nobody has said at which address browsers reach us."""
    if desk.settings.firsthand_address is None:
        return []
    here = _Centre(desk)
    routes: list[tuple[str, Answering, str]] = [
        (PATH, here.page, "GET"),
        (f"{PATH}/parts", here.parts, "GET"),
        (f"{PATH}{SEARCH}", here.search, "GET"),
        (f"{PATH}/series", here.series, "GET"),
        (f"{PATH}/screen/{{token:path}}", here.screen, "GET"),
        (f"{PATH}/sign-in", here.sign_in, "GET"),
        (BACK, here.signed_in, "GET"),
        (f"{PATH}/sign-out", here.sign_out, "POST"),
        (f"{STATIC}{{name}}", here.file, "GET"),
    ]
    return [Route(path, here.answering(act), methods=[method]) for path, act, method in routes]


class _Centre:
    def __init__(self, desk: Desk) -> None:
        self._desk, self._door, self._drawing = desk, Door(desk), Drawing()
        self._sign_in, self._channels = SignIn(desk.settings), OpenChannels()
        self._attempt = f"{self._door.cookie}-sign-in"

    def answering(self, act: Answering) -> Answering:
        """The same, with an answer also for when the database or Slack does not give one."""

        async def answer(request: Request) -> Response:
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    return await act(request)
            except ClientDisconnect:
                return Response(status_code=400)
            except _UNWELL:
                # Never with the address in it: a screen's is its key.
                log.exception("the centre could not be shown")
                return self._stranger("away", 503)

        return answer

    async def page(self, request: Request) -> Response:
        """The centre, or the way in."""
        viewer = await self._door.viewer(request)
        asked = asked_of(request.query_params)
        if viewer is None:
            return self._stranger("welcome", 401, query=asked.but())
        centre = await gather_centre(self._desk, viewer, asked, self._channels)
        return self._drawing.page(centre, can_sign_in=self._sign_in.is_possible)

    async def parts(self, request: Request) -> Response:
        """What changes on a page that stands."""
        viewer = await self._door.viewer(request)
        if viewer is None:
            return self._stranger("welcome", 401)
        asked = asked_of(request.query_params)
        return self._drawing.parts(await gather_centre(self._desk, viewer, asked, self._channels))

    async def search(self, request: Request) -> Response:
        """What whoever looks may see of what they search for."""
        viewer = await self._door.viewer(request)
        wanted = sought(request.query_params)
        if viewer is None:
            on_to = f"?to={TO_SEARCH}&{wanted.but().removeprefix('?')}"
            return self._stranger("welcome", 401, query=on_to)
        return self._drawing.found(await find(self._desk, viewer, wanted))

    async def series(self, request: Request) -> Response:
        """A season from its first episode on, for a person; a screen does not turn pages."""
        viewer = await self._door.viewer(request)
        if viewer is None or viewer.is_screen:
            return self._stranger("welcome", 401)
        told = await gather_series(self._desk, viewer, request.query_params.get("season", ""))
        return self._drawing.series(told, asked_of(request.query_params))

    async def screen(self, request: Request) -> Response:
        """Let a screen in by its link, and take the key out of its address."""
        held = await self._door.open_screen(request.path_params["token"])
        if held is None:
            return self._stranger("screen", 404)
        answer = self._on_to(asked_of(request.query_params))
        self._door.remember(answer, held, lasts=A_SCREENS_COOKIE)
        return answer

    async def sign_in(self, request: Request) -> Response:
        """Ask Slack who this is."""
        if not self._sign_in.is_possible:
            return self._stranger("welcome", 404)
        attempt = Attempt.new()
        answer = RedirectResponse(self._sign_in.question(attempt), status_code=303, headers=HEADERS)
        held = f"{attempt.state}.{attempt.nonce}.{_wanted(request.query_params)}"
        self._door.remember(answer, held, name=self._attempt, lasts=ATTEMPT_LASTS)
        return answer

    async def signed_in(self, request: Request) -> Response:
        """Slack led somebody back."""
        state, _dot, rest = request.cookies.get(self._attempt, "").partition(".")
        nonce, _dot, query = rest.partition(".")
        attempt = Attempt(state, nonce)
        answer = await self._come_back(request, attempt, query)
        self._door.remember(answer, "", name=self._attempt, lasts=ATTEMPT_LASTS)
        return answer

    async def _come_back(self, request: Request, attempt: Attempt, query: str) -> Response:
        told = request.query_params
        if told.get("error") or not attempt.fits(told.get("state", "")):
            return self._stranger("failed", 400)
        try:
            who = await self._sign_in.who(told.get("code", ""), attempt)
        except Refused as refused:
            log.warning("nobody was signed in: %s", refused)
            return self._stranger("failed", 400)
        except SlackAway:
            return self._stranger("away", 503)
        held = await self._door.sign_in(who.workspace_id, who.user_id)
        if held is None:
            return self._stranger("closed", 403)
        # What a cookie holds is read as what a link holds is: somebody may have written it.
        path, _mark, query = query.partition("?")
        wanted = dict(parse_qsl(query))
        answer = self._on_to(asked_of(wanted)) if path != SEARCH else self._on_to(sought(wanted), SEARCH)
        self._door.remember(answer, held, lasts=SIGNED_IN_FOR)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """Forget this browser, or all of a person's."""
        if self._is_from_elsewhere(request):
            return self._stranger("failed", 403)
        everywhere = "everywhere" in parse_qs(await _beginning(request))
        await self._door.sign_out(request, everywhere=everywhere)
        answer = self._on_to(Asked())
        self._door.remember(answer, "", lasts=timedelta())
        return answer

    async def file(self, request: Request) -> Response:
        """The page's own style and script."""
        return self._drawing.file(request.path_params["name"]) or self._stranger("screen", 404)

    def _on_to(self, asked: Asked | Sought, path: str = "") -> Response:
        return RedirectResponse(f"{PATH}{path}{asked.but()}", status_code=303, headers=HEADERS)

    def _stranger(self, why: str, status: int, *, query: str = "") -> Response:
        possible = self._sign_in.is_possible
        return self._drawing.stranger(why, status, can_sign_in=possible, query=query)

    def _is_from_elsewhere(self, request: Request) -> bool:
        """Whether a browser says that another site's page sent a form."""
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            # Where it is told, the origin is not: our pages tell nobody where somebody comes from.
            return site not in ("same-origin", "none")
        own = urlsplit(self._desk.settings.firsthand_address or "")
        ours = f"{own.scheme}://{own.netloc}"
        return request.headers.get("origin", ours) != ours


def _wanted(query: Mapping[str, str]) -> str:
    """Where somebody who signs in goes on to, below the centre's own path."""
    return f"{SEARCH}{sought(query).but()}" if query.get("to") == TO_SEARCH else asked_of(query).but()


async def _beginning(request: Request) -> str:
    """As much of a body as any form of ours has."""
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) >= LARGEST_FORM:
            break
    return held[:LARGEST_FORM].decode("ascii", "replace")
