"""Transcripts of talks that never took place, as meeting tools write them."""

from __future__ import annotations

from datetime import timedelta

SPOKEN = timedelta(seconds=20)
Said = tuple[tuple[str, str], ...]

PAYROLL: Said = (
    ("Ana Sousa", "Thank you for taking the time, Marta. What were you trying to get done that day?"),
    (
        "Marta Ortega",
        """I was trying to send the wages out before Friday, like every month.
        The file was refused three times and nobody could tell me why.
        I did it by hand at midnight, with the bank's window open beside me.""",
    ),
    ("Ana Sousa", "By hand? How long did that take?"),
    (
        "Marta Ortega",
        """Four hours, for sixty people. I have never been so afraid of a typing mistake in my life.
        One wrong digit and somebody does not pay their rent.""",
    ),
    ("Ana Sousa", "What did you do the month after?"),
    (
        "Marta Ortega",
        """I went back to the old spreadsheet, because the spreadsheet never says no at eleven at night.
        Your new screen looks lovely. But lovely does not help me when I am alone in the office.""",
    ),
    ("Ana Sousa", "And what would have helped?"),
    (
        "Marta Ortega",
        """A sentence that tells me which line is wrong would have saved my whole evening.
        We found it in the end: one name had an accent in it.
        When the second file went through I cried a little, honestly.""",
    ),
)
EVEN: Said = tuple(
    pair
    for number in range(4)
    for pair in (
        ("Tom Reed", f"We waited {number + 2} weeks for the new till and lost a good customer over it."),
        (
            "Lea Brandt",
            f"Our shop closed {number + 2} hours early because the printer would not start again.",
        ),
    )
)
SILENT: Said = (
    ("Ana Sousa", "Did you get round to trying the new screen that we spoke about at the fair in May?"),
    ("Marta Ortega", "Yes."),
    ("Ana Sousa", "And was there anything in it that you missed, or that got in your way at all?"),
    ("Marta Ortega", "No, fine."),
)
CROWD: Said = tuple(
    (
        f"Person {letter} Smith",
        f"I come from village {letter} and I had to walk {at + 2} miles to your office.",
    )
    for at, letter in enumerate("ABCDEF")
)


def webvtt(said: Said, *, every: timedelta = timedelta(minutes=5)) -> bytes:
    """As Zoom and Teams export them, the speaker in a voice tag."""
    cues = [
        f"{_clock(every * at)} --> {_clock(every * at + SPOKEN)}\n<v {who}>{_flat(words)}</v>\n"
        for at, (who, words) in enumerate(said)
    ]
    return "\n".join(["WEBVTT\n", *cues]).encode()


def lines(said: Said) -> bytes:
    """As plain text."""
    return "\n\n".join(f"{who}: {_flat(words)}" for who, words in said).encode()


def _clock(moment: timedelta) -> str:
    seconds = int(moment.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def _flat(words: str) -> str:
    return " ".join(words.split())
