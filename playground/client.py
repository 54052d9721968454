"""A typed client for tests and demos, with which a scenario reads like a story.

    async with Playground.start(manifest=manifest) as world:
        ana = world.person("ana")
        await ana.command("/interview", channel="general")
        modal = await ana.modal()
        await modal.fill({"customer": "Nia", "score": "9"})
        await modal.submit()
        assert await ana.errors() == {"notes": "Write a word or two about what happened."}
        message = await world.channel("pilot").wait_for("Nia")
        await ana.click(message, "made_me_think")

(The app in it is invented: fields and buttons are named by the action ids of yours.)

Channels are named by name or id, people by handle or id. Everything waits for the app to act (twenty
seconds at most unless told otherwise) and says what stood there instead when it did not.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from playground.controlling import PATIENCE_SECONDS, Control, PlaygroundError, control_session
from playground.panes import Clickable, Modal
from playground.persons import Person
from playground.seen import SeenMessage
from playground.serving import serving
from playground.setup import Setup

__all__ = ["Clickable", "Modal", "Person", "Playground", "PlaygroundError", "Room", "SeenMessage"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Waited:
    """How many payloads were sent, how many were acknowledged too late for Slack, the slowest's seconds."""

    sent: int
    late: int
    slowest: float


class Playground:
    """A running playground, in this process or another."""

    def __init__(self, control: Control, facts: Mapping[str, Any]) -> None:
        self.control = control
        self.url = control.url
        self.api_url = f"{control.url}/api/"
        self.bot_token = str(facts["bot_token"])
        self.app_token = str(facts["app_token"])
        self.signing_secret = str(facts["signing_secret"])
        self.client_id = str(facts["client_id"])
        self.client_secret = str(facts["client_secret"])
        self.team_id = str(facts["team_id"])
        self.bot_user_id = str(facts["app"]["user_id"])
        self._ids = {str(person["name"]): str(person["id"]) for person in facts["people"]}
        self.faults = FaultClient(control)

    @classmethod
    @asynccontextmanager
    async def start(
        cls, setup: Setup | None = None, *, port: int = 0, **changes: Any
    ) -> AsyncIterator[Playground]:
        """Run a playground in this event loop on a free loopback port (or `port`) until the block ends.

        `changes` are fields of `Setup` (`manifest=…`, `mode="http"`, `request_url=…`) laid over `setup`.
        """
        async with serving(replace(setup or Setup(), **changes), port) as url, cls.connect(url) as world:
            yield world

    @classmethod
    @asynccontextmanager
    async def connect(cls, url: str) -> AsyncIterator[Playground]:
        """Speak to a playground that runs already, perhaps in another process, at its base address."""
        async with control_session(90) as http:
            control = Control(http, url.rstrip("/"))
            yield cls(control, await control.get("setup"))

    def person(self, handle: str) -> Person:
        """Be somebody."""
        return Person(self.control, handle, self._ids.get(handle.removeprefix("@"), handle))

    def channel(self, name: str) -> Room:
        """Look into a channel."""
        return Room(self.control, name)

    async def consent(
        self,
        person: str,
        query: Mapping[str, str],
        *,
        allow: bool = True,
        team: str | None = None,
        path: str = "oauth/v2/authorize",
    ) -> str:
        """Let somebody answer the page on which the app asks to be let in; answers where it leads back to.

        `query` is what the app's link says (`scope`, `redirect_uri`, `state`…). Raises PlaygroundError with
        Slack's word when there is nothing to agree to.
        """
        return await self.control.consent(
            path, {"client_id": self.client_id, **query}, person, allow=allow, team=team
        )

    async def now(self) -> datetime:
        """The workspace's time, aware."""
        return datetime.fromisoformat((await self.control.get("clock"))["now"])

    async def set_clock(self, when: datetime) -> None:
        """Make it `when` (aware) in the workspace."""
        await self.control.post("clock", now=when.isoformat())

    async def advance(self, by: timedelta) -> None:
        """Let that much time pass in the workspace at once."""
        await self.set_clock(await self.now() + by)

    async def calls(self, method: str) -> int:
        """How often the app called that method so far."""
        return int((await self.control.get("calls")).get(method, 0))

    async def waits(self) -> Waited:
        """How long the app took to acknowledge what it was sent so far."""
        return Waited(**await self.control.get("waits"))

    async def rates(self, *, enabled: bool = True, scale: float = 1.0) -> None:
        """Switch rate limits on or off; `scale` multiplies what is allowed. Every bucket starts full."""
        await self.control.post("rates", enabled=enabled, scale=scale)

    async def verify(self) -> bool:
        """Send the request URL Slack's challenge; whether it was answered as Slack wants it."""
        return bool((await self.control.post("verify"))["ok"])

    async def skew(self, seconds: float) -> None:
        """Let the stamps of signed requests be that far from real time (Slack's window: 300 seconds)."""
        await self.control.post("skew", seconds=seconds)

    async def sockets(self, do: str = "") -> int:
        """How many sockets are open; first `drop` them, or tell them `warning`, `refresh_requested`…"""
        answer = await (self.control.post("sockets", do=do) if do else self.control.get("sockets"))
        return int(answer["open"])

    async def until(
        self,
        look: Callable[[], Awaitable[T | None]],
        what: str = "that",
        *,
        seconds: float = PATIENCE_SECONDS,
    ) -> T:
        """Look again after each change until the answer is true-ish; raises PlaygroundError naming `what`."""
        return await self.control.until(look, what, seconds=seconds)

    async def wait_for_app(self, *, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the app has a socket open."""

        await self.until(self.sockets, "a socket", seconds=seconds)


class Room:
    """A channel, seen from outside; `as_` sees it as that person does, ephemeral messages included."""

    def __init__(self, control: Control, name: str) -> None:
        self._control = control
        self.name = name

    async def messages(self, *, as_: str = "", threads: bool = False) -> list[SeenMessage]:
        """What stands in the channel, oldest first; replies too with `threads`."""
        query = {"as": as_, "threads": "1" if threads else ""}
        found = await self._control.get(f"channels/{self.name.removeprefix('#')}/messages", **query)
        return [SeenMessage(raw) for raw in found]

    async def wait_for(self, text: str, *, as_: str = "", seconds: float = PATIENCE_SECONDS) -> SeenMessage:
        """The newest message that holds `text` anywhere people see it, replies included."""

        async def look() -> SeenMessage | None:
            seen = await self.messages(as_=as_, threads=True)
            return next((message for message in reversed(seen) if text in message.words()), None)

        async def instead() -> list[str]:
            return [message.words()[:200] for message in await self.messages(as_=as_, threads=True)][-5:]

        what = f"a message with {text!r} in {self.name}"
        return await self._control.until(look, what, seconds=seconds, instead=instead)

    async def wait_until_gone(self, text: str, *, as_: str = "", seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until no message holds `text` any more."""

        async def look() -> bool:
            return not any(text in message.words() for message in await self.messages(as_=as_, threads=True))

        await self._control.until(look, f"{text!r} to go from {self.name}", seconds=seconds)


class FaultClient:
    """Things that go wrong on demand."""

    def __init__(self, control: Control) -> None:
        self._control = control

    async def add(self, target: str, kind: str, **details: Any) -> None:
        """Let `kind` happen to calls of `target` (a method or `*`, `event:<type>`, `payload:<type>`).

        Kinds: refuse (error=), delay (at most until cleared), drop, status (status=, seconds= for
        Retry-After), lose_answer, late;
        for events and payloads (`payload:view_submission`, `payload:command`) twice, delay, lose;
        for events reorder (the next one overtakes it). Details:
        times (1; 0 = until cleared), probability, error, status, seconds.
        """
        await self._control.post("faults", target=target, kind=kind, **details)

    async def clear(self) -> None:
        """Let everything go well again; what is being delayed goes on at once."""
        await self._control.delete("faults")

    async def waiting(self) -> int:
        """How many are still to strike."""
        return len(await self._control.get("faults"))
