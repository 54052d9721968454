"""What a screen reader reads out of a message."""

from __future__ import annotations

from bot.messages import blocks
from bot.messages.aloud import LONGEST, aloud


def test_all_that_stands_in_a_message_is_read_out_once_and_in_its_order() -> None:
    body = [
        blocks.header("Before you talk"),
        blocks.section("*Before you talk*"),
        blocks.section("What they wanted"),
        blocks.quote("I print it."),
        blocks.actions(blocks.button("Look", "look")),
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A baker & her oven"},
        blocks.context("Why this came", "and how it ends"),
    ]
    assert aloud("Before you talk", body).split("\n") == [
        "Before you talk",
        "What they wanted",
        "“I print it.”",
        "A baker &amp; her oven",
        "Why this came",
        "and how it ends",
    ]


def test_nothing_that_a_customer_said_is_obeyed_however_it_is_set() -> None:
    pieces = [
        {"type": "text", "text": "@"},
        {"type": "text", "text": "here <!channel>", "style": {"bold": True}},
    ]
    quoted = {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": pieces}]}
    said = aloud("Lead", [quoted])
    assert "@here" not in said
    assert "<!channel>" not in said


def test_what_is_too_long_ends_with_a_whole_line() -> None:
    rows = [blocks.section(f"{number} " + "word " * 100) for number in range(20)]
    said = aloud("Lead", rows)
    assert len(said) <= LONGEST
    assert said.endswith("word ")
