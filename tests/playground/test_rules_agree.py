"""Our reading of Block Kit's rules against an independent one, in both directions, on a generated corpus."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from playground.rules.views import is_too_large, view_problems
from playground.rules.wholes import Surface, block_problems
from tests.blockkit import independent_reading
from tests.playground.corpus import (
    COMMON,
    EVERY,
    HOME,
    MESSAGE_ONLY,
    MODAL,
    MODAL_ONLY,
    block_lists,
    option,
    plain,
    views,
)

Validate = Callable[..., tuple[list[Any], list[Any]]]
RELAXED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.large_base_example]


@pytest.fixture(scope="module")
def validate() -> Validate:
    module = independent_reading()
    if module is None:
        warnings.warn("SKIPPED: no second reading of Block Kit", stacklevel=1)
        pytest.skip("no Block Kit validator: the rules are not compared with the independent reading")
    found: Validate = module.validate
    return found


def theirs(validate: Validate, payload: Any, surface: str) -> list[Any]:
    try:
        errors, _ = validate(payload, surface=surface)
    except (AttributeError, TypeError) as error:  # it takes some malformed JSON for granted
        return [str(error)]
    return errors


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=RELAXED)
@given(blocks=block_lists())
@example(blocks=[])
def test_messages_are_judged_alike(validate: Validate, blocks: list[Any]) -> None:
    ours = block_problems(blocks, "message")
    assert bool(ours) == bool(theirs(validate, {"blocks": blocks}, "message")), ours


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=RELAXED)
@given(made=views())
def test_views_are_judged_alike(validate: Validate, made: tuple[Surface, Any]) -> None:
    surface, view = made
    assume(not any(_is_bare(view.get(name)) for name in ("title", "submit", "close")))
    ours = view_problems(view, surface) or is_too_large(view)
    assert bool(ours) == bool(theirs(validate, view, surface)), ours


def _is_bare(text: Any) -> bool:
    return isinstance(text, dict) and text.get("text") == ""


@pytest.mark.parametrize("name", ["title", "submit", "close"])
def test_a_view_has_no_empty_title_or_buttons(validate: Validate, name: str) -> None:
    """The other reading lets them be empty; Slack's page of the text object wants one character at least."""
    view = {**MODAL, "blocks": [], name: plain("")}
    assert theirs(validate, view, "modal") == []
    assert [str(problem) for problem in view_problems(view, "modal")] == [
        f"must be more than 0 characters [json-pointer:/view/{name}/text]"
    ]


@pytest.mark.parametrize("block", EVERY, ids=lambda block: str(block["type"]))
@pytest.mark.parametrize("surface", ["message", "modal", "home"])
def test_each_surface_takes_the_same_blocks(validate: Validate, block: Any, surface: Surface) -> None:
    if surface == "message":
        ours: Any = block_problems([block], surface)
        assert bool(ours) == bool(theirs(validate, {"blocks": [block]}, surface)), ours
    else:
        view = {**(MODAL if surface == "modal" else HOME), "blocks": [block]}
        ours = view_problems(view, surface)
        assert bool(ours) == bool(theirs(validate, view, surface)), ours


@pytest.mark.parametrize("block", [*COMMON, *MESSAGE_ONLY], ids=lambda block: str(block["type"]))
def test_the_corpus_starts_from_messages_that_are_fine(block: Any) -> None:
    assert block_problems([block], "message") == []


@pytest.mark.parametrize("block", [*COMMON, *MODAL_ONLY], ids=lambda block: str(block["type"]))
def test_the_corpus_starts_from_modals_that_are_fine(block: Any) -> None:
    assert view_problems({**MODAL, "blocks": [block]}, "modal") == []


def test_an_option_may_have_a_description_as_slacks_page_says(validate: Validate) -> None:
    """The other reading has no `description`; Slack's page of the option object has (75 characters)."""
    described = {**option(), "description": plain()}
    block = {
        "type": "actions",
        "elements": [{"type": "static_select", "action_id": "s", "options": [described]}],
    }
    assert theirs(validate, {"blocks": [block]}, "message")
    assert block_problems([block], "message") == []
    described["description"] = plain("x" * 76)
    assert block_problems([block], "message")


def _chart(chart: Any) -> list[Any]:
    return [{"type": "data_visualization", "title": "NPS", "chart": chart}]


def _bars(**changes: Any) -> Any:
    points = [{"label": "May", "value": 31}, {"label": "June", "value": -4}]
    axis = {"categories": ["May", "June"], "x_label": "Month"}
    return {"type": "bar", "series": [{"name": "NPS", "data": points}], "axis_config": axis, **changes}


def test_charts_are_held_to_slacks_page_where_types_say_little(validate: Validate) -> None:
    """The other reading looks at counts and labels only; Slack's page wants more, and so do we."""
    pie = {"type": "pie", "segments": [{"label": "Promoters", "value": 7}]}
    for fine in (pie, _bars()):
        assert block_problems(_chart(fine), "message") == []
        assert theirs(validate, {"blocks": _chart(fine)}, "message") == []
    wrong = [
        {"type": "pie", "segments": [{"label": "Nobody", "value": 0}]},
        _bars(series=[{"name": "NPS", "data": [{"label": "May", "value": 1}]}]),
        _bars(series=[*_bars()["series"], *_bars()["series"]]),
        _bars(axis_config={"categories": ["May", "June"], "x_label": "x" * 51}),
    ]
    for chart in wrong:
        assert block_problems(_chart(chart), "message")
        assert theirs(validate, {"blocks": _chart(chart)}, "message") == []
