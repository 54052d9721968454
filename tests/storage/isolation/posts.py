"""What rows hold and functions are called with around what is posted, put off, taken back and erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.conftest import NOW
from tests.storage.isolation.more import first, more, second
from tests.storage.isolation.surveys import answers

LATER = NOW + timedelta(days=1)

CHOSEN: dict[str, Any] = {
    "avatar_comments.source_id": lambda side, number: side.ids["nps_sources"][number],
    "avatar_lines.answer": lambda _, number: ("gone", None)[number],
    "channels.kinds": ["stories", "top_three", "remember"],
    "deliveries.attention_window": lambda _, number: f"window-{number}",
    "erasures.finished_at": lambda _, number: (None, NOW)[number],
    "exports.delete_on": lambda _, number: (NOW, LATER)[number],
    "project_marks.emoji": ":seedling:",
    "projects.listens_since": lambda _, number: (NOW, None)[number],
    "series_questions.episode_id": lambda side, _: side.ids["series_episodes"][1],
}
"""What a column holds in every row of both workspaces, where its type does not say."""

GIVEN: dict[str, Any] = {
    "attention.carried_by.delivery_id": first("deliveries"),
    "attention.wait.until": lambda _: LATER,
    "attention.put_off.until": lambda _: LATER,
    "attention.places_taken.window": lambda _: "window-0",
    "attention_together.windows_taken.windows": lambda _: {"C0": "window-0"},
    "audit.after.line_id": lambda _: 0,
    "avatar_comments.of_answers.keys": answers,
    "avatar_comments.sayable_answers.keys": answers,
    "avatar_lines.answer.line_id": second("avatar_lines"),
    "avatar_quotes.agreed_once.segment": lambda _: "",
    "delivery_care.again.delivery_id": more("deliveries", "failed"),
    "delivery_care.stands.delivery_id": more("deliveries", "in_doubt"),
    "erasing.open_again.erasure_id": second("erasures"),
    "erasing_answers.settle.erasure_id": second("erasures"),
    "erasing_posts.collect.erasure_id": second("erasures"),
    "erasing_posts.waiting.only": lambda _: (),
    "listening.begin.project_id": more("projects", "unheard"),
    "milestones.mark.looks": lambda _: {4: LATER},
    "milestones.mark.new.message_ts": lambda _: "9.0",
    "posted.says.delivery_id": second("deliveries"),
    "posted.in_slot.kind": lambda _: "digest",
    "posted.notes_about.kind": lambda _: "notice",
    "posted.notes_about.about": lambda _: "rota_guide",
    "priorities_shown.posts_of.kind": lambda _: "nps_movement",
    "priorities_shown.posts_of.slot": lambda _: "movement",
    "nps_keys.revoke.public_id": lambda side: f"{side.mark}0",
    "receipts.take_in.key": lambda _: "new",
    "receipts.mark.key": lambda _: "new",
    "receipts.first_time.key": lambda _: "new",
    "routes.posts_with_answers.keys": answers,
    "search.find.among": lambda side: side.ids["stories"],
    "search_themes.called.name": lambda side: f"{side.mark} shared themes.name 0",
    "search_themes.of_comments.keys": answers,
    "series.follow_customer.customer_id": second("customers"),
    "series_candidates.candidates.words": lambda _: "",
    "series_episodes.of_season.season_id": second("series_seasons"),
    "series_episodes.told.season_id": second("series_seasons"),
    "series_notes.telling_of.beginning": lambda _: "slot_key",
    "series_posts.record.post.delivery_id": more("deliveries", "event"),
    "series_questions.questions.episode_id": second("series_episodes"),
    "series_questions.choose.episode_id": second("series_episodes"),
    "series_questions.waiting.customer_id": second("customers"),
    "series_questions.of_customers.customer_ids": lambda side: tuple(side.ids["customers"]),
    "series_reading.readable_season.season_id": second("series_seasons"),
    "stories.of_author.skip": lambda _: 0,
    "stories.publish.story.id": second("stories"),
    "tracker_comments.settled.tracker_id": second("trackers"),
    "web_sessions.end.public_id": lambda side: f"{side.mark}0",
}
"""Parameters that name and type do not tell."""
