"""POST /api/v1/nps/answers, …/nps/figures and …/accounts: a batch from a system that has a key."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.accounts.pushing import read_accounts
from bot.desk import Desk
from bot.nps.pushing.figures import read_figures
from bot.nps.pushing.openapi import OPENAPI
from bot.nps.pushing.reading import BadRequest, read_batch
from bot.pacing import Pace
from bot.refusing import Refusal, answered, body_of, hold_pace
from bot.rota import pushing
from storage import account_intake, nps_answers, nps_figures, nps_keys, nps_settings
from storage.nps_keys import Key, Push

PATH = "/api/v1/nps/answers"
FIGURES_PATH = "/api/v1/nps/figures"
ACCOUNTS_PATH = "/api/v1/accounts"
LONGEST_IDEMPOTENCY_KEY = 200
MOST_A_MINUTE = 120
"""Requests of one key within a minute."""


Take = Callable[[AsyncSession, Key, bytes, datetime], Awaitable[dict[str, Any]]]
"""Keeps a body’s entries and tells what became of them. Raises BadRequest for a body that is no batch."""


def push_routes(desk: Desk, pace: Pace | None = None) -> list[Route]:
    """The endpoints, which share each key's pace, and the document that describes them."""
    shared = pace or Pace(MOST_A_MINUTE)
    answers, figures = _Endpoint(desk, shared, _keep_answers), _Endpoint(desk, shared, _keep_figures)
    contacts = _Endpoint(desk, shared, pushing.keep_contacts)
    accounts = _Endpoint(desk, shared, _keep_accounts)

    async def described(_: Request) -> Response:
        return JSONResponse(OPENAPI)

    return [
        Route(PATH, answers.answer, methods=["POST"]),
        Route(FIGURES_PATH, figures.answer, methods=["POST"]),
        Route(pushing.PATH, contacts.answer, methods=["POST"]),
        Route(ACCOUNTS_PATH, accounts.answer, methods=["POST"]),
        Route("/api/v1/openapi.json", described, methods=["GET"]),
    ]


class _Endpoint:
    def __init__(self, desk: Desk, pace: Pace, take: Take) -> None:
        self._desk, self._pace, self._take = desk, pace, take

    async def answer(self, request: Request) -> Response:
        return await answered(self._heard(request), "what was pushed")

    async def _heard(self, request: Request) -> Response:
        key = await self._key(request)
        return await self._taken(request, key, await body_of(request, "; send fewer at once"))

    async def _key(self, request: Request) -> Key:
        scheme, _, presented = request.headers.get("authorization", "").partition(" ")
        key = None
        if scheme.lower() == "bearer":
            async with self._desk.read() as session:
                key = await nps_keys.check(session, presented.strip())
        if key is None:
            said = "this needs the header Authorization: Bearer KEY, with a key from: firsthand nps keys add"
            raise Refusal(HTTPStatus.UNAUTHORIZED, said, **{"www-authenticate": "Bearer"})
        hold_pace(self._pace.wait(key.id), self._pace.most, "; put several into one")
        return key

    async def _taken(self, request: Request, key: Key, body: bytes) -> Response:
        again = request.headers.get("idempotency-key", "").strip()
        if len(again) > LONGEST_IDEMPOTENCY_KEY:
            said = f"Idempotency-Key is up to {LONGEST_IDEMPOTENCY_KEY} characters"
            raise Refusal(HTTPStatus.BAD_REQUEST, said)
        mark = hashlib.sha256(body).hexdigest()
        try:
            told, replayed = await self._keep(key, body, again, mark)
        except IntegrityError:
            # The same request came twice at once: the other one was first, and its answer stands.
            told, replayed = await self._keep(key, body, again, mark)
        status = HTTPStatus.OK
        if told["refused"] and not any(told[name] for name in told if name != "refused"):
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        headers = {"idempotency-replayed": "true"} if replayed else {}
        return JSONResponse(told, status_code=status, headers=headers)

    async def _keep(self, key: Key, body: bytes, again: str, mark: str) -> tuple[dict[str, Any], bool]:
        """What became of the batch, and whether it had been answered before."""
        now = self._desk.now()
        async with asyncio.timeout(10), self._desk.database.begin() as session:
            before = await nps_keys.answered(session, key, again) if again else None
            if before is not None:
                if before.body_hash != mark:
                    said = "this Idempotency-Key came with another body before"
                    raise Refusal(HTTPStatus.CONFLICT, said)
                return before.answer, True
            try:
                told = await self._take(session, key, body, now)
            except BadRequest as error:
                raise Refusal(HTTPStatus.BAD_REQUEST, str(error)) from None
            if again:
                await nps_keys.remember(session, key, again, Push(body_hash=mark, answer=told), now=now)
            await nps_keys.used(session, key, now=now)
        return told, False


async def _keep_answers(session: AsyncSession, key: Key, body: bytes, now: datetime) -> dict[str, Any]:
    settings = await nps_settings.get(session, key.workspace_id)
    answers, refused = read_batch(body, zone=ZoneInfo(settings.time_zone), now=now)
    taken = await nps_answers.take_in(session, key.workspace_id, key.source_id, answers)
    counts = {"new": taken.new, "changed": taken.changed, "same": taken.same, "erased": taken.erased}
    return {**counts, "refused": [one.as_json() for one in refused]}


async def _keep_figures(session: AsyncSession, key: Key, body: bytes, now: datetime) -> dict[str, Any]:  # noqa: ARG001 one kind of work for both endpoints
    figures, refused = read_figures(body)
    await nps_figures.take_in(session, key.workspace_id, figures)
    return {"kept": len(figures), "refused": [one.as_json() for one in refused]}


async def _keep_accounts(session: AsyncSession, key: Key, body: bytes, now: datetime) -> dict[str, Any]:
    accounts, refused = read_accounts(body)
    taken = await account_intake.take_in(session, key.workspace_id, accounts, now=now)
    counts = {"new": taken.new, "changed": taken.changed, "same": taken.same}
    return {**counts, "refused": [one.as_json() for one in refused]}
