"""Every emoji that our words name is one that the playground draws, as Slack does."""

from __future__ import annotations

import re
from pathlib import Path

from playground.page.emoji import EMOJI

BOT = Path(__file__).resolve().parents[2] / "bot"
NAMED = re.compile(r"(?<![\w:/]):([a-z][a-z_]+):(?![\w:])")


def test_the_playground_draws_every_emoji_that_our_words_name() -> None:
    files = [one for ending in ("py", "j2") for one in BOT.rglob(f"*.{ending}")]
    named = {name for one in files for name in NAMED.findall(one.read_text("utf-8"))}
    assert {"electric_plug", "admission_tickets"} <= named
    assert named - EMOJI.keys() == set()
