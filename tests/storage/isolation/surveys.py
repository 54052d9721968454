"""What rows hold and functions are called with around surveys: answers, their counts, what moved."""

from __future__ import annotations

from typing import Any

from storage.nps_segments import ALL
from storage.nps_worth import Asked
from tests.storage.isolation.more import first

CHOSEN: dict[str, Any] = {
    "nps_days.cell": lambda side, number: (ALL, side.ids["nps_segments"][0])[number],
    "nps_weeks.cell": lambda side, number: (ALL, side.ids["nps_segments"][0])[number],
    "nps_figures.figure": "seats",
    "nps_movements.outcome": lambda _, number: ("", "held")[number],
    "nps_movements.voices": lambda side, number: [[side.ids["nps_sources"][number], f"key-{number}"]],
    "nps_properties.name": lambda side, number: ("Plan", f"{side.mark} shared name")[number],
    "nps_properties.folded": lambda _, number: ("plan", "folded-1")[number],
    "nps_segments.value": lambda side, number: ("Large", f"{side.mark} shared value")[number],
    "nps_segments.folded": lambda _, number: ("large", "folded-1")[number],
    "nps_properties.refused": lambda _, number: ("", "too_many")[number],
    "nps_worth.figure": "seats",
    "nps_worth.property": "plan",
    "nps_worth.value": "large",
    "route_items.answer_key": lambda _, number: f"key-{number}",
    "route_items.source_id": lambda side, number: side.ids["nps_sources"][number],
}
"""What a column holds in every row of both workspaces, where its type does not say."""


def answers(side: Any) -> list[tuple[int, str]]:
    """An answer of this workspace, by what it is called in both."""
    return [(side.ids["nps_sources"][0], "key-0")]


def _of_everybody(module: str, *functions: str) -> dict[str, Any]:
    """All answers, not one segment's."""
    return {
        f"{module}.{function}.{name}": lambda _: {} for function in functions for name in ("cell", "where")
    }


GIVEN: dict[str, Any] = {
    **_of_everybody("nps_counts", "by"),
    **_of_everybody("nps_deeper", "daily", "by", "verbatims"),
    "nps_counts.by.of_property": lambda _: "Plan",
    "nps_stretches.stretches.cells": lambda _: [ALL],
    "nps_ledger.forget_segments.segments": lambda side: side.ids["nps_segments"],
    "nps_deeper.by.of_property": lambda _: "text",
    "nps_deeper.verbatims.languages": lambda _: (),
    "nps_deeper.verbatims.known": lambda _: None,
    "nps_erasing.posts_quoting.answers": answers,
    "nps_erasing.quote_no_more.answers": answers,
    "nps_figures.series.name": lambda _: "seats",
    "nps_movements.speaking.keys": answers,
    "nps_people.erased_among.people": lambda _: ["U0"],
    "nps_uploads.move.was": lambda _: "state-0",
    "nps_uploads.move.upload_id": first("nps_uploads"),
}
"""Parameters that name and type do not tell."""

KINDS: dict[Any, Any] = {
    Asked: lambda _: Asked(channel_id="C0", figure="seats", segment=("plan", "large")),
}
"""Values that are made whole."""
