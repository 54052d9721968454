"""Which voice of a conversation is likely the customer's, and which labels are names at all.

What the transcript shows decides (`stories.transcripts` says how), and whoever dropped the file is one of
us. Of several others the one who says clearly most is guessed; where two say about as much, nobody is: then
the person is asked without a hint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stories.notes import Side
from stories.notes.labels import is_nobody, role_side
from stories.notes.names_alike import same_person
from stories.transcripts import Voice

_CLEARLY_MORE = 0.1
_NUMBERED = re.compile(
    r"(?:unknown )?(?:speaker|person|voice|participant|guest|caller)?[\s#]*\w?\d*", re.IGNORECASE
)


def guess(voices: Sequence[Voice], *, ours: str) -> int | None:
    """The number of the voice that is likely the customer's; None when several are about as likely.

    `ours` is the name of whoever dropped the file.
    """
    others = [
        (voice.share, at)
        for at, voice in enumerate(voices)
        if voice.side is not Side.US and not (ours and same_person(voice.who, ours))
    ]
    theirs = [(share, at) for share, at in others if voices[at].side is Side.CUSTOMER]
    likely = sorted(theirs or others, reverse=True)
    if not likely or (len(likely) > 1 and likely[0][0] - likely[1][0] < _CLEARLY_MORE):
        return None
    return likely[0][1]


def is_somebody(name: str) -> bool:
    """Whether a label is a name rather than a role or a number ("Speaker 2")."""
    return bool(name) and not (role_side(name) or is_nobody(name) or _NUMBERED.fullmatch(name.strip()))
