"""What an avatar writes beneath an issue: Markdown, in which customers' words are quoted and never obeyed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.avatars.sayings import Saying
from bot.messages.avatar import LONGEST_SAID, month
from bot.messages.manners import worded
from stories.avatars.manners import Moment
from stories.avatars.project import FoundingReason, Manner, Project
from stories.language import _
from stories.markdown import inert, quoted
from stories.text import shortened
from stories.values import dataclass

_EMOJI = re.compile(r":[a-z0-9_+-]+:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """A reason why the project was begun, with customers' words for it."""

    reason: FoundingReason
    sayings: tuple[Saying, ...]


def comment(project: Project, grounds: Sequence[Grounds], *, label: str) -> str:
    """The whole comment: who speaks, the reasons with their quotes, and why it came and how it goes."""
    name = inert(project.face.name)
    lead = _opening(project).format(project=f"**{inert(project.name)}**")
    emoji = f"{project.face.emoji} " if _EMOJI.fullmatch(project.face.emoji) else ""
    parts = [f"{emoji}**{name}** · {lead}"]
    for one in grounds:
        parts.append(f"**{inert(one.reason.words)}**")
        parts += [part for saying in one.sayings for part in _voiced(saying)]
    return "\n\n".join([*parts, f"<sub>{_why(name, label)}</sub>"])


def _voiced(saying: Saying) -> tuple[str, str]:
    kind = saying.kind_of_customer or _("A customer")
    source = f"— {inert(kind[:1].upper() + kind[1:])}, {month(saying.talked_on)}"
    return quoted(shortened(saying.words, LONGEST_SAID)), source


def _opening(project: Project) -> str:
    ours = {
        Manner.PLAIN: _("One reason why {project} was begun comes near this:"),
        Manner.WARM: _("A friendly reminder, as this comes near a reason why {project} was begun:"),
        Manner.CHEEKY: _("Psst. Isn’t this about a reason why {project} was begun?"),
    }
    return worded(project, Moment.COMMENT, ours)


def _why(name: str, label: str) -> str:
    said = _(
        "{name} is not a person. These are real customers’ own words, word for word, from people who agreed "
        "to be quoted. This came because of the label “{label}”: take that off, and the comment goes. "
        "In the project’s Slack channel, *Why we do this* and *Beyond Slack* switch it off everywhere."
    )
    return said.format(name=name, label=inert(label))
