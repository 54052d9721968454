"""Whether Firsthand is running here, how it says it is, and whether Slack's way in leads to it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.operating.findings import Finding, broken, look, ok
from bot.settings import Settings
from bot.slack_refusals import NO_ANSWER

PATIENCE_SECONDS = 5.0
_CHALLENGE = "firsthand-doctor"
_START = {
    "FIRSTHAND_PORT": "Start it: firsthand run. If it runs elsewhere, look at /readyz there.",
    "FIRSTHAND_HEALTH_PORT": "Start it: firsthand run --worker. Where one process does everything, take this "
    "setting out.",
}
_HANGS = "The process hangs: end it, start it again, and see what its log said last."
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 addresses that mean "every one", not bound here


async def at_home(settings: Settings, patience: float = PATIENCE_SECONDS) -> AsyncIterator[Finding]:
    """How the processes on this machine say they are; one that says nothing for so many seconds hangs."""
    ports = [("FIRSTHAND_PORT", settings.firsthand_port)]
    if settings.firsthand_health_port is not None:
        ports.append(("FIRSTHAND_HEALTH_PORT", settings.firsthand_health_port))
    host = _WILDCARDS.get(settings.firsthand_host, settings.firsthand_host)
    shown = f"[{host}]" if ":" in host else host
    for name, port in ports:
        url = f"http://{shown}:{port}/readyz"
        try:
            told = await _readiness(url, patience)
        except TimeoutError:
            said = f"{url} ({name}) takes the line and says nothing for {patience:g} s."
            yield broken("process", said, _HANGS)
            continue
        if told is None:
            yield look("process", f"Nothing of Firsthand answers at {url} ({name}).", _START[name])
        elif told["ok"]:
            yield ok("process", f"Running and ready, says {url}.")
        else:
            said = ", ".join(f"{key}: {value}" for key, value in told.items() if key != "ok")
            fix = "Its log says more; what is waited for is above."
            yield broken("process", f"Running, not ready: {said}.", fix)


async def for_browsers(address: str) -> Finding:
    """Whether the address at which people open the centre, or customers their link, leads here."""
    with suppress(TimeoutError):
        if await _readiness(f"{address}/readyz") is not None:
            return ok("address", f"{address} leads to Firsthand.")
    return look(
        "address",
        f"Nothing of Firsthand answers at {address} (FIRSTHAND_ADDRESS).",
        "Does the proxy pass requests on to FIRSTHAND_PORT, is the certificate valid? Some networks do not "
        "let a machine reach its own address: then try it in a browser.",
    )


async def _readiness(url: str, patience: float = PATIENCE_SECONDS) -> dict[str, Any] | None:
    """What `/readyz` says; None where nothing answers, or something that is not Firsthand.

    Raises TimeoutError where somebody listens and does not answer.
    """
    try:
        async with _lines(patience) as lines, lines.get(url) as answer:
            told = await answer.json(content_type=None)
    except TimeoutError:
        raise
    except (*NO_ANSWER, ValueError):
        return None
    return told if isinstance(told, dict) and "ok" in told else None


def _lines(patience: float) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=patience))


async def from_outside(settings: Settings) -> Finding:
    """Whether Slack's way in leads to this copy: a challenge as Slack sends it, signed with our secret."""
    secret = settings.slack_signing_secret
    if not settings.firsthand_address or secret is None:
        return look(
            "request url",
            "FIRSTHAND_ADDRESS is not set, so nobody can see from here whether Slack reaches Firsthand.",
            "Set it to the https address that leads to FIRSTHAND_PORT, and run this again.",
        )
    url = f"{settings.firsthand_address}/slack/events"
    body = json.dumps({"type": "url_verification", "challenge": _CHALLENGE})
    headers = _signed(secret.get_secret_value(), body)
    try:
        async with (
            _lines(PATIENCE_SECONDS) as lines,
            lines.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            return _judged(url, answer.status, await answer.text())
    except NO_ANSWER as error:
        return broken(
            "request url",
            f"{url} cannot be reached: {str(error) or type(error).__name__}.",
            "Is the bot running, does the proxy pass /slack/ on to FIRSTHAND_PORT, is the certificate valid?",
        )


def _signed(secret: str, body: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature,
    }


def _judged(url: str, status: int, said: str) -> Finding:
    if status == 200 and _CHALLENGE in said:
        return ok(
            "request url", f"{url} answers Slack's challenge. The app's request URLs have to be this one."
        )
    if status == 401:
        return broken(
            "request url",
            f"{url} refuses what is signed with SLACK_SIGNING_SECRET.",
            "Copy the secret anew from the app's Basic Information page and start Firsthand again; the clock "
            "of the machine it runs on may be wrong, too.",
        )
    return broken(
        "request url",
        f"{url} answers {status}, which is not Firsthand's answer.",
        "See that the proxy passes /slack/ on to FIRSTHAND_PORT, unchanged and without a page of its own.",
    )
