"""A name like a setting's that is none goes unnoticed by whatever reads settings: the doctor says it."""

from __future__ import annotations

from bot.operating import checks_settings


def test_a_misspelt_setting_is_said_with_the_one_that_is_near() -> None:
    found = list(
        checks_settings.misspelt(
            ["FIRSTHAND_PROT", "FIRSTHAND_TEAPOT", "firsthand_port", "SLACK_PORT"],
            ["FIRSTHAND_LOG_LEVLE", "FIRSTHAND_DATA", "FIRSTHAND_KEYS"],
        )
    )
    assert [(one.said.split()[0], one.fix.split("; ")[0]) for one in found] == [
        ("FIRSTHAND_LOG_LEVLE", "Did you mean FIRSTHAND_LOG_LEVEL?"),
        ("FIRSTHAND_PROT", "Did you mean FIRSTHAND_PORT?"),
        ("FIRSTHAND_TEAPOT", "Take it out"),
    ]
