"""What the page asks to see, one method a part of the page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from starlette.requests import Request

from playground.acting.payloads import room_of
from playground.model import Channel, Message, User
from playground.page.asking import viewer_named
from playground.page.drawing import Drawing
from playground.page.lists import channel_messages, thread_messages
from playground.page.present import channel_title, listed, zone_of
from playground.page.rooms import directory
from playground.page.words import _
from playground.workspace import Workspace

Json = dict[str, Any]

#: A page never draws more than this many messages at once.
MOST_MESSAGES = 1_000
AT_FIRST = 40


def _stamp(text: str) -> str:
    """Return a timestamp as it was given, or nothing if it is none."""
    return text if text.replace(".", "", 1).isdigit() and text.isascii() else ""


def changed_since(
    workspace: Workspace, channel: Channel, shown: list[Message], version: str, since: str
) -> set[str] | None:
    """Timestamps of those messages that may look different than at the version `since`; None for all.

    A message looks different when it changed itself, or what stands before it (they share a heading).
    """
    number, _, day = since.partition("@")
    if not (number.isascii() and number.isdigit()) or day != version.partition("@")[2]:
        return None
    if max(channel.redrawn, workspace.redrawn) > int(number):
        return None
    touched = [channel.touched.get(message.ts, 0) > int(number) for message in shown]
    pairs = zip([False, *touched], touched, shown, strict=False)
    return {message.ts for before, itself, message in pairs if before or itself}


class Reads:
    """Answers for one workspace; every method takes the request and returns JSON."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._draw = Drawing(workspace)

    def _viewer(self, request: Request) -> User:
        return viewer_named(self._workspace, request.query_params.get("as", ""))

    def _channel(self, request: Request, viewer: User) -> Channel:
        return room_of(self._workspace, viewer.id, request.query_params.get("channel", ""))

    async def top(self, request: Request) -> Json:
        """The people one can be, and the workspace's clock in one's own zone."""
        viewer = self._viewer(request)
        now = self._workspace.now().astimezone(zone_of(viewer))
        people = [
            {"id": user.id, "name": user.shown, "title": user.title, "avatar": self._draw.avatar(user)}
            for user in self._workspace.users.values()
            if not user.is_bot and not user.deleted
        ]
        return {"people": people, "clock": self._clock(now, viewer), "zone": zone_of(viewer).key}

    def _clock(self, now: datetime, viewer: User) -> Json:
        locale = viewer.locale.replace("-", "_") or "en_GB"
        return {
            "short": format_datetime(now, "EEE d MMM, HH:mm", locale=locale),
            "tiny": format_datetime(now, "EEE HH:mm", locale=locale),
            "long": format_datetime(now, "EEEE, d MMMM yyyy, HH:mm", locale=locale),
            "input": now.strftime("%Y-%m-%dT%H:%M"),
            "moved": abs(self._workspace.clock.offset) > 1,
        }

    async def sidebar(self, request: Request) -> Json:
        """The sidebar, and all that the composer and pickers complete from."""
        viewer = self._viewer(request)
        known = directory(self._workspace, viewer)
        return {"html": self._draw.sidebar(viewer), "directory": known, "zone": zone_of(viewer).key}

    async def messages(self, request: Request) -> Json:
        """An open conversation: its newest messages (`limit`), heading, and whether one may write.

        With `since` (the `version` of an earlier answer) only the messages that look different by now, unless
        all of it may.
        """
        viewer = self._viewer(request)
        channel = self._channel(request, viewer)
        asked = request.query_params.get("limit", "")
        limit = min(int(asked), MOST_MESSAGES) if asked.isascii() and asked.isdigit() else AT_FIRST
        shown, more = channel_messages(channel, viewer, limit=max(limit, 1))
        new_after = _stamp(request.query_params.get("new_after", ""))
        version, since = self._version(viewer), request.query_params.get("since", "")
        only = changed_since(self._workspace, channel, shown, version, since)
        changes = {
            "version": version,
            "keys": [message.ts for message in shown],
            "items": self._draw.messages(
                viewer, listed(self._workspace, viewer, shown, new_after=new_after, only=only)
            ),
            "more": more,
            "last": channel.order[-1] if channel.order else "",
        }
        return changes if only is not None else changes | self._around(viewer, channel)

    def _version(self, viewer: User) -> str:
        """What a page has drawn: up to which change, on which day of its reader's."""
        today = self._workspace.now().astimezone(zone_of(viewer)).date()
        return f"{self._workspace.changes}@{today}"

    def _around(self, viewer: User, channel: Channel) -> Json:
        title = channel_title(self._workspace, channel, viewer)
        marked = f"#{title}" if channel.name else title
        joined = viewer.id in channel.members
        return {
            "head": self._draw.heading(viewer, channel, title),
            "join": None if joined else _("You are looking at {name}.").format(name=marked),
            "may_write": joined and not channel.is_archived,
            "placeholder": _("Message {name}").format(name=marked),
            "empty": self._draw.empty("room", title=marked),
        }

    async def thread(self, request: Request) -> Json:
        """A thread: its first message and the replies."""
        viewer = self._viewer(request)
        channel = self._channel(request, viewer)
        shown = thread_messages(channel, viewer, request.query_params.get("ts", ""))
        items = listed(self._workspace, viewer, shown, days=False)
        return {
            "items": self._draw.messages(viewer, items, in_thread=True),
            "placeholder": _("Reply…"),
        }

    async def home(self, request: Request) -> Json:
        """The app's Home for this person, or what stands there before it has any."""
        viewer = self._viewer(request)
        app = self._workspace.app
        view = self._workspace.homes.get(viewer.id)
        if not app.has_tab("home_tab"):
            return {"html": self._draw.empty("no-home", app=app.name), "values": {}}
        if view is None:
            return {"html": self._draw.empty("home", app=app.name), "values": {}}
        return {"html": self._draw.home(viewer, view), "values": view.values}

    async def modal(self, request: Request) -> Json:
        """The modal on top of this person's stack; an empty `view_id` when there is none."""
        viewer = self._viewer(request)
        stack = self._workspace.modals.get(viewer.id) or []
        if not stack:
            return {"view_id": ""}
        view = stack[-1]
        html = self._draw.modal(viewer, view, len(stack))
        return {"view_id": view.id, "html": html, "values": view.values, "errors": view.errors}
