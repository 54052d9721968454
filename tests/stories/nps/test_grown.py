"""Words and themes that came up more often: enough people, clearly more, and more than chance."""

from __future__ import annotations

from stories.nps.grown_words import grown, grown_themes


def test_a_theme_has_grown_when_clearly_more_comments_are_about_it() -> None:
    before = [("Billing",)] * 10 + [("Speed",)] * 20 + [()] * 70
    after = [("Billing",)] * 24 + [("Speed",)] * 22 + [("New",)] * 4 + [()] * 50
    (one,) = grown_themes(before, after)
    assert (one.word, one.theme, one.before, one.after) == ("Billing", True, 0.1, 0.24)
    assert grown_themes([], after) == grown_themes(before, []) == ()


def test_a_word_has_to_be_twice_as_frequent() -> None:
    before = ["The queue was long"] * 12 + ["Fine"] * 88
    after = ["The queue was long"] * 22 + ["Broken lift"] * 9 + ["Fine"] * 69
    assert {one.word for one in grown(before, after)} == {"broken", "lift"}
    assert not any(one.theme for one in grown(before, after))
