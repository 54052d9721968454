"""Rows of both workspaces beside the two that every table has: each in a state that only some functions see.

Each is a second row again, but for what stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from storage.follow_ups import ACT, DONE
from storage.nps_people import hashed
from stories.attention_kinds import LESSON
from stories.consent import Purpose
from stories.trackers import place_of
from tests.conftest import NOW

EACH = 2
"""Rows of each table in each workspace, before these."""

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
UNSEATED: dict[str, Any] = {"attention_window": None, "attention_seat": None}


def first(table: str) -> Callable[[Any], int]:
    """The number of a workspace's first row there."""
    return lambda side: int(side.ids[table][0])


def second(table: str) -> Callable[[Any], int]:
    """The number of its second."""
    return lambda side: int(side.ids[table][1])


def known_person(side: Any) -> str | None:
    """The key of whoever answered a survey and is a customer, under the workspace's own secret."""
    return hashed(side.mark.encode() * 4, f"{side.mark} shared customers.contact")


def _to_person(kind: str, slot: Callable[[Any], str], slack_ts: str) -> dict[str, Any]:
    """A message that a colleague got, and where."""
    seen = {"state": "sent", "channel_id": "U0", "posted_in": "C0", "slack_ts": slack_ts}
    return UNSEATED | seen | {"kind": kind, "slot_key": slot}


def _agreed(purpose: Purpose, customer: Callable[[Any], int]) -> dict[str, Any]:
    return {"purpose": purpose.value, "customer_id": customer, "interview_id": None}


MORE: dict[str, dict[str, dict[str, Any]]] = {
    "accounts": {"nobodys": {"key": "key-2", "asked_at": NOW}},
    "deliveries": {
        "failed": UNSEATED | {"slot_key": "failed", "state": "failed"},
        "in_doubt": UNSEATED | {"slot_key": "in_doubt", "state": "in_doubt"},
        "sending": UNSEATED
        | {"slot_key": "sending", "state": "sending", "sending_at": LONG_AGO, "lease_until": LONG_AGO},
        "event": _to_person("event", lambda side: f"event:{side.ids['events'][0]}:told", "5.0"),
        "guide": _to_person("notice", lambda side: f"rota_guide:{side.ids['rota_talks'][0]}", "6.0"),
        "tracker": UNSEATED
        | {
            "channel_id": lambda side: place_of(side.ids["trackers"][0]),
            "kind": "tracker",
            "state": "pending",
        },
        "taking_back": UNSEATED
        | {
            "slot_key": "taking_back",
            "method": "chat.delete",
            "state": "pending",
            "target_delivery_id": first("deliveries"),
        },
    },
    "unasked": {
        "movement": {
            "kind": "nps_movement",
            "slot_key": "movement",
            "state": "merged",
            "about": lambda side: {"movement": side.ids["nps_movements"][0]},
            "delivery_id": first("deliveries"),
        },
        "line": {
            "kind": "avatar_line",
            "slot_key": lambda side: f"line:{side.ids['avatar_lines'][0]}",
            "state": "planned",
            "delivery_id": first("deliveries"),
        },
        "remembered": {
            "place": "C0",
            "kind": "remember",
            "about": lambda side: {"follow_up": side.ids["follow_ups"][0]},
        },
        "lesson": {"place": "U0", "kind": LESSON, "about": {"lesson": "quoting"}},
    },
    "erasure_posts": {
        "refused": {
            "erasure_id": first("erasures"),
            "delivery_id": lambda side: side.ids["deliveries"][2],
            "state": "refused",
        },
        "done": {
            "erasure_id": first("erasures"),
            "delivery_id": lambda side: side.ids["deliveries"][3],
            "state": "done",
        },
    },
    "follow_ups": {
        "ended": {
            "interview_id": first("interviews"),
            "kind": ACT,
            "outcome": DONE,
            "done_at": NOW - timedelta(days=1),
            "untold": False,
            "owner_id": "U1",
        },
        "untimed": {"remind_at": None, "due_on": date(2026, 11, 10)},
    },
    "interviews": {
        "of_event": {
            "source_key": lambda side: f"draft:{side.ids['drafts'][0]}",
            "created_at": NOW - timedelta(minutes=30),
        },
    },
    "stories": {
        "untold": {"interview_id": lambda side: side.ids["interviews"][2], "state": "published"},
    },
    "consents": {
        "again": _agreed(Purpose.CONTACTED_AGAIN, second("customers")),
        "quoted": _agreed(Purpose.QUOTED_BY_AVATAR, second("customers")),
        "followed": _agreed(Purpose.FOLLOWED_IN_SERIES, first("customers")),
    },
    "drafts": {"untouched": {"author_id": "U0", "step": "", "updated_at": LONG_AGO}},
    "projects": {"unheard": {"channel_id": "C7"}},
    "nps_answers": {"customers": {"source_id": first("nps_sources"), "key": "key-2", "person": known_person}},
    "reactions": {"others": {"story_id": first("stories"), "user_id": "U1"}},
    "rota_talks": {
        "along": {
            "user_id": "U2",
            "customer_id": first("customers"),
            "state": "accepted",
            "starts_at": NOW + timedelta(days=1),
            "with_talk_id": first("rota_talks"),
            "draft_id": None,
        },
    },
    "wanted_talks": {"untimed": {"remind_at": None, "due_on": date(2026, 11, 10)}},
    "channel_rolls": {"silent": {"channel_id": "C8"}},
}
"""By table and what each row is there for: its values, or how they are made."""


def more(table: str, name: str) -> Callable[[Any], int]:
    """The number of that row of a workspace."""
    return lambda side: int(side.ids[table][EACH + list(MORE[table]).index(name)])
