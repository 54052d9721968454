"""What a write-up says of a known customer: what was filled in is no news, what was typed is."""

from __future__ import annotations

from dataclasses import replace

from stories.customers import Customer
from stories.forms import Form
from stories.knowing import filled_from, with_news_of

MARTA = Customer(id=1, name="Marta Ortega", alias="the baker", company="Ortega Bakery", segment="bakeries")
CHOSEN = filled_from(Form(customer_id=1), MARTA, alias=True)


def test_what_we_know_is_filled_in_and_tells_nothing_new() -> None:
    assert (CHOSEN.name, CHOSEN.alias, CHOSEN.company) == ("Marta Ortega", "the baker", "Ortega Bakery")
    assert with_news_of(MARTA, CHOSEN) == MARTA


def test_an_old_draft_puts_nothing_back_that_was_changed_since() -> None:
    newer = replace(MARTA, name="Marta Lind", alias="the early baker", segment="shops")
    assert with_news_of(newer, CHOSEN) == newer


def test_what_was_typed_is_kept_and_told() -> None:
    typed = replace(CHOSEN, alias="the baker from Leeds")
    newer = replace(MARTA, alias="the early baker", company="Lind Bakery")
    assert with_news_of(newer, typed) == replace(newer, alias="the baker from Leeds")
    again = filled_from(typed, newer, alias=True)
    assert (again.alias, again.company) == ("the baker from Leeds", "Lind Bakery")


def test_anothers_alias_is_not_filled_in_and_stays_as_it_is() -> None:
    form = filled_from(Form(customer_id=1), MARTA, alias=False)
    assert form.alias == ""
    assert with_news_of(MARTA, form).alias == "the baker"
    assert with_news_of(MARTA, replace(form, alias="the early one")).alias == "the early one"


def test_a_draft_from_before_says_all_that_stands_in_it() -> None:
    old = Form.from_json({"customer_id": 1, "name": "Marta Ortega", "alias": "the miller"})
    assert with_news_of(MARTA, old).alias == "the miller"
