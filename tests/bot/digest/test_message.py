from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot import ids
from bot.messages.digest import Entry, digest_post, people, preview_modal
from stories.interviews import How
from stories.story import Ending, Reaction, Telling
from tests.blockkit import assert_valid

TOLD = Telling(
    story_id=1,
    author_id="U0ANA",
    who="the baker from Leeds",
    named=False,
    company="",
    segment="small business",
    talked_on=date(2026, 11, 12),
    how=How.VISIT,
    title="Invoices at four <!channel>",
    trying_to="Get her invoices out. " * 130,
    happened="She printed every order. " * 110,
    meaning="We ask too late. " * 170,
    quotes=("Flour on the screen <!here>. " * 30,) * 5,
    themes=("invoices",),
)
ENDING = Ending(follow_up_id=1, words="We ask last", by="U0BEN", on=date(2026, 11, 20))
MANY = tuple(Entry(telling=replace(TOLD, story_id=number)) for number in (1, 2, 3))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_longest_digest_fits_slack_and_obeys_nothing_in_it(number: int) -> None:
    message = digest_post(MANY[:number])
    assert message is not None
    assert_valid(message, "message")
    assert len(message["blocks"]) <= 50
    assert len(message["text"]) < 4000, "chat.update refuses more"
    assert "<!channel>" not in message["text"]
    assert message["text"].count("Invoices at four &lt;!channel&gt; (The baker") == number, "in short, first"
    assert_valid(preview_modal(MANY[:number], private_metadata="{}"), "modal")


def test_the_preview_shows_what_the_channel_will_read() -> None:
    message, preview = digest_post(MANY), preview_modal(MANY, private_metadata="{}")
    assert message is not None
    read = [block for block in message["blocks"] if block["type"] in {"header", "rich_text", "section"}]
    assert read[1:] == [b for b in preview["blocks"] if b["type"] in {"header", "rich_text", "section"}][1:]


def test_one_row_of_buttons_serves_the_whole_digest() -> None:
    message = digest_post(MANY)
    assert message is not None
    rows = [block for block in message["blocks"] if block.get("block_id") == "digest"]
    assert [[element["action_id"] for element in row["elements"]] for row in rows] == [
        [ids.DIGEST_WHY, ids.DIGEST_SNOOZE, ids.DIGEST_TUNE]
    ]


def test_what_was_taken_back_leaves_a_line_beside_others_and_nothing_alone() -> None:
    gone, hidden = Entry(telling=None), Entry(telling=None, hidden=True)
    assert digest_post([gone, gone]) is None
    beside = digest_post([MANY[0], gone])
    assert beside is not None
    assert "taken back by its author" in str(beside["blocks"])
    assert beside["text"].startswith("Straight from a customer: one story\n")
    alone = digest_post([hidden, gone])
    assert alone is not None, "it may come back"
    assert "somebody looks into it" in str(alone["blocks"])


@pytest.mark.parametrize(
    ("changes", "lead"),
    [
        ({}, "and worth hearing"),
        ({"counts": {Reaction.MORE: 2}}, "and 2 colleagues would like more of its kind"),
        ({"counts": {Reaction.THANKS: 1, Reaction.MORE: 2}}, "and a colleague said thank you for it"),
        ({"counts": {Reaction.THOUGHT: 3, Reaction.THANKS: 9}}, "and it made 3 colleagues think"),
        ({"counts": {Reaction.ACT: 2, Reaction.THOUGHT: 3}}, "and 2 colleagues are acting on it"),
        ({"endings": (ENDING,), "counts": {Reaction.ACT: 2}}, "and something has come of it since"),
    ],
)
def test_an_earlier_story_opens_with_what_speaks_for_it_today(changes: dict[str, Any], lead: str) -> None:
    message = digest_post([Entry(telling=replace(TOLD, **changes), retold=True)])
    assert message is not None
    assert message["text"].startswith(f"From November 2026, {lead}\n")
    assert message["blocks"][0]["text"]["text"] == f"*From November 2026, {lead}*"


def test_one_new_story_begins_with_what_it_is_about() -> None:
    message = digest_post(MANY[:1])
    assert message is not None
    assert message["text"].startswith("Invoices at four")
    assert message["blocks"][0]["type"] == "header"


def test_people_are_named_as_one_says_it() -> None:
    assert people([]) == ""
    assert people(["U1"]) == "<@U1>"
    assert people(["U1", "U2", "U3"]) == "<@U1>, <@U2> or <@U3>"
