"""Modals and App Homes as a person of a test sees and fills them."""

from __future__ import annotations

import time
from typing import Any

from playground.controlling import Control
from playground.dressing import action_ids
from playground.filling import Filler
from playground.model import Json
from playground.seen import SeenMessage, spoken
from playground.state import Values

_UPDATE_SECONDS = 0.5
_LOOK_AGAIN = 0.05


class Window:
    """A modal or App Home as it stood when it was looked at; `raw` is Slack's view JSON."""

    def __init__(self, control: Control, who: str, raw: Json) -> None:
        self._control = control
        self._who = who
        self.raw = raw

    @property
    def id(self) -> str:
        """The view's id."""
        return str(self.raw["id"])

    @property
    def title(self) -> str:
        """What stands on top."""
        return str(self.raw["title"]["text"])

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.raw["blocks"])

    @property
    def values(self) -> Values:
        """What stands in its inputs, in the shape of Slack's `state.values`."""
        values: Values = self.raw["state"]["values"]
        return values

    @property
    def where(self) -> dict[str, str]:
        """What the control API needs to find it again."""
        return {"view": self.id}

    def words(self) -> str:
        """All that people read in it."""
        return "\n".join([self.title, *spoken(self.blocks)])

    def actions(self) -> list[str]:
        """The action ids of its buttons and inputs, in order."""
        return action_ids(self.blocks)


class Modal(Window):
    """The modal in front of somebody. What is filled in stays with it until it is submitted or closed."""

    _in_front = True

    @property
    def errors(self) -> dict[str, str]:
        """Block id → words beside the field, as of the last look."""
        return dict(self.raw["errors"])

    @property
    def notice(self) -> str:
        """What Slack itself says in the modal, such as trouble connecting."""
        return str(self.raw["notice"])

    async def fill(self, given: dict[str, Any]) -> Modal:
        """Type and choose: keys are block ids, action ids or labels, values text, option texts or lists.

        External selects ask the app with the text and take the first option that holds it. Inputs that
        dispatch tell the app at once.
        """
        filler = Filler(self._control, self._who, self.id)
        for key, value in given.items():
            block, element = filler.field(self.blocks, key)
            state = await filler.state(block, element, value)
            self.values.setdefault(block["block_id"], {})[element["action_id"]] = state
            if block.get("dispatch_action"):
                await self.choose(element["action_id"], state)
        return self

    async def choose(self, action_id: str, chosen: dict[str, Any] | None = None) -> Modal:
        """Press or choose something that tells the app at once; takes in what the modal becomes.

        An app thanks first and changes the modal after: half a second is waited for that, where nothing
        happens to it.
        """
        before, end = self.raw["hash"], time.monotonic() + _UPDATE_SECONDS
        body = {"action_id": action_id, "chosen": chosen, "values": self.values, **self.where}
        await self._control.act("click", self._who, **body)
        while (await self.refresh()).raw["hash"] == before and self._in_front and time.monotonic() < end:
            await self._control.changed(_LOOK_AGAIN)
        return self

    async def submit(self, given: dict[str, Any] | None = None) -> Json:
        """Fill in `given`, press the submit button and answer what came of it (ok, errors, notice)."""
        await self.fill(given or {})
        outcome: Json = await self._control.act("submit", self._who, values=self.values, **self.where)
        await self.refresh()
        return outcome

    async def close(self, *, whole_stack: bool = False) -> None:
        """Cancel; with `whole_stack`, close everything with the cross."""
        await self._control.act("close", self._who, all=whole_stack, **self.where)

    async def refresh(self) -> Modal:
        """Look again; a closed modal keeps what it last showed."""
        views = await self._control.get(f"people/{self._who}/modals")
        self.raw = next((raw for raw in views if raw["id"] == self.id), self.raw)
        self._in_front = bool(views) and views[-1]["id"] == self.id
        return self


Clickable = SeenMessage | Window
