"""Being a person in a playground: what they type, press and see."""

from __future__ import annotations

from typing import Any

from playground.controlling import PATIENCE_SECONDS, Control, PlaygroundError
from playground.dressing import find_element
from playground.filling import Filler
from playground.model import Json
from playground.panes import Clickable, Modal, Window
from playground.seen import SeenMessage


class Person:
    """Somebody in the workspace: acts over the control API, sees what the page would show."""

    def __init__(self, control: Control, handle: str, user_id: str) -> None:
        self._control = control
        self.handle = handle
        self.id = user_id

    async def say(
        self, text: str, channel: str = "@app", *, thread: SeenMessage | None = None
    ) -> SeenMessage:
        """Write in a channel, a thread, or (without a channel) to the app directly."""
        ts = (thread.raw.get("thread_ts") or thread.ts) if thread else None
        outcome = await self._control.act("say", self.handle, channel=channel, text=text, thread_ts=ts)
        return SeenMessage(outcome["message"])

    async def share_file(
        self,
        name: str,
        data: bytes,
        channel: str = "@app",
        *,
        text: str = "",
        thread: SeenMessage | None = None,
    ) -> SeenMessage:
        """Drop a file into a channel, a thread, or (without a channel) the conversation with the app."""
        file = await self._control.upload(self.handle, name, data)
        ts = (thread.raw.get("thread_ts") or thread.ts) if thread else None
        outcome = await self._control.act(
            "say", self.handle, channel=channel, text=text, thread_ts=ts, files=[file["id"]]
        )
        return SeenMessage(outcome["message"])

    async def command(self, typed: str, channel: str = "general") -> Json:
        """Type a slash command with its words, as in `/stories mine`."""
        command, _, text = typed.partition(" ")
        answer: Json = await self._control.act(
            "command", self.handle, channel=channel, command=command, text=text.strip()
        )
        return answer

    async def click(
        self, at: Clickable, action_id: str, chosen: dict[str, Any] | None = None, *, block_id: str = ""
    ) -> Json:
        """Press a button or choose in a select (`chosen={"selected_option": …}`) of a message or window."""
        values = at.values if isinstance(at, Window) else None
        answer: Json = await self._control.act(
            "click",
            self.handle,
            action_id=action_id,
            block_id=block_id,
            chosen=chosen,
            values=values,
            **at.where,
        )
        return answer

    async def pick(self, at: Clickable, action_id: str, option: str) -> Json:
        """Choose the option with that text or value in a menu of a message or window."""
        found = find_element(at.blocks, action_id)
        if found is None:
            raise PlaygroundError(f"Nothing called {action_id!r} stands here; there is {at.actions()}.")
        block = {"block_id": found[0]}
        state = await Filler(self._control, self.handle, at.where.get("view", "")).state(
            block, found[1], option
        )
        return await self.click(at, action_id, state, block_id=found[0])

    async def modal(self, title: str = "", *, holding: str = "", seconds: float = PATIENCE_SECONDS) -> Modal:
        """The modal in front, once there is one (with `title` in its title, and those words in it)."""

        async def look() -> Modal | None:
            views = await self._control.get(f"people/{self.handle}/modals")
            top = Modal(self._control, self.handle, views[-1]) if views else None
            found = top is not None and title in top.title and holding in top.words()
            return top if found else None

        async def instead() -> list[str]:
            return [window.words()[:200] for window in await self.modals()]

        what = f"a modal {title or holding!r} for {self.handle}"
        return await self._control.until(look, what, seconds=seconds, instead=instead)

    async def modals(self) -> list[Modal]:
        """All modals on the stack, the front one last; none when nothing is open."""
        views = await self._control.get(f"people/{self.handle}/modals")
        return [Modal(self._control, self.handle, raw) for raw in views]

    async def fill(self, given: dict[str, Any]) -> Modal:
        """Fill in the modal in front."""
        return await (await self.modal()).fill(given)

    async def submit(self, given: dict[str, Any] | None = None) -> Json:
        """Fill in and submit the modal in front."""
        return await (await self.modal()).submit(given)

    async def errors(self) -> dict[str, str]:
        """Block id → words beside the fields of the modal in front."""
        return (await self.modal()).errors

    async def suggest(self, at: Clickable, action_id: str, typed: str, *, block_id: str = "") -> list[str]:
        """The texts an external select offers for what was typed."""
        body = {"action_id": action_id, "block_id": block_id, "value": typed, **at.where}
        answer = await self._control.act("suggest", self.handle, **body)
        offered = [o for entry in answer["options"] for o in entry.get("options", [entry])]
        return [str(option["text"]["text"]) for option in offered]

    async def open_home(self, *, tab: str = "home") -> None:
        """Look at the app's Home, so that the app hears of it."""
        await self._control.act("home", self.handle, tab=tab)

    async def home(self, holding: str = "", *, seconds: float = PATIENCE_SECONDS) -> Window:
        """The App Home, once it is published and holds those words."""

        async def look() -> Window | None:
            raw = await self._control.get(f"people/{self.handle}/home")
            window = Window(self._control, self.handle, raw) if raw else None
            return window if window is not None and holding in window.words() else None

        async def instead() -> str:
            raw = await self._control.get(f"people/{self.handle}/home")
            return Window(self._control, self.handle, raw).words()[:600] if raw else "no App Home"

        what = f"an App Home with {holding!r}"
        return await self._control.until(look, what, seconds=seconds, instead=instead)

    async def shortcut(self, callback_id: str, message: SeenMessage | None = None) -> Json:
        """Use a global shortcut, or one on a message."""
        where = message.where if message else {}
        answer: Json = await self._control.act("shortcut", self.handle, callback_id=callback_id, **where)
        return answer

    async def ephemerals(self, channel: str = "@app") -> list[SeenMessage]:
        """What only this person sees in a channel, oldest first."""
        name = channel if channel != "@app" else await self.dm()
        found = await self._control.get(f"channels/{name.removeprefix('#')}/messages", **{"as": self.handle})
        return [SeenMessage(raw) for raw in found if raw.get("ephemeral_to")]

    async def dm(self) -> str:
        """The id of this person's conversation with the app."""
        return str((await self._control.act("dm", self.handle, **{"with": ["@app"]}))["id"])

    async def do(self, verb: str, **body: Any) -> Json:
        """Anything else people do: join, invite (who="@app"), leave, archive, share, react, edit, delete…"""
        answer: Json = await self._control.act(verb, self.handle, **body)
        return answer

    async def react(self, message: SeenMessage, name: str) -> None:
        """Put an emoji on a message."""
        await self._control.act("react", self.handle, name=name, **message.where)

    async def invite_app(self, channel: str) -> None:
        """Bring the app into a channel."""
        await self._control.act("invite", self.handle, channel=channel, who="@app")
