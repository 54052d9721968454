"""The rota's callback and action ids, in one place: what Slack gives back on a click (see also `bot.ids`)."""

from typing import Final

# The rota: joining, an invitation and what follows it, short forms, customers who are proposed.
ROTA_OPEN: Final = "rota_open"
ROTA_VIEW: Final = "rota"
ROTA_PAUSE: Final = "rota_pause"
ROTA_RESUME: Final = "rota_resume"
ROTA_LEAVE: Final = "rota_leave"
ROTA_YES: Final = "rota_yes"
ROTA_LATER: Final = "rota_later"
ROTA_LATER_VIEW: Final = "rota_later_view"
ROTA_NOT_ME: Final = "rota_not_me"
ROTA_REACH: Final = "rota_reach"
ROTA_REACH_VIEW: Final = "rota_reach_view"
ROTA_CALENDAR: Final = "rota_calendar"
ROTA_MISSED: Final = "rota_missed"
ROTA_LISTENED: Final = "rota_listened"
ROTA_HELPED: Final = "rota_helped"
ROTA_SHORT_VIEW: Final = "rota_short"
ROTA_PROPOSE: Final = "rota_propose"
ROTA_PROPOSE_VIEW: Final = "rota_propose_view"
ROTA_PART_VIEW: Final = "rota_part"
