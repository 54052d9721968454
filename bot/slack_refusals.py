"""What it means that Slack did not do what a token asked for: does waiting mend it, and what else does?"""

from __future__ import annotations

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError

NO_ANSWER = (aiohttp.ClientError, asyncio.TimeoutError, OSError)
"""How a call ends when Slack cannot be reached."""

_PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
"""Slack's words for trouble of its own: they say nothing about the token."""

_SOCKET_MODE_OFF = frozenset({"socket_mode_not_enabled", "forbidden_team", "link_disabled"})


def refusal(error: SlackApiError) -> str:
    """Slack's word for why it refuses, or its status: no waiting mends it. "" where it may answer later."""
    status, word = _answer(error)
    if status >= 500 or status == 429 or word in _PASSING:
        return ""
    return word or (str(status) if status >= 400 else "")


def away(error: BaseException) -> str:
    """One sentence about a Slack that does not do its work at present."""
    if not isinstance(error, SlackApiError):
        return f"Slack cannot be reached: {str(error) or type(error).__name__}."
    status, word = _answer(error)
    return f"Slack answers “{word}”." if word and status < 500 else f"Slack cannot be reached: HTTP {status}."


def no_token(word: str) -> str:
    """What to say of a bot token that Slack refuses with this word."""
    return f"Slack refuses SLACK_BOT_TOKEN ({word}). Copy it anew from the app's Install App page."


def no_socket(word: str) -> str:
    """What to say when Slack opens no socket, refusing with this word."""
    return f"Slack opens no socket for SLACK_APP_TOKEN ({word}). {socket_fix(word)}"


def socket_fix(word: str) -> str:
    """What a person does so that Slack opens a socket."""
    if word in _SOCKET_MODE_OFF:
        return "Switch Socket Mode on for the app: api.slack.com/apps, Socket Mode."
    return (
        "Make an app-level token with connections:write (api.slack.com/apps, Basic Information, App-Level "
        "Tokens), put it into SLACK_APP_TOKEN, and see that Socket Mode is switched on for the app."
    )


def _answer(error: SlackApiError) -> tuple[int, str]:
    """The HTTP status, and Slack's word where there is one: its library hands over whatever it could read."""
    response = error.response
    if isinstance(response, dict):
        status, data = response.get("status_code"), response.get("data", response)
    else:
        status = getattr(response, "status_code", None) or getattr(response, "status", None)
        data = getattr(response, "data", None)
    return int(status or 500), str(data.get("error") or "") if isinstance(data, dict) else ""
