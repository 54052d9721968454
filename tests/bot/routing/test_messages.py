"""What rules' messages and windows look like to Slack, with words that try to be more than words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.messages import routing, routing_fields, routing_views
from bot.messages.routing import Part
from bot.routing.finding import Found
from bot.routing.showing import Shown
from bot.search_seeing import Comment
from storage.routes import Item, Route
from stories.routing.rule import MOST_A_DAY, MOST_RULES, Rule, as_kept
from stories.routing.saying import said
from tests.blockkit import assert_valid
from tests.conftest import NOW

NASTY = "<!channel> & *bold* <@U1> "
RULE = Rule(
    scores=(0, 3),
    segments=tuple((NASTY[:20] + "p" * 60, f"{NASTY}{n}" + "v" * 50) for n in range(10)),
    theme=NASTY * 3,
    words=("w" * 40, "x" * 40),
    most=MOST_A_DAY,
    weekday=6,
)
COMMENT = Comment(source=NASTY * 5, score=2, day=date(2026, 11, 12), words=NASTY * 30)
SHOWN = tuple(Shown(comment=COMMENT) for _ in range(MOST_A_DAY))


def test_what_rules_bring_is_a_message_and_lines_of_a_digest_whatever_stands_in_it() -> None:
    parts = [Part(rule=said(RULE), more=number, shown=SHOWN[:1]) for number in range(MOST_RULES)]
    payload = routing.post(parts, "/firsthand route")
    assert_valid(payload, "message")
    assert_valid({"text": "x", "blocks": list(routing.line(parts))}, "message")
    sections = str([block for block in payload["blocks"] if block["type"] in ("section", "context")])
    assert "<!channel>" not in sections + payload["text"]
    assert "<@U1>" not in sections + payload["text"]


def test_a_rule_in_any_script_fits_into_its_window() -> None:
    segments = tuple(("業種" * 30, f"{number:02}" + "金融" * 39) for number in range(10))
    view = routing_views.preview_view("C1", 1, replace(RULE, segments=segments, words=("金" * 99,)), Found())
    assert_valid(view, "modal")
    assert routing_views.about(view)[2] == replace(RULE, segments=segments, words=("金" * 99,))


def test_windows_of_rules_hold_whatever_names_there_are() -> None:
    route = Route(
        id=1,
        workspace_id="T1",
        channel_id="C1",
        rule=as_kept(RULE),
        seen_text=0,
        asked_by="U1",
        asked_at=NOW,
        next_at=NOW,
    )
    found = Found(
        items=tuple((Item(part=0, story_id=n), one) for n, one in enumerate(SHOWN)), few=True, cut=True
    )
    for view in (
        routing_views.list_view("C1", [route] * MOST_RULES, notice="Stopped.", command="/firsthand route"),
        routing_views.list_view("C1", [], command="/firsthand route"),
        routing_views.sentence_view("C1", None, NASTY * 10, trouble=NASTY * 30),
        routing_views.preview_view("C1", 1, RULE, found),
        routing_fields.fields_view("C1", 1, RULE),
    ):
        assert_valid(view, "modal")
    assert routing_views.about(routing_views.preview_view("C1", 1, RULE, found)) == ("C1", 1, RULE)
