"""The hints' action ids: what Slack gives back on a click (see also `bot.ids`)."""

from typing import Final

HINT_FINE: Final = "hint_fine"
HINT_OFF: Final = "hint_off"
HINT_CHANGE: Final = "hint_change"
