"""What is held of events and of days to remember why."""

from storage.holdings.registry import Holding, Via

HOLDINGS = (
    Holding(
        table="events",
        customer="customer_id",
        names=("host_id",),
        tells=("title", "about", "speaker", "place", "recording"),
        plain=("kind", "wall", "time_zone", "language", "channels", "state", "step"),
    ),
    Holding(
        table="event_seats",
        customer=Via("event_id", "events"),
        employee="user_id",
        plain=("place", "time_zone", "step"),
    ),
    Holding(
        table="event_questions",
        customer=Via("event_id", "events"),
        employee="asker_id",
        tells=("words",),
        plain=("asked",),
    ),
    Holding(table="event_votes", customer=Via("question_id", "event_questions"), employee="user_id"),
    Holding(table="event_drafts", customer=Via("event_id", "events"), employee="author_id"),
    Holding(
        table="remember_days",
        customer="customer_id",
        names=("added_by",),
        tells=("words",),
        plain=("day_of",),
    ),
    Holding(table="remember_looks"),
)
"""One line a table."""
