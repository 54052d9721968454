"""Reading a call from the wire and writing its answer: forms, JSON, multipart, nothing too big."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from playground.errors import SlackError
from playground.model import Json
from playground.reading_json import read_json

MAX_BODY = 8 * 1024 * 1024
_encode = json.JSONEncoder(separators=(",", ":")).encode


async def read_body(receive: Receive, most: int = MAX_BODY) -> bytes:
    """The whole body; raises request_too_large (413) above `most` bytes, keeping none of it."""
    parts: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] != "http.request":
            raise SlackError("request_timeout", status=408)
        part = event.get("body", b"")
        size += len(part)
        if size > most:
            raise SlackError("request_too_large", status=413)
        parts.append(part)
        if not event.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


async def read_args(scope: Scope, receive: Receive, headers: Headers) -> dict[str, Any]:
    """The arguments of a call, from its query, form or JSON body."""
    args: dict[str, Any] = _pairs(scope["query_string"])
    if scope["method"] == "GET":
        return args
    content = headers.get("content-type", "").partition(";")[0].strip().lower()
    if content == "multipart/form-data":
        return args | await _multipart(scope, receive)
    body = await read_body(receive)
    if content == "application/json":
        return args | (json_object(body) if body else {})
    return args | _pairs(body)


def token_of(args: Mapping[str, Any], headers: Headers) -> str:
    """The token a call brings: as bearer, else in its arguments; empty when there is none."""
    given = headers.get("authorization", "")
    if given[:7].lower() == "bearer ":
        return given[7:].strip()
    return str(args.get("token") or "")


def basic_credentials(headers: Headers) -> dict[str, str]:
    """`client_id` and `client_secret` as HTTP Basic brings them; nothing when it does not."""
    given = headers.get("authorization", "")
    if given[:6].lower() != "basic ":
        return {}
    try:
        client_id, _, secret = base64.b64decode(given[6:], validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return {}
    return {"client_id": client_id, "client_secret": secret}


def json_object(body: bytes) -> dict[str, Any]:
    """A JSON object; raises invalid_json or json_not_object."""
    try:
        parsed = read_json(body)
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(parsed, dict):
        raise SlackError("json_not_object")
    return parsed


def _pairs(raw: bytes) -> dict[str, Any]:
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True)) if raw else {}
    except ValueError as error:
        raise SlackError("invalid_form_data") from error


async def _multipart(scope: Scope, receive: Receive) -> dict[str, Any]:
    try:
        form = await Request(scope, receive).form(max_part_size=MAX_BODY)
    except HTTPException as error:
        raise SlackError("invalid_form_data") from error
    return {
        key: await value.read() if isinstance(value, UploadFile) else value for key, value in form.items()
    }


async def send_json(
    send: Send, answer: Json, status: int = 200, headers: Mapping[str, str] | None = None
) -> None:
    """Write one JSON answer."""
    body = _encode(answer).encode()
    lines = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    lines += [(key.lower().encode(), value.encode()) for key, value in (headers or {}).items()]
    await send({"type": "http.response.start", "status": status, "headers": lines})
    await send({"type": "http.response.body", "body": body})
