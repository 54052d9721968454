"""What is wrong with an event's form is said beside the field, with the fix."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.stage import form
from bot.stage import ids as stage_ids
from bot.stage.planning import FURTHEST, refuse_time
from stories.errors import UserError
from stories.stage.events import Event, Kind
from tests.conftest import NOW

GOOD: dict[str, Any] = {
    "title": "An hour with Nia",
    "kind": "talk",
    stage_ids.STAGE_CUSTOMER: "7",
    "on_day": "2026-11-20",
    "at": "15:00",
    stage_ids.STAGE_ZONE: "Europe/Berlin",
    "minutes": "45",
    "channels": ["C1", "C1"],
}


def read(**changed: Any) -> Event:
    return form.read(GOOD | changed, form.blank("UHOST", "Europe/London", NOW))


def test_a_good_form_is_an_event_by_the_clock_that_was_chosen() -> None:
    event = read(place="Room 4", seats="20", language="de")
    assert (event.kind, event.customer_id, event.seats, event.channels) == (Kind.TALK, 7, 20, ("C1",))
    assert event.when.starts_at.hour == 14
    assert read(kind="listening", **{stage_ids.STAGE_CUSTOMER: None}).customer_id is None


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"title": " … "}, "title", "what it is called"),
        ({stage_ids.STAGE_CUSTOMER: None}, stage_ids.STAGE_CUSTOMER, "which customer comes"),
        ({"kind": "speaker"}, "speaker", "who speaks"),
        ({"kind": "speaker", "speaker": "Dr Ada"}, stage_ids.STAGE_CUSTOMER, "no customer"),
        ({"on_day": None}, "on_day", "choose a day"),
        ({"at": None}, "at", "time of day"),
        ({stage_ids.STAGE_ZONE: None}, stage_ids.STAGE_ZONE, "time zone"),
        ({"place": "http://meet.example"}, "place", "https://"),
        ({"place": "https://meet.example/<!channel>"}, "place", "https://"),
        ({"seats": "0"}, "seats", "from 1 to"),
        ({"seats": "2.5"}, "seats", "whole number"),
        ({"seats": "9" * 400}, "seats", "from 1 to"),
        ({"channels": []}, "channels", "at least one"),
        ({"channels": [f"C{n}" for n in range(6)]}, "channels", "at most 5"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(changed: dict[str, Any], field: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as refused:
        read(**changed)
    assert refused.value.field == field


def test_a_time_that_has_passed_or_is_years_away_is_refused() -> None:
    with pytest.raises(UserError, match="has passed in Europe/Berlin"):
        refuse_time(read(on_day="2026-11-15"), NOW)
    with pytest.raises(UserError, match="days ahead"):
        refuse_time(read(on_day=(NOW + FURTHEST + timedelta(days=2)).date().isoformat()), NOW)
