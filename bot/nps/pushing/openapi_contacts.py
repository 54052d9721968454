"""Customers who agreed to be contacted, as OpenAPI describes an entry and what became of a batch."""

from __future__ import annotations

from typing import Any

from bot.rota.contact_rows import LONGEST_KEY, LONGEST_REACH
from stories.forms import LONGEST

_TEXT: dict[str, Any] = {"type": "string"}

CONTACT: dict[str, Any] = {
    "type": "object",
    "required": ["name", "agreed"],
    "additionalProperties": False,
    "properties": {
        "id": {**_TEXT, "maxLength": LONGEST_KEY, "description": "What your system calls them."},
        "name": {**_TEXT, "minLength": 1, "maxLength": LONGEST["name"]},
        "company": {**_TEXT, "maxLength": LONGEST["company"]},
        "segment": {**_TEXT, "maxLength": LONGEST["segment"], "examples": ["small business"]},
        "reach": {
            **_TEXT,
            "maxLength": LONGEST_REACH,
            "description": "An address or a number. Kept encrypted; only who is to talk with them sees it.",
        },
        "time_zone": {**_TEXT, "examples": ["Europe/Berlin"]},
        "country": {**_TEXT, "examples": ["DE", "DE-BY"]},
        "languages": {"type": "array", "items": _TEXT, "examples": [["de", "en"]]},
        "part": {**_TEXT, "description": "The part of the business that they are of interest to."},
        "owner": {**_TEXT, "description": "Who looks after their account, by Slack id."},
        "agreed": {
            "type": "boolean",
            "description": "Whether they agreed to be contacted. false takes it back, at once.",
        },
        "agreed_on": {
            **_TEXT,
            "examples": ["2026-03-31"],
            "description": "The day on which they did: a no that was said later stands.",
        },
        "words": {**_TEXT, "maxLength": LONGEST["consent_words"], "description": "In their own words."},
    },
}

_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}

KNOWN: dict[str, Any] = {
    "type": "object",
    "required": ["new", "known", "erased", "said_no", "refused"],
    "properties": {
        "new": _COUNT,
        "known": _COUNT,
        "erased": {**_COUNT, "description": "Of people who were erased: left out."},
        "said_no": {**_COUNT, "description": "Who said no since: left out."},
        "refused": {"type": "array", "items": {"type": "object"}},
    },
}
