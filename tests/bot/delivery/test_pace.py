"""Slack's pace, reckoned by a clock that tests turn."""

from __future__ import annotations

from bot.delivery.pace import CHANNEL_BURST, WORKSPACE_BURST, Pace
from storage.deliveries import POST, UPDATE
from storage.looking import Waiting


class Hand:
    """A clock that never goes back."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


def post(channel: str = "C1", number: int = 1) -> Waiting:
    return Waiting(number, channel, POST)


def paced() -> tuple[Pace, Hand]:
    hand = Hand()
    return Pace("T1", seconds=hand), hand


def test_a_channel_hears_a_burst_and_then_one_a_second() -> None:
    pace, hand = paced()
    assert [pace.take(post()) for _ in range(6)] == [True] * int(CHANNEL_BURST) + [False] * 2
    assert pace.take(post("C2")), "another channel has a pace of its own"
    assert pace.held() == ("C1",)
    hand.at += pace.wait()
    assert [pace.take(post()), pace.take(post())] == [True, False]


def test_over_an_hour_nearly_all_that_slack_allows_is_used_and_never_more() -> None:
    pace, hand = paced()
    sent, waiting = 0, [post(f"C{number}") for number in range(40)]
    for _second in range(3600):
        sent += sum(map(pace.take, waiting))
        hand.at += 1.0
    allowed = 300 + 300 * 60
    assert 0.98 * allowed <= sent <= allowed


def test_a_workspace_holds_back_posts_and_leaves_updates_alone() -> None:
    pace, _hand = paced()
    taken = sum(pace.take(post(f"C{number}")) for number in range(400))
    assert taken == WORKSPACE_BURST
    assert POST in pace.held()
    assert pace.take(Waiting(1, "C1", UPDATE))


def test_a_refused_channel_rests_as_long_as_slack_says_and_others_go_on() -> None:
    pace, hand = paced()
    assert pace.refused(post("C1"), 30).what == "C1"
    assert not pace.take(post("C1"))
    assert pace.take(post("C2"))
    hand.at += 29.9
    assert not pace.take(post("C1"))
    hand.at += 0.2
    assert pace.take(post("C1"))
    assert not pace.take(post("C1")), "there is no burst right after a rest"


def test_two_refused_channels_mean_the_workspace() -> None:
    pace, hand = paced()
    pace.refused(post("C1"), 30)
    hand.at += 1
    assert pace.refused(post("C2"), 30).what is None
    assert not pace.take(post("C3"))
    hand.at += 30
    assert pace.take(post("C3"))


def test_a_refused_update_holds_back_updates_alone() -> None:
    pace, _hand = paced()
    assert pace.refused(Waiting(1, "C1", UPDATE), 10).what == UPDATE
    assert not pace.take(Waiting(2, "C2", UPDATE))
    assert pace.take(post("C2"))


def test_what_slack_wanted_left_alone_is_heeded_after_a_restart() -> None:
    pace, hand = paced()
    pace.remember({"C1": 20.0, UPDATE: 5.0})
    assert (pace.take(post("C1")), pace.take(Waiting(1, "C2", UPDATE)), pace.take(post("C2"))) == (
        False,
        False,
        True,
    )
    hand.at += 20
    assert pace.take(post("C1"))
    pace.remember({"T1": 60.0})
    assert not pace.take(post("C2"))
