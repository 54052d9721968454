"""What is held of answers to surveys. People behind answers are known by a keyed hash alone."""

from storage.holdings.registry import Holding

HOLDINGS = (
    Holding(
        table="nps_answers",
        respondent="person",
        tells=("comment", "properties"),
        plain=("key", "language"),
    ),
    Holding(table="language_rounds"),
    Holding(table="nps_settings", plain=("time_zone",), secret=("pepper",)),
    Holding(
        table="nps_sources",
        tells=("name", "settings", "trouble"),
        plain=("kind", "cursor"),
        secret=("secret",),
    ),
    Holding(table="nps_properties", tells=("name", "folded"), plain=("refused",)),
    Holding(table="nps_segments", tells=("value", "folded")),
    Holding(table="nps_days"),
    Holding(table="nps_weeks"),
    Holding(table="nps_erased", plain=("person",)),
    Holding(table="nps_imports", tells=("file", "tally"), plain=("fingerprint",)),
    Holding(table="nps_keys", tells=("name",), plain=("public_id", "secret_hash")),
    Holding(table="nps_pushes", plain=("idempotency_key", "body_hash", "answer")),
    Holding(
        table="nps_follows",
        names=("asked_by",),
        plain=("channel_id", "cells", "sensitivity"),
    ),
    Holding(table="nps_watches"),
    Holding(
        table="nps_movements",
        plain=("channel_id", "cell", "cell_key", "before", "after", "voices", "outcome", "later"),
    ),
    Holding(table="nps_figures", plain=("figure", "property", "value")),
    Holding(
        table="nps_worth",
        names=("asked_by",),
        plain=("channel_id", "figure", "property", "value", "answer", "before"),
    ),
)
"""One line a table."""
