"""The callback and action ids of events and of days to remember (see also `bot.ids`)."""

from typing import Final

# The window, and planning an event.
STAGE_WINDOW: Final = "stage_window"
STAGE_VIEW: Final = "stage"
STAGE_NEW: Final = "stage_new"
STAGE_CHANGE: Final = "stage_change"
STAGE_PLAN_VIEW: Final = "stage_plan"
STAGE_CHANGE_VIEW: Final = "stage_change_view"
STAGE_CUSTOMER: Final = "stage_customer"
STAGE_ZONE: Final = "stage_zone"
STAGE_OPEN: Final = "stage_open"
STAGE_EVENT_VIEW: Final = "stage_event"
STAGE_CALL_OFF: Final = "stage_call_off"
STAGE_TAKE_BACK: Final = "stage_take_back"
STAGE_INVITE: Final = "stage_invite"
STAGE_INVITE_VIEW: Final = "stage_invite_view"

# Seats.
STAGE_COME: Final = "stage_come"
STAGE_STEP_BACK: Final = "stage_step_back"
STAGE_CALENDAR: Final = "stage_calendar"

# Questions.
STAGE_QUESTIONS: Final = "stage_questions"
STAGE_ASK_VIEW: Final = "stage_ask"
STAGE_VOTE: Final = "stage_vote"
STAGE_LET_IN: Final = "stage_let_in"
STAGE_LEAVE_OUT: Final = "stage_leave_out"

# Afterwards.
STAGE_WRITE_UP: Final = "stage_write_up"
STAGE_THANKED: Final = "stage_thanked"
STAGE_RECORDING: Final = "stage_recording"
STAGE_RECORDING_VIEW: Final = "stage_recording_view"
STAGE_UNRECORD: Final = "stage_unrecord"

# Days to remember why.
REMEMBER_VIEW: Final = "remember"
REMEMBER_REMOVE: Final = "remember_remove"
REMEMBER_CUSTOMER: Final = "remember_customer"
