"""An edit that was begun before its story was changed elsewhere."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from stories.forms import MOST_QUOTES, Form
from stories.meanwhile import catch_up, marks_of, with_standing

STOOD = Form(
    happened="It was refused.", meaning="Rent.", quotes=("By hand.", "At midnight."), themes=("wages",)
)
BEGUN = replace(STOOD, begun=marks_of(STOOD))
CORRECTED = replace(STOOD, quotes=("By hand.", "At one in the morning."))


def test_what_nobody_typed_over_follows_the_story_and_the_rest_stays_as_typed() -> None:
    standing = replace(CORRECTED, happened="It was refused twice.")
    found = catch_up(replace(BEGUN, meaning="Rent, and food."), standing)
    assert found.form == replace(standing, meaning="Rent, and food.", begun=marks_of(standing))
    assert [(one.field, one.now) for one in found.took] == [
        ("happened", "It was refused twice."),
        ("quotes", "At one in the morning."),
    ]
    assert not found.against
    assert catch_up(found.form, standing).took == (), "it is said once"


def test_what_both_changed_stays_as_typed_until_the_writer_chooses() -> None:
    mine = replace(BEGUN, happened="Never mind.", quotes=("By hand.", "At midnight, on Friday."))
    standing = replace(CORRECTED, happened="It was refused twice.")
    found = catch_up(mine, standing)
    assert (found.form.happened, found.form.quotes) == (mine.happened, mine.quotes)
    assert [one.now for one in found.against] == ["It was refused twice.", "At one in the morning."]
    picked = with_standing(found.form, standing, [one.pick for one in found.against])
    assert (picked.happened, picked.quotes) == (standing.happened, standing.quotes)
    removed = catch_up(replace(BEGUN, quotes=("By hand.",)), CORRECTED)
    (against,) = removed.against
    assert with_standing(removed.form, CORRECTED, [against.pick]).quotes == CORRECTED.quotes
    assert with_standing(mine, standing, ["", "nonsense", "quotes:9"]) == mine


def test_an_edit_from_before_this_was_known_is_told_of_every_difference() -> None:
    found = catch_up(STOOD, CORRECTED)
    assert (found.took, [one.now for one in found.against]) == ((), ["At one in the morning."])


_QUOTES = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), unique=True, max_size=MOST_QUOTES)


@given(begun=_QUOTES, own=_QUOTES, standing=_QUOTES)
def test_no_word_that_was_typed_and_none_that_came_goes_unsaid(
    begun: list[str], own: list[str], standing: list[str]
) -> None:
    stood, stands = Form(quotes=tuple(begun)), Form(quotes=tuple(standing))
    found = catch_up(Form(quotes=tuple(own), begun=marks_of(stood)), stands)
    typed, came = set(own) - set(begun), set(standing) - set(begun)
    assert typed <= set(found.form.quotes)
    assert came <= set(found.form.quotes) | {one.now for one in found.against}
    assert len(found.form.quotes) <= MOST_QUOTES
