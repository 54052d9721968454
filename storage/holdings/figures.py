"""What is held of answers to surveys. People behind answers are known by a keyed hash alone."""

from storage.holdings.registry import Holding

HOLDINGS = (
    Holding(
        table="nps_answers",
        words="answers to surveys",
        tells=("comment", "properties"),
        plain=("key", "person"),
    ),
    Holding(table="nps_settings", words="settings of NPS", plain=("time_zone",), secret=("pepper",)),
    Holding(
        table="nps_sources",
        words="sources of answers",
        tells=("name", "settings", "trouble"),
        plain=("kind", "cursor"),
        secret=("secret",),
    ),
    Holding(
        table="nps_properties", words="properties of answers", tells=("name", "folded"), plain=("refused",)
    ),
    Holding(table="nps_segments", words="segments of answers", tells=("value", "folded")),
    Holding(table="nps_days", words="counts by day"),
    Holding(table="nps_weeks", words="counts by week"),
    Holding(table="nps_erased", words="marks of erased people, hashed", plain=("person",)),
    Holding(table="nps_imports", words="files taken in", tells=("file", "tally"), plain=("fingerprint",)),
    Holding(table="nps_keys", words="keys for pushing", tells=("name",), plain=("public_id", "secret_hash")),
    Holding(table="nps_pushes", words="pushes answered", plain=("idempotency_key", "body_hash", "answer")),
    Holding(
        table="nps_follows",
        words="channels that follow NPS",
        names=("asked_by",),
        plain=("channel_id", "cells", "sensitivity"),
    ),
    Holding(table="nps_watches", words="looks at NPS"),
    Holding(
        table="nps_movements",
        words="movements of NPS",
        plain=("channel_id", "cell", "cell_key", "before", "after", "voices", "outcome", "later"),
    ),
    Holding(table="nps_figures", words="business figures", plain=("figure", "property", "value")),
    Holding(
        table="nps_worth",
        words="questions about worth",
        names=("asked_by",),
        plain=("channel_id", "figure", "property", "value", "answer", "before"),
    ),
)
"""One line a table."""
