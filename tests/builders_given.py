"""What builders of messages are given that ask for one of a few names, or for a whole that fits together.

All else is made up from the types that they take (`tests.any_value`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.dropping.talk import Talk
from bot.messages.charts import CHART
from bot.messages.dropped_lines import Picking
from bot.messages.rota_notes import About
from bot.nps.importing.guessing import Guess
from bot.nps.importing.mapping import Mapping as Columns
from bot.permissions import Role
from storage.routes import Route
from stories.channels import StopReason
from stories.forms import Form
from stories.lessons.values import Lesson, Rewrites, Screen, Shows
from stories.meanwhile import QUOTES, Change, Meanwhile
from stories.next_step import FIRST_WEEK
from stories.rota.talks import State, Step
from stories.routing.rule import Rule, as_kept
from stories.story_templates import OURS
from tests.any_value import any_value

Given = Mapping[str, tuple[Mapping[str, Any], ...]]
"""By builder, the values by parameter: one set for each time that it is tried."""


def given(by_name: Mapping[str, Any]) -> Given:
    """The values of those builders; `by_name` is what fields of a name have to be."""
    return {
        **_by_part(),
        **_windows(by_name),
        "charts.in_words": ({"chart": _CHART},),
        "charts.without_chart": ({"payload": {"text": "Qxw", "blocks": [_CHART]}},),
        "first_week.step_button": tuple({"item": item} for item in FIRST_WEEK),
        "halting.may_guests_read": tuple({"because": one} for one in (StopReason.GUESTS, StopReason.LARGE)),
        "interview_meanwhile.meanwhile_blocks": ({"found": _MEANWHILE},),
        "people.named": tuple({"role": role} for role in Role if role is not Role.ADMIN),
        "reports.open_list": ({"notes": [{"text": "", "blocks": []}], "skip": 9, "more": True},),
        "rota_notes.answered": tuple({"about": one} for one in _answered(by_name)),
        "rota_notes.reminder": tuple(
            {"about": _about(by_name, State.ACCEPTED), "step": step}
            for step in (Step.DAY_BEFORE, Step.WRITE_UP, Step.WRITE_UP_AGAIN)
        ),
        "story_parts.body": tuple({"template": one} for one in OURS),
        "story_parts.leaves_out": tuple({"template": one} for one in OURS),
    }


_CHART = {
    "type": CHART,
    "chart": {"series": [{"name": "Qxw", "data": [{"label": "Qxw", "value": 1.5}]}]},
}

_MEANWHILE = Meanwhile(
    form=Form(),
    took=(Change(field="title", own="", now="Qxw"), Change(field=QUOTES, own="", now="Qxw")),
    against=(Change(field="happened", own="Qxw", now="Qxw"), Change(field=QUOTES, own="Qxw", now="Qxw")),
)

_PARTS: Mapping[str, tuple[str, ...]] = {
    "customer_links.withdrew_note": ("withdrew", "withdrew_all"),
    "dropped_files.try_again": ("not_now", "not_kept", "broke"),
    "follow_up.not_on_it": ("let_go", "handed", "moved"),
    "interview.thread_note": ("kept", "not_kept", "only_text", "finished"),
    "reports.settled_note": (
        *("put_back_author", "put_back_reporter", "kept_hidden_author", "kept_hidden_reporter"),
    ),
}


def _by_part() -> Given:
    return {name: tuple({"part": part} for part in parts) for name, parts in _PARTS.items()}


def _windows(by_name: Mapping[str, Any]) -> Given:
    lesson, screen = any_value(Lesson, "", by_name), any_value(Screen, "", by_name)
    talk = replace(any_value(Talk, "", by_name), day="2026-03-01", how="call", language="de", guess=0)
    picking = replace(any_value(Picking, "", by_name), voice=0)
    route = replace(any_value(Route, "", by_name), rule=as_kept(Rule()))
    columns = Columns(score="a", at="b")
    guess = Guess(mapping=columns, open=("score",), shown={"a": "Qxw", "b": "Qxw"}, left_out={"c": "Qxw"})
    return {
        "dropped_files.found": ({"talk": talk},),
        "dropped_lines.lines_view": ({"picking": picking, "talk": talk},),
        "hints.with_hints": ({"view": {"type": "section", "blocks": []}},),
        "lesson_answers.rewritten": tuple({"screen": replace(screen, about=one)} for one in Rewrites),
        "lesson_screens.example_blocks": tuple({"screen": replace(screen, about=one)} for one in Shows),
        "lesson_screens.screen_modal": ({"lesson": lesson, "at": 0},),
        "nps_uploads.offered": ({"guess": guess, "columns": ["a", "b", "c"]},),
        "routing_fields.fields_view": ({"rule": Rule()},),
        "routing_views.list_view": ({"routes": [route]}, {"routes": []}),
    }


def _about(by_name: Mapping[str, Any], state: State) -> About:
    about: About = any_value(About, "", by_name)
    return replace(about, talk=replace(about.talk, state=state))


def _answered(by_name: Mapping[str, Any]) -> list[About]:
    return [_about(by_name, state) for state in State if state not in (State.MATCHED, State.INVITED)]
