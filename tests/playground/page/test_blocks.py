"""Every block type and input is drawn; what is unknown or broken shows itself as JSON."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.page.blocks import BLOCKS, render_block, render_blocks
from tests.playground.page.samples import (
    BUTTON,
    EACH,
    INPUTS,
    Json,
    chart,
    input_of,
    mrkdwn,
    option,
    plain,
    rich,
)
from tests.playground.page.test_mrkdwn import READING, hostile, tags_in


@pytest.mark.parametrize("name", EACH)
def test_each_block_type_is_drawn(name: str) -> None:
    block, words = EACH[name]
    drawn = render_block(block, READING)
    assert words in drawn
    assert "block-unknown" not in drawn


def test_there_is_a_sample_of_every_block_type() -> None:
    assert {block["type"] for block, _words in EACH.values()} | {"data_table"} == BLOCKS


@pytest.mark.parametrize(("element", "words"), INPUTS, ids=lambda value: str(value)[:40])
def test_each_input_is_drawn(element: Json, words: str) -> None:
    drawn = render_block(input_of(element), READING, "modal")
    assert words in drawn.replace("&#34;", '"')
    assert f'data-element="{element["type"]}"' in drawn
    assert 'data-action-id="a1"' in drawn
    assert "Their words" in drawn


@pytest.mark.parametrize(
    "block",
    [
        {"type": "mystery", "words": "<script>alert(1)</script>"},
        {"type": "section", "fields": 5},
        {"type": "data_visualization", "title": "No chart"},
        {"type": "data_visualization", "title": "T", "chart": {"type": "bar", "series": "many"}},
        {"no": "type"},
        "not even an object",
    ],
)
def test_an_unknown_or_broken_block_shows_its_json(block: Any) -> None:
    drawn = render_block(block, READING)
    assert "block-unknown" in drawn
    assert "<script>" not in drawn


def test_one_broken_block_leaves_the_others_standing() -> None:
    drawn = render_blocks([{"type": "section", "fields": 5}, EACH["header"][0]], READING)
    assert "The night nurse" in drawn


def test_a_button_carries_what_a_click_needs() -> None:
    confirm = {
        "title": plain("Sure?"),
        "text": mrkdwn("It hides."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    button = {**BUTTON, "style": "danger", "confirm": confirm}
    drawn = render_block({"type": "actions", "block_id": "row", "elements": [button]}, READING)
    assert 'data-block-id="row"' in drawn
    assert 'data-action-id="think"' in drawn
    assert "btn-danger" in drawn
    assert "Sure?" in drawn


def test_a_link_button_goes_only_to_the_web() -> None:
    good = render_block({"type": "actions", "elements": [{**BUTTON, "url": "https://example.com"}]}, READING)
    bad = render_block({"type": "actions", "elements": [{**BUTTON, "url": "javascript:alert(1)"}]}, READING)
    assert 'href="https://example.com"' in good
    assert "href" not in bad


def test_an_image_that_is_no_web_address_is_named_instead() -> None:
    drawn = render_block({"type": "image", "image_url": "javascript:1", "alt_text": "A ward"}, READING)
    assert "<img" not in drawn
    assert "A ward" in drawn


def test_an_icon_button_is_only_for_those_it_names() -> None:
    block = EACH["context_actions"][0]
    hidden = {**block, "elements": [{**block["elements"][0], "visible_to_user_ids": ["U2"]}]}
    assert "Delete" not in render_block(hidden, READING)


@pytest.mark.parametrize("kind", ["bar", "line", "area"])
def test_a_chart_tells_its_numbers_in_words_too(kind: str) -> None:
    drawn = render_block(chart(kind, 32, -8.5), READING)
    assert "<path" in drawn
    assert "<td>32</td>" in drawn
    assert "<td>-8.5</td>" in drawn
    assert "Clinics, c1: -8.5" in drawn


def test_a_pie_tells_its_shares() -> None:
    segments = [{"label": "Promoters", "value": 3}, {"label": "Detractors", "value": 1}]
    block = {"type": "data_visualization", "title": "Who", "chart": {"type": "pie", "segments": segments}}
    drawn = render_block(block, READING)
    assert "Promoters · 75%" in drawn
    assert "<td>25%</td>" in drawn
    assert {"A", "B"} <= letters(drawn), "each slice has a sign beside its colour"


def letters(drawn: str) -> set[str]:
    """The letters that stand in a picture and, with a name behind, in its legend."""
    return set(re.findall(r">([A-L])</text>", drawn)) & set(re.findall(r"</i>([A-L]): ", drawn))


@pytest.mark.parametrize("kind", ["line", "area", "bar"])
def test_series_are_told_apart_by_letters_beside_their_colours_and_one_needs_none(kind: str) -> None:
    block = chart(kind, 32, -8.5)
    assert letters(render_block(block, READING)) == set()
    block["chart"]["series"].append(block["chart"]["series"][0] | {"name": "Hospitals"})
    drawn = render_block(block, READING)
    assert letters(drawn) == {"A", "B"}
    assert "B: Hospitals" in drawn


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=20))
def test_any_finite_values_make_a_chart(values: list[float]) -> None:
    drawn = render_block(chart("line", *values), READING)
    assert "block-unknown" not in drawn
    assert "nan" not in drawn.lower().replace("nance", "")


@given(hostile)
def test_hostile_words_stay_words_in_every_block(text: str) -> None:
    texts = text or "x"
    blocks: list[Json] = [
        {"type": "header", "text": plain(texts)},
        {
            "type": "section",
            "block_id": texts,
            "text": mrkdwn(texts),
            "accessory": {**BUTTON, "value": texts},
        },
        {"type": "actions", "elements": [{**BUTTON, "text": plain(texts), "action_id": texts}]},
        {"type": "image", "image_url": f"https://a.b/{texts}", "alt_text": texts},
        {"type": "markdown", "text": texts},
        {"type": "alert", "level": texts, "text": plain(texts)},
        rich(
            {"type": "text", "text": texts}, {"type": "link", "url": texts}, {"type": "color", "value": texts}
        ),
        {"type": "table", "rows": [[{"type": "raw_text", "text": texts}]]},
        input_of({"type": "static_select", "options": [option(texts)], "placeholder": plain(texts)}, texts),
        input_of({"type": "plain_text_input", "multiline": True, "initial_value": texts}),
        input_of({"type": "checkboxes", "options": [option(texts)]}),
        {"type": texts, "anything": texts},
    ]
    found = tags_in(render_blocks(blocks, READING, "modal"))
    assert not found.tags & {"script", "iframe", "object", "style", "link", "meta", "base"}
    assert not {name for name in found.attributes if name.startswith("on") or name in {"style", "srcdoc"}}
    assert all(
        ":" not in address or not address.lower().startswith("javascript") for address in found.addresses
    )
