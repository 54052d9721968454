"""What the windows of rules are called, and what is pressed and chosen in them."""

from typing import Final

VIEW: Final = "route_view"
SENTENCE_VIEW: Final = "route_sentence_view"
FIELDS_VIEW: Final = "route_fields_view"
PREVIEW_VIEW: Final = "route_preview_view"
SENTENCE: Final = "route_sentence"
FIELDS: Final = "route_fields"
CHANGE: Final = "route_change"
STOP: Final = "route_stop"
SEGMENTS: Final = "route_segments"
THEME: Final = "route_theme"
