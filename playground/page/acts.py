"""What the page does for the person on it: each method one deed, carried out by `playground.people`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request

from playground import people
from playground.acting.payloads import room_of
from playground.errors import PersonError
from playground.model import User
from playground.page.asking import body_of, mapping, text, viewer_named
from playground.page.present import zone_of
from playground.page.rooms import INVITE, app_row, first_channel
from playground.posting import drop_ephemeral, find_ephemeral
from playground.workspace import Workspace

Json = dict[str, Any]


def _outcome(outcome: people.Outcome) -> Json:
    return {"ok": outcome.ok, "notice": outcome.notice, "errors": outcome.errors}


def _where(body: Json) -> people.Where:
    if text(body, "view_id"):
        return people.InView(text(body, "view_id"))
    return people.InMessage(text(body, "channel"), text(body, "ts"))


def asked_moment(jump: str, when: str, now: datetime, real: datetime, viewer: User) -> datetime:
    """Return the time the clock is to show: `tomorrow` 9:00, an `hour` on, `real` time, or `when` as typed.

    Times are the person's own; `when` looks like 2026-03-02T09:00. Raises PersonError when it does not.
    """
    zone = zone_of(viewer)
    if jump == "tomorrow":
        day = now.astimezone(zone).date() + timedelta(days=1)
        return datetime(day.year, day.month, day.day, 9, tzinfo=zone)
    if jump == "hour":
        return now + timedelta(hours=1)
    if jump == "real":
        return real
    try:
        return datetime.fromisoformat(when).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PersonError("Choose a day and a time, such as 2 March 2026, 09:00.") from error


class Acts:
    """Deeds in one workspace; every method takes the request and returns JSON."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def _asked(self, request: Request) -> tuple[User, Json]:
        body = await body_of(request)
        return viewer_named(self._workspace, text(body, "as")), body

    async def open(self, request: Request) -> Json:
        """Find the conversation behind a sidebar line: a channel's id, a person's, or the app's bot's."""
        viewer, body = await self._asked(request)
        ws, room = self._workspace, text(body, "room")
        if room == ws.app.user_id:
            row = app_row(ws, viewer)
            channel = await people.open_dm(ws, viewer.id, ws.app.user_id)
            tab = "messages" if row.unread or not ws.app.has_tab("home_tab") else "home"
            return {"channel": channel.id, "app": True, "tab": tab, "read": self._read(viewer, channel.id)}
        if room in ws.users:
            room = (await people.open_dm(ws, viewer.id, room)).id
        visible = {channel.id for channel in ws.visible_to(viewer.id)}
        room = room if room in visible else first_channel(ws, viewer)
        if not room:
            raise PersonError("There is no conversation here for you yet.")
        return {"channel": room, "app": False, "read": self._read(viewer, room)}

    def _read(self, viewer: User, channel_id: str) -> str:
        return self._workspace.read_marks.get((viewer.id, channel_id), "")

    async def read(self, request: Request) -> Json:
        """Remember up to where somebody has read a conversation."""
        viewer, body = await self._asked(request)
        channel = room_of(self._workspace, viewer.id, text(body, "channel"))
        ts = text(body, "ts")
        key = (viewer.id, channel.id)
        if ts in channel.messages and float(ts) > float(self._workspace.read_marks.get(key, "0")):
            self._workspace.read_marks[key] = ts
            self._workspace.notify("read", channel.id, viewer.id, ts)
        return {}

    async def send(self, request: Request) -> Json:
        """Say something, or run a command when it begins with a slash."""
        viewer, body = await self._asked(request)
        channel, words = text(body, "channel"), text(body, "text")
        thread = text(body, "thread_ts") or None
        command, _, rest = words.strip().partition(" ")
        files = [key for key in body.get("files") or () if isinstance(key, str)]
        if files or not command.startswith("/") or "/" in command[1:]:
            said = await people.send_message(
                self._workspace, viewer.id, channel, words, thread_ts=thread, files=files
            )
            return _outcome(said)
        if thread:
            raise PersonError(f"{command} is not supported in threads. Sorry!")
        if command.lower() == INVITE:
            return _outcome(await people.invite(self._workspace, viewer.id, channel, self._guest(rest)))
        done = await people.run_command(self._workspace, viewer.id, channel, command.lower(), rest.strip())
        return _outcome(done)

    def _guest(self, named: str) -> str:
        """The person, or the app, that somebody wants to bring in."""
        ws, name = self._workspace, named.strip().removeprefix("@").casefold()
        if name == ws.app.name.casefold():
            return ws.app.user_id
        for user in ws.users.values():
            if name in (user.handle.casefold(), user.name.casefold(), user.shown.casefold()):
                return user.id
        raise PersonError(f"Whom? Type {INVITE} and a name, such as {INVITE} @{ws.app.name}.")

    async def click(self, request: Request) -> Json:
        """Press or choose something in a message, modal or App Home."""
        viewer, body = await self._asked(request)
        done = await people.click(
            self._workspace,
            viewer.id,
            _where(body),
            text(body, "action_id"),
            block_id=text(body, "block_id"),
            chosen=mapping(body, "value"),
            values=mapping(body, "values"),
        )
        return _outcome(done)

    async def suggest(self, request: Request) -> Json:
        """Ask the app for the choices of an external select."""
        viewer, body = await self._asked(request)
        offered = await people.suggest_options(
            self._workspace,
            viewer.id,
            _where(body),
            text(body, "action_id"),
            text(body, "query"),
            block_id=text(body, "block_id"),
        )
        grouped = bool(offered) and "options" in offered[0]
        return {"option_groups": offered} if grouped else {"options": offered}

    async def submit(self, request: Request) -> Json:
        """Submit the modal on top."""
        viewer, body = await self._asked(request)
        values = mapping(body, "values")
        return _outcome(await people.submit_view(self._workspace, viewer.id, text(body, "view_id"), values))

    async def close(self, request: Request) -> Json:
        """Close the modal on top, or with `clear` all of them."""
        viewer, body = await self._asked(request)
        whole = body.get("clear") is True
        view_id = text(body, "view_id")
        return _outcome(await people.close_view(self._workspace, viewer.id, view_id, whole_stack=whole))

    async def shortcut(self, request: Request) -> Json:
        """Start a global shortcut."""
        viewer, body = await self._asked(request)
        done = await people.use_global_shortcut(self._workspace, viewer.id, text(body, "callback_id"))
        return _outcome(done)

    async def message_shortcut(self, request: Request) -> Json:
        """Start a message shortcut."""
        viewer, body = await self._asked(request)
        place = (text(body, "channel"), text(body, "ts"))
        callback = text(body, "callback_id")
        return _outcome(await people.use_message_shortcut(self._workspace, viewer.id, *place, callback))

    async def home_opened(self, request: Request) -> Json:
        """Tell the app that somebody looks at its Home or Messages."""
        viewer, body = await self._asked(request)
        tab = "messages" if text(body, "tab") == "messages" else "home"
        return _outcome(await people.open_home(self._workspace, viewer.id, tab=tab))

    async def react(self, request: Request) -> Json:
        """Put an emoji on a message, or take one's own away when it is there already."""
        viewer, body = await self._asked(request)
        channel_id, ts, name = text(body, "channel"), text(body, "ts"), text(body, "name")
        message = self._workspace.message(channel_id, ts)
        add = message is None or viewer.id not in message.reactions.get(name, [])
        return _outcome(await people.react(self._workspace, viewer.id, channel_id, ts, name, add=add))

    async def pin(self, request: Request) -> Json:
        """Pin a message, or take its pin away when it has one."""
        viewer, body = await self._asked(request)
        channel_id, ts = text(body, "channel"), text(body, "ts")
        channel = room_of(self._workspace, viewer.id, channel_id)
        add = ts not in channel.pins
        return _outcome(await people.pin_message(self._workspace, viewer.id, channel_id, ts, add=add))

    async def change(self, request: Request) -> Json:
        """Edit one's own message; with no text left, take it back."""
        viewer, body = await self._asked(request)
        place = (self._workspace, viewer.id, text(body, "channel"), text(body, "ts"))
        words = text(body, "text")
        if words.strip():
            return _outcome(await people.edit_message(*place, words))
        return _outcome(await people.delete_message(*place))

    async def join(self, request: Request) -> Json:
        """Join a public channel."""
        viewer, body = await self._asked(request)
        return _outcome(await people.join(self._workspace, viewer.id, text(body, "channel")))

    async def dismiss(self, request: Request) -> Json:
        """Take an ephemeral message off one's own screen."""
        viewer, body = await self._asked(request)
        channel = room_of(self._workspace, viewer.id, text(body, "channel"))
        message = find_ephemeral(channel, viewer.id, text(body, "ts"))
        if message is not None:
            drop_ephemeral(self._workspace, channel, message)
        return {}

    async def clock(self, request: Request) -> Json:
        """Set the workspace's clock."""
        viewer, body = await self._asked(request)
        clock = self._workspace.clock
        real = datetime.fromtimestamp(clock.real_seconds(), UTC)
        when = asked_moment(text(body, "jump"), text(body, "when"), clock.now(), real, viewer)
        return _outcome(await people.set_clock(self._workspace, when))
