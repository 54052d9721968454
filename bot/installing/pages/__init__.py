"""The pages of an installation: what a browser shows before, after, and when it did not work out."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from jinja2 import PackageLoader
from markupsafe import Markup
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation

from bot.installing import scopes
from bot.settings import Settings
from bot.web_templates import templates
from stories.language import _


class Pages:
    """Draws them. What comes from outside is escaped, and no page has a script."""

    def __init__(self, settings: Settings) -> None:
        self._days = settings.firsthand_leavers_kept_days
        self._install = f"{settings.firsthand_address}/slack/install"
        self._commands = (
            settings.firsthand_interview_command,
            settings.firsthand_stories_command,
            settings.firsthand_channel_command,
        )
        self._templates = templates(PackageLoader("bot.installing", "pages"))
        self._style = (files("bot.installing.pages") / "pages.css").read_text("utf-8")

    def before(self, slack_url: str) -> str:
        """What Firsthand will do in the workspace and what it asks for, with the way on to Slack."""
        return self._drawn("before.html.j2", slack_url=slack_url, scopes=scopes.scopes(), days=self._days)

    def done(self, installation: Installation) -> BoltResponse:
        """It is in: what to do next."""
        place = installation.team_name or installation.enterprise_name or _("your workspace")
        told = {
            "place": place,
            "home": _home_of(installation),
            "browser": _browser_of(installation),
            "org_wide": bool(installation.is_enterprise_install),
            "lacking": scopes.lacking(_granted(installation)),
            "again": self._install,
            "interview": self._commands[0],
            "firsthand": self._commands[2],
        }
        return self.answer(self._drawn("done.html.j2", **told), 200)

    def failed(self, reason: str, status: int) -> BoltResponse:
        """Why it did not work out, in plain words, and the way to try again. `reason` is never shown."""
        title, said = _why(reason)
        return self.answer(self._drawn("failed.html.j2", title=title, said=said, again=self._install), status)

    def headers(self) -> dict[str, str | Sequence[str]]:
        """What goes with every page: it may not be framed, kept, or load anything."""
        style = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        return {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": (
                f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; "
                "frame-ancestors 'none'"
            ),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cache-Control": "no-store",
        }

    def answer(self, page: str, status: int) -> BoltResponse:
        """A page as Bolt sends it."""
        return BoltResponse(status=status, body=page, headers=self.headers())

    def _drawn(self, template: str, **told: Any) -> str:
        return self._templates.get_template(template).render(style=Markup(self._style), **told)  # noqa: S704 our own file


def _granted(installation: Installation) -> Sequence[str]:
    granted = installation.bot_scopes or ()
    return granted.split(",") if isinstance(granted, str) else granted


def _home_of(installation: Installation) -> str:
    """Slack's own link to the app's Home, in the app that people have open."""
    if not installation.team_id:
        return "slack://open"
    return f"slack://app?team={installation.team_id}&id={installation.app_id}&tab=home"


def _browser_of(installation: Installation) -> str:
    place = installation.team_id or installation.enterprise_id or ""
    return f"https://app.slack.com/client/{place}"


def _why(reason: str) -> tuple[str, str]:
    match reason:
        case "access_denied":
            return (
                _("Nothing was installed"),
                _("You said no to Slack’s question, so Firsthand was not let in. That is all right."),
            )
        case "invalid_state" | "invalid_browser" | "missing_code":
            return (
                _("That took too long, or began elsewhere"),
                _(
                    "An installation has to be finished in the browser it was begun in, within ten minutes, "
                    "and each works once. Nothing was installed this time."
                ),
            )
        case "invalid_code":
            return (
                _("Slack did not confirm the installation"),
                _("Its confirmation was used, is too old, or Slack did not answer. Please begin again."),
            )
        case "storage_error":
            return (
                _("We could not write it down"),
                _("Slack said yes and our database did not answer. Please begin again in a few minutes."),
            )
        case "too_many":
            return (
                _("Many people are installing right now"),
                _("Please try again in a minute."),
            )
        case _:
            return (
                _("The installation did not work out"),
                _("Slack could not let Firsthand in. An admin of your workspace may have to allow it first."),
            )
