"""Signed HTTP to the app's request URL.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
import time
from urllib.parse import urlencode

import httpx

from playground.link import Ack, Payload, Waits
from playground.model import Json

_FORM = "application/x-www-form-urlencoded"


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Slack's `X-Slack-Signature`: HMAC-SHA256 over `v0:stamp:body`, in hex behind `v0=`."""
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return "v0=" + digest.hexdigest()


class HttpLink:
    """POSTs to one request URL. `seconds` is how long an answer may take; `skew` moves the stamp."""

    def __init__(self, url: str, secret: str, seconds: float) -> None:
        self.url = url
        self.skew = 0.0
        self.waits = Waits()
        self._secret = secret
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
        # Certificates take longer to read than the whole playground to start, and here is none to check.
        trusted = True if url.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(seconds), limits=limits, trust_env=False, verify=trusted
        )

    async def send(self, kind: Payload, payload: Json, *, retry: int = 0, reason: str = "") -> Ack:
        """Deliver once, signed; an answer outside 200–299 is no acknowledgement."""
        content, body = _body(kind, payload)
        stamp = str(int(time.time() + self.skew))
        headers = {
            "Content-Type": content,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(self._secret, stamp, body),
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": _reason(reason)}
        try:
            with self.waits.one():
                answer = await self._http.post(self.url, content=body, headers=headers)
        except httpx.TimeoutException:
            return Ack(ok=False, reason="timeout")
        except httpx.HTTPError:
            return Ack(ok=False, reason="connection_failed")
        if not answer.is_success:
            return Ack(ok=False, reason="http_error", again=answer.headers.get("x-slack-no-retry") != "1")
        return Ack(ok=True, body=_answer(answer))

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()


def _reason(word: str) -> str:
    return "http_timeout" if word == "timeout" else word


def _body(kind: Payload, payload: Json) -> tuple[str, bytes]:
    if kind == "events_api":
        return "application/json", json.dumps(payload).encode()
    if kind == "slash_commands":
        return _FORM, urlencode({k: v for k, v in payload.items() if v is not None}).encode()
    return _FORM, urlencode({"payload": json.dumps(payload)}).encode()


def _answer(answer: httpx.Response) -> object:
    if not answer.content:
        return None
    try:
        return answer.json()
    except ValueError:
        return answer.text
