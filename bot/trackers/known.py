"""The trackers that are known, each loaded when it is needed: speaking to other servers takes memory."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from bot.trackers.tracker import Tracker
from stories.errors import UserError
from stories.language import _

KNOWN = {"github": "bot.trackers.github"}
"""Each kind's file; the tracker in it is called as its kind is."""

USUAL = "github"
"""The one that is offered."""


@cache
def tracker_of(kind: str) -> Tracker:
    """The tracker of this kind. Raises UserError for one that is not known."""
    if kind not in KNOWN:
        said = _("I don’t know the tracker “{kind}”. I know: {kinds}.")
        raise UserError(said.format(kind=kind, kinds=", ".join(KNOWN)))
    tracker: Tracker = getattr(import_module(KNOWN[kind]), kind)
    return tracker
