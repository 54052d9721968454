"""The words around customers' words in the manner of a project's avatar: one of ours, or an added one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.added import manners
from stories.avatars.manners import Moment
from stories.avatars.project import Manner, Project
from stories.language import _


def worded(project: Project, moment: Moment, ours: Mapping[Manner, str]) -> str:
    """What this avatar says at this moment, its places still to be filled.

    `ours` is what it says in each of our manners; the plain one stands in for a manner that is gone.
    """
    chosen = project.face.manner
    added = manners().found.get(chosen)
    if added:
        return added.sentences.at(moment)
    return ours[Manner(chosen) if chosen in ours else Manner.PLAIN]


def titles() -> dict[str, str]:
    """What each manner is called, by the key it is chosen with: ours, then the added ones."""
    ours: dict[str, str] = {Manner.PLAIN: _("Plain"), Manner.WARM: _("Warm"), Manner.CHEEKY: _("Cheeky")}
    return ours | {key: one.sentences.title for key, one in manners().found.items()}
