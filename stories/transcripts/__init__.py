"""What a recording's transcript says, as Zoom, Teams, Meet and Otter write it, with the evidence for it."""

from stories.transcripts.limits import MOST_BYTES, MOST_CUES, MOST_LETTERS, MOST_SPEAKERS, check_size
from stories.transcripts.reading import ENDINGS, NoTalk, read_transcript, text_of
from stories.transcripts.values import Format, Language, Transcript, Turn, Voice

__all__ = [
    "ENDINGS",
    "MOST_BYTES",
    "MOST_CUES",
    "MOST_LETTERS",
    "MOST_SPEAKERS",
    "Format",
    "Language",
    "NoTalk",
    "Transcript",
    "Turn",
    "Voice",
    "check_size",
    "read_transcript",
    "text_of",
]
