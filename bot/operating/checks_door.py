"""Whether Firsthand is running here, how it says it is, and whether Slack's way in leads to it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.operating.checks_slack import NO_ANSWER
from bot.operating.findings import Finding, broken, look, ok
from bot.settings import Settings

PATIENCE = aiohttp.ClientTimeout(total=5)
_CHALLENGE = "firsthand-doctor"
_WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 addresses that mean "every one", not bound here


async def at_home(settings: Settings) -> AsyncIterator[Finding]:
    """How the processes on this machine say they are."""
    ports = [("FIRSTHAND_PORT", settings.firsthand_port)]
    if settings.firsthand_health_port is not None:
        ports.append(("FIRSTHAND_HEALTH_PORT", settings.firsthand_health_port))
    host = _WILDCARDS.get(settings.firsthand_host, settings.firsthand_host)
    shown = f"[{host}]" if ":" in host else host
    for name, port in ports:
        yield await _readiness(name, f"http://{shown}:{port}/readyz")


async def _readiness(name: str, url: str) -> Finding:
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as lines, lines.get(url) as answer:
            told = await answer.json(content_type=None)
    except (*NO_ANSWER, ValueError):
        return look(
            "process",
            f"Nothing of Firsthand answers at {url} ({name}).",
            "Start it: firsthand run. If it runs on another machine or port, look at /readyz there.",
        )
    if isinstance(told, dict) and told.get("ok"):
        return ok("process", f"Running and ready, says {url}.")
    wrong = told if isinstance(told, dict) else {}
    said = ", ".join(f"{key}: {value}" for key, value in wrong.items() if key != "ok")
    return broken(
        "process", f"Running, not ready: {said}.", "Its log says more; what is waited for is above."
    )


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
            aiohttp.ClientSession(timeout=PATIENCE) as lines,
            lines.post(url, data=body, headers=headers, allow_redirects=False) as answer,
        ):
            return _judged(url, answer.status, await answer.text())
    except NO_ANSWER as error:
        return broken(
            "request url",
            f"{url} cannot be reached: {error or type(error).__name__}.",
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
