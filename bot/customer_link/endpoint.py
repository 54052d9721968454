"""/your-words/SECRET: a customer's own page, and its forms. One answer for all links that open nothing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from urllib.parse import parse_qs

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.customer_link import acting
from bot.customer_link.drawing import Done, Drawing, Typed
from bot.customer_link.reading import Page, page_of
from bot.customer_link.secret import PATH, Secret, as_typed
from bot.desk import Desk
from storage import customer_links
from storage.customer_links import Link
from stories.errors import UserError

log = logging.getLogger(__name__)

LARGEST_BODY = 500_000
"""Bytes of a form: far more than fits, so that somebody who wrote too much is told by how much."""

MOST_FIELDS = 12
PATIENCE_SECONDS = 10
_FORM = "application/x-www-form-urlencoded"
_UNWELL = (SQLAlchemyError, TimeoutError, OSError)


def link_routes(desk: Desk) -> list[Route]:
    """The page; none where nobody has said at which address browsers reach us."""
    if desk.settings.firsthand_address is None:
        return []
    endpoint = _Endpoint(desk)
    return [Route(PATH + "{token:path}", endpoint.answer, methods=["GET", "POST"])]


class _Endpoint:
    def __init__(self, desk: Desk) -> None:
        self._desk, self._drawing = desk, Drawing()

    async def answer(self, request: Request) -> Response:
        """The page, what became of a form on it, or that there is nothing here."""
        secret = as_typed(request.path_params["token"])
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if request.method == "POST":
                    return await self._act(request, secret)
                return await self._show(secret, Done.of(request.query_params.get("done", "")))
        except ClientDisconnect:
            return Response(status_code=400)
        except _UNWELL:
            # Never with the address in it: that is the key.
            log.exception("a customer's page could not be answered")
            return self._drawing.unwell()

    async def _show(
        self, secret: Secret, done: Done | None = None, *, typed: Typed | None = None, status: int = 200
    ) -> Response:
        now = self._desk.now()
        async with self._desk.read() as session:
            link = await customer_links.check(session, secret.public_id, secret.secret, now)
            page = await page_of(session, link, now) if link else None
        if link is None or page is None:
            return self._drawing.nothing()
        if link.opened_at is None:
            await self._opened(link)
        return self._drawing.page(page, secret, done=done, typed=typed, status=status)

    async def _opened(self, link: Link) -> None:
        async with self._desk.database.begin() as session:
            await customer_links.opened(session, link.workspace_id, link.id, now=self._desk.now())

    async def _act(self, request: Request, secret: Secret) -> Response:
        given = await _form(request)
        if given is None or not secret.made(given.get("form", "")) or _from_elsewhere(request):
            # Asked for before the link is, so that a form says nothing of whether there is one.
            return self._drawing.nothing()
        try:
            done = await self._done(secret, given)
        except UserError as refused:
            said = Typed(
                mark=given.get("quote", ""),
                words=given.get("words", ""),
                hide="hide" in given,
                said=refused.message,
                beside=refused.field is not None,
            )
            return await self._show(secret, typed=said, status=422)
        if done is None:
            return self._drawing.nothing()
        self._desk.wake_outbox()
        there = f"{PATH}{secret.public_id}.{secret.secret}?done={done.value}"
        return RedirectResponse(there, status_code=303, headers=self._drawing.headers())

    async def _done(self, secret: Secret, given: Mapping[str, str]) -> Done | None:
        """Do what the form asks; None for a link that opens nothing, or a form of somebody else's making."""
        now = self._desk.now()
        async with self._desk.database.begin() as session:
            link = await customer_links.check(session, secret.public_id, secret.secret, now)
            if link is None:
                return None
            if given.get("act") == "correct":
                page: Page | None = await page_of(session, link, now)
                mark = given.get("quote", "")
                if page is None or mark not in {quote.mark for quote in page.quotes}:
                    mark = ""
                words, hide = given.get("words", ""), "hide" in given
                await acting.suggest(session, link, mark=mark, typed=words, hide=hide, now=now)
                return Done.HELD if hide else Done.CORRECTED
            if given.get("act") == "withdraw" and "sure" in given:
                await acting.withdraw(session, link, now=now)
                return Done.WITHDRAWN
            if given.get("act") == "withdraw_all" and "sure" in given:
                await acting.withdraw_all(session, link, now=now)
                return Done.WITHDRAWN_ALL
        raise UserError(self._drawing.not_sure())


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form; None for a body that is none, or larger than any of ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return None
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > LARGEST_BODY:
            return None
    try:
        fields = parse_qs(held.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    return {name: values[-1] for name, values in fields.items()}


def _from_elsewhere(request: Request) -> bool:
    """Whether a browser says that the form was sent from another site's page."""
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
