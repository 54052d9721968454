"""An answer about worth as it is kept, so that it can be set beside the one of a month later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from bot.nps.worth import Worth
from stories.nps.worth import Association, TooEarly


def kept(worth: Worth) -> dict[str, Any]:
    """The answer as JSON."""
    found = asdict(worth.found) | {"early": isinstance(worth.found, TooEarly)}
    return {
        "figure": worth.figure,
        "segment": list(worth.segment),
        "found": found,
        "months": [month.isoformat() for month in worth.months],
        "scores": list(worth.scores),
        "amounts": list(worth.amounts),
        "property_name": worth.property_name,
    }


def recalled(stored: Mapping[str, Any]) -> Worth:
    """The answer that was kept so."""
    found = dict(stored["found"])
    early = found.pop("early")
    name, value = stored["segment"]
    return Worth(
        figure=stored["figure"],
        segment=(name, value),
        found=TooEarly(**found) if early else _association(found),
        months=tuple(date.fromisoformat(month) for month in stored["months"]),
        scores=tuple(stored["scores"]),
        amounts=tuple(stored["amounts"]),
        property_name=stored["property_name"],
    )


def _association(found: dict[str, Any]) -> Association:
    # JSON knows lists alone.
    association = Association(**found)
    return replace(association, by_lag=tuple(association.by_lag))
