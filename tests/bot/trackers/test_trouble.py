"""Comments are neither lost nor doubled, whatever GitHub does with the call, and people hear what to mend."""

from __future__ import annotations

import pytest

from bot.listeners.status import how_it_stands
from bot.messages.status import whole
from storage import tracker_comments, trackers
from tests.blockkit import assert_valid
from tests.bot.trackers.conftest import LABEL, ON_TOPIC, Bench
from tests.bot.trackers.fake_github import Repository
from tests.bot.trackers.server import Answer, Fault
from tests.conftest import WORKSPACE

COMMENTS = r"/issues/12/comments$"


async def until_settled(bench: Bench) -> None:
    """As if lease and grace went by; then what is in doubt is looked up, and what is missing made."""
    await bench.let_time_pass()
    await bench.settle()
    await bench.let_time_pass()
    await bench.work()


@pytest.mark.parametrize("lost", [True, False], ids=["answer lost", "call lost"])
async def test_a_comment_in_doubt_is_looked_up_by_its_mark_and_stands_once(bench: Bench, lost: bool) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    issue.comments = {number: f"Somebody's comment {number}" for number in range(250)}
    bench.github.server.faults.append(Fault("POST", COMMENTS, lost=lost))
    await bench.labelled(issue)
    await bench.work()
    assert await bench.states() == ["sending"]
    assert await bench.work() == 0, "nobody touches it while it is in doubt"
    await until_settled(bench)
    assert await bench.states() == ["sent"]
    assert sum("firsthand:" in text for text in issue.comments.values()) == 1
    issue.labels = []
    await bench.say("unlabeled", issue, label={"name": LABEL})
    await bench.work()
    assert len(issue.comments) == 250, "its number is known"


async def test_a_crash_between_the_comment_and_its_record_doubles_nothing(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    (sent,) = await bench.deliveries()
    async with bench.desk.begin() as session:
        await session.merge(_as_before_the_answer(sent))
    await until_settled(bench)
    assert await bench.states() == ["sent"]
    assert len(issue.comments) == 1


async def test_a_mark_that_somebody_forged_is_not_taken_for_ours(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    bench.github.server.faults.append(Fault("POST", COMMENTS))
    await bench.labelled(issue)
    await bench.work()
    (row,) = await bench.deliveries()
    issue.comments[1] = f"hello\n<!-- firsthand:{row.id}:{'0' * 32} -->"
    await until_settled(bench)
    assert len(issue.comments) == 2


@pytest.mark.parametrize(
    ("status", "headers", "message", "seconds"),
    [
        (403, {"retry-after": "90"}, "You have exceeded a secondary rate limit", 90),
        (429, {"retry-after": "7"}, "slow down", 7),
        (
            403,
            {
                "x-ratelimit-remaining": "0",
                "x-ratelimit-reset": "1763892300",
                "date": "Sun, 23 Nov 2025 10:00:00 GMT",
            },
            "API rate limit exceeded",
            300,
        ),
        (403, {}, "You have exceeded a secondary rate limit. Please wait a few minutes", 60),
        (429, {}, "too many requests", 60),
    ],
)
async def test_a_refusal_for_pace_is_obeyed_and_costs_no_comment(
    bench: Bench, status: int, headers: dict[str, str], message: str, seconds: int
) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    answer = Answer(body={"message": message}, status=status, headers=headers)
    bench.github.server.faults.append(Fault("POST", COMMENTS, answer))
    await bench.labelled(issue)
    await bench.work()
    (row,) = await bench.deliveries()
    assert row.state == "pending"
    assert row.sending_at is not None
    assert abs((row.not_before - row.sending_at).total_seconds() - seconds) < 5
    asked = len(bench.github.server.asked)
    second = bench.github.issue(13, **ON_TOPIC)
    await bench.labelled(second)
    await bench.work()
    assert len(bench.github.server.asked) == asked, "the tracker rests as a whole"
    async with bench.desk.begin() as session:
        await tracker_comments.go_on(session, WORKSPACE, bench.tracker_id)
    bench.office._paces.clear()
    await bench.work()
    assert (len(issue.comments), len(second.comments)) == (1, 1)


async def test_a_refused_token_is_told_once_and_what_waits_goes_when_it_is_mended(bench: Bench) -> None:
    issues = [bench.github.issue(number, **ON_TOPIC) for number in (1, 2)]
    bench.github.token = "another"
    for issue in issues:
        await bench.labelled(issue)
    await bench.work()
    await bench.let_time_pass()
    await bench.work()
    assert "refuses the token" in (await bench.tracking()).trouble
    (note,) = await bench.notes()
    assert "acme/app" in note
    status = whole(await how_it_stands(bench.desk, WORKSPACE), channel="here", now=bench.desk.now())
    assert_valid(status, "message")
    assert "*acme/app* (beyond Slack)" in str(status["blocks"])
    async with bench.desk.begin() as session:
        await trackers.change(
            session, WORKSPACE, bench.tracker_id, label=LABEL, token="another", account="maya"
        )
        await tracker_comments.go_on(session, WORKSPACE, bench.tracker_id)
    bench.office._paces.clear()
    await bench.work()
    assert all(issue.comments for issue in issues)
    assert (await bench.tracking()).trouble == ""


async def test_words_that_were_taken_back_go_as_soon_as_the_token_works_again(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    bench.github.token = "another"
    await bench.take_consent_back()
    await bench.work()
    assert await bench.states() == ["sent", "pending"], "it is tried until it is done"
    bench.github.token = "github_pat_test"
    async with bench.desk.begin() as session:
        await tracker_comments.go_on(session, WORKSPACE, bench.tracker_id)
    bench.office._paces.clear()
    await bench.work()
    assert issue.comments == {}


@pytest.mark.parametrize(
    ("status", "message", "state"),
    [
        (403, "Resource not accessible by personal access token", "pending"),
        (404, "Not Found", "cancelled"),
        (410, "Issues are disabled for this repo", "cancelled"),
        (422, "Validation Failed", "failed"),
        (503, "", "sending"),
    ],
)
async def test_every_documented_refusal_has_an_end(
    bench: Bench, status: int, message: str, state: str
) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    bench.github.server.faults.append(
        Fault("POST", COMMENTS, Answer(body={"message": message}, status=status))
    )
    await bench.labelled(issue)
    await bench.work()
    assert await bench.states() == [state]
    assert len(await bench.notes()) == (state in {"pending", "failed"})


async def test_a_repository_of_the_same_name_that_is_another_gets_nothing(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    bench.github.repositories["acme/app"] = Repository(99, "acme/app", issues={12: issue})
    await bench.work()
    assert issue.comments == {}
    assert "another one" in (await bench.tracking()).trouble


async def test_a_comment_that_somebody_deleted_stays_deleted(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    issue.comments.clear()
    assert await bench.labelled(issue) == "nothing"
    await bench.take_consent_back()
    await bench.work()
    assert await bench.states() == ["sent", "sent"]
    assert await bench.notes() == []


async def test_a_github_that_is_out_of_reach_is_tried_again(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    bench.github.server.faults.append(Fault("GET", r"/repos/acme/app$"))
    await bench.labelled(issue)
    await bench.work()
    (row,) = await bench.deliveries()
    assert (row.state, "beyond Slack: " in (row.last_error or "")) == ("pending", True)
    await bench.let_time_pass()
    await bench.work()
    assert len(issue.comments) == 1


def _as_before_the_answer(sent: object) -> object:
    sent.state, sent.slack_ts, sent.posted_in = "sending", None, None  # type: ignore[attr-defined]  # a row
    return sent
