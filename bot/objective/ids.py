"""The objective's callback and action ids: what Slack gives back on a click (see also `bot.ids`)."""

from typing import Final

OBJECTIVE_OPEN: Final = "objective_open"
OBJECTIVE_FORM_VIEW: Final = "objective_form"
OBJECTIVE_VIEW: Final = "objective"
OBJECTIVE_CHANGE: Final = "objective_change"
OBJECTIVE_NEW: Final = "objective_new"
OBJECTIVE_DROP: Final = "objective_drop"
OBJECTIVE_PAGE: Final = "objective_page"
OBJECTIVE_LINES_VIEW: Final = "objective_lines"
OBJECTIVE_PAGE_VIEW: Final = "objective_page_view"
