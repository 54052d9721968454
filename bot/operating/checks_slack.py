"""What Slack says: whose token this is, what it was granted, what time it is, whether it opens a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.connections import TOKEN_DEAD
from bot.installing import scopes
from bot.operating.findings import Finding, broken, look, ok
from bot.slack_refusals import NO_ANSWER, socket_fix

SKEW_NOTED, SKEW_REFUSED = 30.0, 240.0
"""Seconds by which this machine's clock may differ from Slack's: requests older than 300 s are refused."""

DATE_LASTS = timedelta(seconds=2)
"""How long a `Date` may have been so: it has whole seconds, and servers write it anew once a second."""

_CLOCK_FIX = "Set this machine's clock by the network: systemctl enable --now systemd-timesyncd, or chrony"
_INSTALL = "the app's Install App page (Slack, api.slack.com/apps)"


async def workspace(client: AsyncWebClient, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """The token, its scopes and the clock, by one call with this token; `now` tells real time."""
    asked = now()
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        yield refused("token", str(error.response.get("error", error.response.status_code)))
        return
    except NO_ANSWER as error:
        yield unreachable(client.base_url, error)
        return
    answered = now()
    yield ok(
        "token", f"It speaks for {answer.get('team')} ({answer.get('team_id')}) as {answer.get('user')}."
    )
    yield granted(header(answer.headers, "x-oauth-scopes"))
    found = clock(header(answer.headers, "date"), asked, answered)
    if found is not None:
        yield found


def refused(check: str, word: str) -> Finding:
    """Slack does not take a token."""
    if word in TOKEN_DEAD:
        return broken(
            check, f"Slack refuses it ({word}).", f"Copy it anew from {_INSTALL} into SLACK_BOT_TOKEN."
        )
    return broken(
        check, f"Slack answers “{word}”.", "Try again in a minute; status.slack.com says how Slack is."
    )


def unreachable(url: str, error: BaseException) -> Finding:
    """Slack does not answer, or what SLACK_API_URL puts in its place."""
    fix = (
        "Does this machine reach the internet? Firsthand calls slack.com over https (port 443) and, for "
        "Socket Mode, wss-primary.slack.com."
    )
    if not (urlsplit(url).hostname or "").endswith("slack.com"):
        fix = (
            "SLACK_API_URL leads there in place of Slack. Start what answers there (a playground: make "
            "playground), or leave it with: firsthand setup."
        )
    return broken("slack", f"{url} cannot be reached: {str(error) or type(error).__name__}.", fix)


def granted(told: str) -> Finding:
    """Whether every scope of the manifest was granted; `told` is Slack's list of those that were."""
    missing, asked = scopes.lacking(one.strip() for one in told.split(",")), len(scopes.names())
    if not missing:
        said = f"Slack lets Firsthand do all it asks for: {asked} permissions, which Slack calls scopes"
        return ok("scopes", f"{said} (docs/scopes.md).")
    lost = "; ".join(f"{one.name} (without it: {one.without})" for one in missing)
    return look(
        "scopes",
        f"Slack lets Firsthand do {asked - len(missing)} of the {asked} things it asks for (Slack's scopes, "
        f"docs/scopes.md). Not granted: {lost}.",
        "At api.slack.com/apps open the app. App Manifest: put there what firsthand manifest prints, and "
        "save. Install App: install it again. The token stays the same.",
    )


def clock(date: str, asked: datetime, answered: datetime) -> Finding | None:
    """How far this machine's clock is from Slack's, for certain; None where Slack did not tell the time.

    Slack wrote its `date` between `asked` and `answered`, both by this machine's clock.
    """
    if not date:
        return None
    told = parsedate_to_datetime(date)
    ahead, behind = asked - told - DATE_LASTS, told - answered
    seconds = max(ahead, behind).total_seconds()
    if seconds < 1:
        return ok("clock", "This machine's clock agrees with Slack's.")
    side = "ahead of" if ahead > behind else "behind"
    said = f"This machine's clock is {seconds:.0f} s {side} Slack's."
    if seconds >= SKEW_REFUSED:
        return broken("clock", f"{said} Slack's signatures are refused beyond 300 s.", _CLOCK_FIX)
    if seconds >= SKEW_NOTED:
        return look("clock", said, _CLOCK_FIX)
    return ok("clock", f"{said} That does no harm.")


async def socket(client: AsyncWebClient, token: str) -> Finding:
    """Whether Slack would open a socket for this app-level token.

    None is opened: Slack would send people's clicks into it.
    """
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        return _no_socket(str(error.response.get("error", error.response.status_code)))
    except NO_ANSWER as error:
        return unreachable(client.base_url, error)
    return ok("socket mode", "Slack opens a socket for SLACK_APP_TOKEN.")


def _no_socket(word: str) -> Finding:
    return broken("socket mode", f"Slack opens no socket ({word}).", socket_fix(word))


def header(headers: Mapping[str, str], name: str) -> str:
    """A header's value, whatever case it came in; empty when there is none."""
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")
