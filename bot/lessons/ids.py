"""The lessons' callback and action ids: what Slack gives back on a click (see also `bot.ids`)."""

from typing import Final

LESSONS_OPEN: Final = "lessons_open"
LESSONS_VIEW: Final = "lessons"
LESSONS_WANTED: Final = "lessons_wanted"
LESSON_BEGIN: Final = "lesson_begin"
LESSON_VIEW: Final = "lesson"
LESSON_BACK: Final = "lesson_back"
LESSON_NOT_NOW: Final = "lesson_not_now"
LESSON_NO_MORE: Final = "lesson_no_more"
LESSON_DONE_VIEW: Final = "lesson_done"
