"""The state of a workspace, in memory: who is there, what was said, which modals stand open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from random import Random
from typing import Any

from playground.app import App
from playground.beginning import begin, kept_triggers
from playground.clock import WorkspaceClock
from playground.faults import Faults
from playground.grants import Grants
from playground.keeping import Keeper
from playground.link import Link, NoLink
from playground.model import Change, Channel, Code, File, Kind, Message, ReplyAddress, Scheduled, User, View
from playground.rules.rates import Rates
from playground.setup import Setup
from playground.signing_in import Signer

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = _DIGITS + "abcdefghijklmnopqrstuvwxyz"
_BACKLOG = 10_000


class Workspace:
    """One workspace with one app installed. Everything is looked up by id; nothing here talks to the app."""

    def __init__(self, setup: Setup, *, clock: WorkspaceClock | None = None) -> None:
        self.setup = setup
        self.team_id = setup.team_id
        self.team_name = setup.team_name
        self.clock = clock or WorkspaceClock()
        self.random = Random(setup.seed)
        self.users: dict[str, User] = {}
        self.handles: dict[str, str] = {}
        self.channels: dict[str, Channel] = {}
        self.teams = {setup.team_id: setup.team_name, **{team.id: team.name for team in setup.teams}}
        self.codes: dict[str, Code] = {}
        self.signer = Signer()
        self.names: dict[str, str] = {}
        self.dms: dict[frozenset[str], str] = {}
        self.rooms_of: dict[str, dict[str, None]] = {}
        self.views: dict[str, View] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.uploads: dict[str, File] = {}
        self.read_marks: dict[tuple[str, str], str] = {}
        self.changes = 0
        self.redrawn = 0
        self.base_url = ""
        self.link: Link = NoLink()
        self.triggers = kept_triggers(self)
        self.rates = Rates(setup.tuning.rates, setup.tuning.rate_scale, commercial=setup.tuning.is_commercial)
        self.faults = Faults(Random(setup.seed))
        self.grants = Grants(self.random, setup.tuning.token_seconds, self.clock.real_seconds)
        self.scheduled: dict[str, Scheduled] = {}
        self.overtaking: list[asyncio.Event] = []
        self.replies: dict[str, ReplyAddress] = {}
        self._listeners: set[asyncio.Queue[Change]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.ids = 0
        self.keeper = Keeper(setup.keep) if setup.keep else None
        self.app: App = begin(self, setup)

    def now(self) -> datetime:
        """The workspace's time (aware, UTC): real time plus what people set."""
        return self.clock.now()

    def new_id(self, prefix: str) -> str:
        """A fresh id of Slack's look: the prefix and ten capitals and digits."""
        self.ids += 1
        number, tail = self.ids, ""
        for _ in range(5):
            number, digit = divmod(number, 36)
            tail = _DIGITS[digit] + tail
        return f"{prefix}0{''.join(self.random.choices(_DIGITS, k=4))}{tail}"

    def short_id(self) -> str:
        """Five letters and digits, as Slack makes them up for a block without an id."""
        return "".join(self.random.choices(_LETTERS, k=5))

    # -- people and channels --------------------------------------------------------------------------------

    def person(self, handle_or_id: str) -> User | None:
        """Somebody by id or by handle (a leading @ is fine), or None."""
        key = handle_or_id.removeprefix("@")
        return self.users.get(self.handles.get(key, key))

    def channel(self, name_or_id: str) -> Channel | None:
        """A channel by id or by name (a leading # is fine), or None."""
        key = name_or_id.removeprefix("#")
        return self.channels.get(self.names.get(key, key))

    def bot(self) -> User:
        """The app's own user."""
        return self.users[self.app.user_id]

    def add_user(self, user: User) -> User:
        """Take somebody in."""
        self.users[user.id] = user
        self.handles[user.handle] = user.id
        self.rooms_of.setdefault(user.id, {})
        self.notify("user", user_id=user.id)
        return user

    def add_channel(
        self, name: str, kind: Kind, members: list[str], *, id_: str = "", creator: str = ""
    ) -> Channel:
        """Open a conversation; `members` are user ids, the first is its creator unless one is named."""
        channel = Channel(
            id=id_ or self.new_id("D" if kind == "im" else "C"),
            name=name,
            kind=kind,
            created=int(self.clock.seconds()),
            team_id=self.team_id,
            creator=creator or (members[0] if members else ""),
        )
        self.channels[channel.id] = channel
        if kind in ("public", "private"):
            self.names[name] = channel.id
        else:
            self.dms[frozenset(members)] = channel.id
        for member in members:
            self.enter(channel, member)
        self.notify("channel", channel.id)
        return channel

    def direct(self, *user_ids: str) -> Channel:
        """The direct-message conversation of exactly these people, opened when there is none yet."""
        found = self.dms.get(frozenset(user_ids))
        if found is not None:
            return self.channels[found]
        kind: Kind = "im" if len(set(user_ids)) <= 2 else "mpim"
        return self.add_channel("", kind, list(user_ids))

    def enter(self, channel: Channel, user_id: str) -> None:
        """Make somebody a member, silently."""
        channel.members[user_id] = None
        self.rooms_of.setdefault(user_id, {})[channel.id] = None
        self.notify("member", channel.id, user_id)

    def leave(self, channel: Channel, user_id: str) -> None:
        """End a membership, silently."""
        channel.members.pop(user_id, None)
        self.rooms_of.get(user_id, {}).pop(channel.id, None)
        self.notify("member", channel.id, user_id)

    def visible_to(self, user_id: str) -> list[Channel]:
        """Conversations that somebody sees in a sidebar: those joined, and public ones unless a guest."""
        user = self.users[user_id]
        joined = [self.channels[key] for key in self.rooms_of.get(user_id, {})]
        if user.is_guest:
            return joined
        rest = [c for c in self.channels.values() if c.kind == "public" and user_id not in c.members]
        return joined + rest

    def message(self, channel_id: str, ts: str) -> Message | None:
        """One message that everybody in the channel sees, or None."""
        channel = self.channels.get(channel_id)
        return channel.messages.get(ts) if channel else None

    # -- changes --------------------------------------------------------------------------------------------

    def notify(self, kind: str, channel_id: str = "", user_id: str = "", ts: str = "") -> None:
        """Tell live pages and waiting tests that something can be seen anew."""
        self.changes += 1
        self._touch(kind, channel_id, ts)
        if not self._listeners and self.keeper is None:
            return
        change = Change(self.changes, kind, channel_id, user_id, ts)
        if self.keeper is not None:
            self.keeper.mark(change)
        for queue in self._listeners:
            with suppress(asyncio.QueueFull):
                queue.put_nowait(change)

    def _touch(self, kind: str, channel_id: str, ts: str) -> None:
        channel = self.channels.get(channel_id)
        if channel is None:
            # Who people are, what time it is and which app is here shows everywhere.
            self.redrawn = self.changes if kind in ("user", "clock", "app") else self.redrawn
            return
        message = channel.messages.get(ts)
        if kind in ("channel", "member", "deleted"):
            channel.redrawn = self.changes
        elif kind != "read":
            channel.touched[ts] = self.changes
        if message is not None and message.thread_ts:
            channel.touched[message.thread_ts] = self.changes

    def listeners(self) -> int:
        """How many pages and tests are listening."""
        return len(self._listeners)

    async def subscribe(self) -> AsyncIterator[Change]:
        """Yield each change from now on, until the caller stops; slow listeners lose those past 10,000."""
        queue: asyncio.Queue[Change] = asyncio.Queue(_BACKLOG)
        self._listeners.add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._listeners.discard(queue)

    async def changed(self, is_true: Callable[[], bool], seconds: float) -> bool:
        """Wait until `is_true()`, looking again at each change; False when `seconds` passed first."""
        queue: asyncio.Queue[Change] = asyncio.Queue(_BACKLOG)
        self._listeners.add(queue)
        try:
            async with asyncio.timeout(seconds):
                while not is_true():
                    await queue.get()
        except TimeoutError:
            return is_true()
        finally:
            self._listeners.discard(queue)
        return True

    def settle(self) -> None:
        """Where the workspace is kept in a file: have all that changed on the disk before this returns."""
        if self.keeper is not None:
            self.keeper.flush(self)

    def keep(self, kind: str, key: str) -> None:
        """Where the workspace is kept in a file: have this row written with the next that is settled."""
        if self.keeper is not None:
            self.keeper.remember(kind, key)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something go on beside the caller; `close` ends what has not finished."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End what goes on in the background and hang up on the app."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.link.close()
        if self.keeper is not None:
            self.settle()
            self.keeper.close()
            self.keeper = None
