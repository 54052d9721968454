from __future__ import annotations

import pytest

from demo.company import load_company
from stories.echoes import ADDED, is_echo
from stories.telling_worth import plain, tokens

CHALK = frozenset(
    [
        "chalk",
        "gatepost",
        "round",
        "calculator",
        "cake",
        "radio",
        "table",
        "envelope",
        "street",
        "tick",
        "houses",
        "done",
    ]
)
AGAIN = frozenset(["chalk", "gatepost", "done", "houses", "password", "phone", "still", "next"])


def test_a_second_write_up_of_the_same_is_an_echo_and_one_about_something_else_is_not() -> None:
    assert is_echo(AGAIN, CHALK)
    assert not is_echo(frozenset(["password", "invoice", "settings", "email", "chalk"]), CHALK)
    assert not is_echo(frozenset(), CHALK)
    assert not is_echo(AGAIN | {f"word{number}" for number in range(ADDED)}, AGAIN), "it has much to add"


def _words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in tokens(plain(text)) if len(word) >= 4)


@pytest.mark.parametrize("customer", sorted({one.customer for one in load_company().interviews}))
def test_no_sequel_of_the_sample_company_is_an_echo(customer: str) -> None:
    told = [one for one in load_company().interviews if one.customer == customer]
    words = [_words(one.title, one.trying_to, one.happened, *one.quotes) for one in told]
    assert not any(is_echo(one, other) for one in words for other in words if one is not other)
