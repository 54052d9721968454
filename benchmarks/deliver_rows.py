"""One workspace's story, agreed to and published, for the delivery benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.trial import MONDAY
from storage.tables import Base, ConsentRow, CustomerRow
from storage.tables_stories import InterviewRow, QuoteRow, StoryRow


def company(workspace_id: str, number: int) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    """The rows of a story that was published yesterday, numbered `number`."""
    at = MONDAY - timedelta(days=1)
    own = {"workspace_id": workspace_id}
    customer = {
        "id": number, "name": f"Customer {number}", "folded_name": f"customer {number}",
        "alias": "a customer", "company": "", "segment": "fleets", "contact": None, "former_names": [],
        "former_companies": [], "created_by": "U1", "created_at": at,
    }  # fmt: skip
    yield CustomerRow, own | customer
    interview = {
        "id": number, "source_key": f"bench:{number}", "customer_id": number, "author_id": "U1",
        "talked_on": at.date(), "how": "call", "title": "A map of paper", "score": 7, "meaning": "",
        "trying_to": "Get it done. " * 5, "happened": "It took a while. " * 20, "hidden": [],
        "themes": ["maps"], "created_at": at, "updated_at": at,
    }  # fmt: skip
    yield InterviewRow, own | interview
    consent = {
        "customer_id": number, "interview_id": number, "purpose": "without_name", "granted": True,
        "words": "", "recorded_by": "U1", "recorded_at": at, "valid_from": at, "valid_until": None,
    }  # fmt: skip
    yield ConsentRow, own | consent
    yield QuoteRow, own | {"interview_id": number, "position": 0, "text": "I just want to go home on time."}
    story = {
        "id": number, "interview_id": number, "state": "published", "revision": 1, "appreciation": 0,
        "published_at": at, "created_at": at,
    }  # fmt: skip
    yield StoryRow, own | story
