"""The letter's callback and action ids: what Slack gives back on a click (see also `bot.ids`)."""

from typing import Final

LETTER_VIEW: Final = "letter"
LETTER_STOP: Final = "letter_stop"
