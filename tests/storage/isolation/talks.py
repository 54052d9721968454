"""What rows hold and functions are called with around talks, what came of them, and events."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.conftest import NOW
from tests.storage.isolation.more import first, more, second

LATER = NOW + timedelta(days=1)
THIS_YEAR = (date(2026, 1, 1), date(2026, 12, 31))

CHOSEN: dict[str, Any] = {
    "account_teams.account": "account-0",
    "customers.company": "Same Name",
    "customer_links.ends_at": LATER,
    "screens.ends_at": LATER,
    "due_homes.followed": 0,
    "events.next_at": NOW,
    "event_drafts.draft_id": lambda side, number: side.ids["drafts"][number],
    "event_seats.next_at": NOW,
    "follow_ups.offered_to": lambda _, number: (None, "U1")[number],
    "rota_people.joined_at": NOW - timedelta(days=90),
    "rota_talks.draft_id": lambda side, number: side.ids["drafts"][number],
    "wanted_talks.draft_id": lambda side, number: side.ids["drafts"][number],
    "priorities.theme_id": lambda side, number: side.ids["themes"][number],
}
"""What a column holds in every row of both workspaces, where its type does not say."""

_ENDED = {
    f"endings.{function}.follow_up_id": more("follow_ups", "ended")
    for function in ("reword", "take_back", "customer_told", "is_heard")
}

GIVEN: dict[str, Any] = {
    **_ENDED,
    "endings.customer_told.owner_id": lambda _: "U1",
    "account_teams.members.account": lambda _: "account-0",
    "account_teams.kept_to_team.author_ids": lambda _: ["U0", "U1"],
    "accounts.called_like.companies": lambda _: ["Same Name"],
    "viewer": lambda _: "U0",
    "contacts_free.may_be_asked.customer_id": second("customers"),
    "customer_absences.is_not_in.channel_id": lambda _: "C9",
    "events.stories_of.event_id": first("events"),
    "event_posts.of_event.places": lambda _: ["U0"],
    "event_posts.under.slack_ts": lambda _: "5.0",
    "follow_up_changes.answer.follow_up_id": second("follow_ups"),
    "follow_up_changes.answer.colleague": lambda _: "U1",
    "letters.segments_heard.part": lambda _: "",
    "letters.changed_because.begins": lambda _: NOW - timedelta(days=30),
    "letters.changed_because.part": lambda _: "",
    "priorities.of_quarter.quarter": lambda _: date(2026, 10, 1),
    "recalling.how_many.sensitive": lambda side: [f"{side.mark} shared customers.segment 1"],
    "recalling.told.sensitive": lambda side: [f"{side.mark} shared customers.segment 1"],
    "rota_questions.rising.days": lambda _: 90,
    "rota_threads.draft_of.slack_ts": lambda _: "6.0",
    "themes_spoken.said.days": lambda _: THIS_YEAR,
    "themes_spoken.about.days": lambda _: THIS_YEAR,
}
"""Parameters that name and type do not tell."""
