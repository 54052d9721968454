"""What the windows of the series are called, and what is pressed and chosen in them."""

from typing import Final

# The series' own window, and seasons.
VIEW: Final = "series_view"
OPEN: Final = "series_open"
FOLLOW: Final = "series_follow"
UNFOLLOW: Final = "series_unfollow"
FOLLOW_MYSELF: Final = "series_follow_myself"
UNFOLLOW_MYSELF: Final = "series_unfollow_myself"
SEASON_NEW: Final = "series_season_new"
SEASON_NEW_VIEW: Final = "series_season_new_view"
SEASON_END: Final = "series_season_end"
SEASON_END_VIEW: Final = "series_season_end_view"
CUSTOMERS: Final = "series_customers"
LOOK_NOW: Final = "series_look_now"

# Whom a season follows, and what they agreed to.
PEOPLE: Final = "series_people"
PEOPLE_VIEW: Final = "series_people_view"
CONSENT: Final = "series_consent"
CONSENT_VIEW: Final = "series_consent_view"
LEAVE_OUT: Final = "series_leave_out"
MEDIA: Final = "series_media"
MEDIA_VIEW: Final = "series_media_view"

# A draft before its editor.
DRAFT: Final = "series_draft"
DRAFT_VIEW: Final = "series_draft_view"
SENTENCE: Final = "series_sentence"
SENTENCE_VIEW: Final = "series_sentence_view"
STRIKE: Final = "series_strike"
ADD: Final = "series_add"
DROP: Final = "series_drop"

# Under an episode.
LOVED: Final = "series_loved"
CATCH_UP: Final = "series_catch_up"
NEXT: Final = "series_next"
VOTE: Final = "series_vote"
SUGGEST: Final = "series_suggest"
SUGGEST_VIEW: Final = "series_suggest_view"
ANSWERED: Final = "series_answered"
NOT_ANSWERED: Final = "series_not_answered"
