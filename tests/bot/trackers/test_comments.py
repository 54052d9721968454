"""An issue with the label gets one comment in customers' words, which lives and goes with the label."""

from __future__ import annotations

import pytest

from storage import avatar_lines, projects, tracker_comments
from stories.trackers import Standing
from tests.bot.trackers.conftest import LABEL, ON_TOPIC, REASON, SECRET, WORDS, Bench
from tests.bot.trackers.fake_github import Repository
from tests.conftest import WORKSPACE


async def test_a_labelled_issue_gets_one_comment_in_the_customers_words(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    assert await bench.labelled(issue) == "comment"
    await bench.work()
    (said,) = issue.comments.values()
    assert WORDS.split(",")[0] in said
    assert REASON[:-1] in said
    assert "Maya" in said
    assert "not a person" in said
    assert f"label “{LABEL}”" in said
    assert "Small business, November 2026" in said
    assert "Ortega" not in said, "names stay hidden as the customer wished"
    assert await bench.states() == ["sent"]
    assert await bench.work() == 0
    async with bench.desk.read() as session:
        heard = await avatar_lines.last_said(session, WORKSPACE, bench.project_id)
    assert heard == {}, "a reminder in the channel may say it: nobody heard it there"


async def test_what_comes_again_and_what_changes_brings_no_second_comment(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    for action in ("edited", "assigned", "closed", "reopened"):
        assert await bench.say(action, issue) == "nothing"
    assert await bench.labelled(issue) == "nothing"
    await bench.work()
    assert len(issue.comments) == 1


async def test_the_very_same_call_counts_once_and_so_does_its_body_under_another_name(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    headers, body = bench.github.about("labeled", issue, SECRET, label={"name": LABEL})
    assert (await bench.post(headers, body)).json() == {"did": "comment"}
    assert (await bench.post(headers, body)).json() == {"did": "nothing"}
    renamed = {**headers, "x-github-delivery": "another"}
    assert (await bench.post(renamed, body)).json() == {"did": "nothing"}


async def test_a_pull_request_is_an_item_like_any_other(bench: Bench) -> None:
    pull = bench.github.issue(3, pull_request=True, **ON_TOPIC)
    assert await bench.say("opened", pull) == "comment"
    await bench.work()
    assert len(pull.comments) == 1


async def test_without_the_label_and_on_another_subject_it_keeps_quiet(bench: Bench) -> None:
    without = bench.github.issue(1, title=ON_TOPIC["title"])
    assert await bench.say("opened", without) == "nothing"
    other = bench.github.issue(2, title="Upgrade the linter to 3.1", labels=[LABEL])
    assert await bench.labelled(other) == "nothing"
    await bench.work()
    assert (without.comments, other.comments) == ({}, {})


async def test_an_issue_that_is_put_in_other_words_may_come_near_later(bench: Bench) -> None:
    issue = bench.github.issue(2, title="Upgrade the linter to 3.1", labels=[LABEL])
    assert await bench.labelled(issue) == "nothing"
    issue.title = str(ON_TOPIC["title"])
    assert await bench.say("edited", issue) == "comment"


async def test_the_label_in_other_letters_is_the_label(bench: Bench) -> None:
    issue = bench.github.issue(**{**ON_TOPIC, "labels": ["Customer"]})
    assert await bench.say("labeled", issue, label={"name": "Customer"}) == "comment"
    await bench.work()
    assert len(issue.comments) == 1


async def test_the_comment_goes_with_the_label_and_the_label_asks_again(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    issue.labels = []
    assert await bench.say("unlabeled", issue, label={"name": LABEL}) == "take_back"
    await bench.work()
    assert issue.comments == {}
    issue.labels = [LABEL]
    assert await bench.say("edited", issue) == "nothing"
    assert await bench.labelled(issue) == "comment"
    await bench.work()
    assert len(issue.comments) == 1


@pytest.mark.parametrize("change", ["unlabelled", "closed", "locked", "deleted", "transferred", "public"])
async def test_what_changed_while_the_comment_waited_is_seen_right_before_it_goes(
    bench: Bench, change: str
) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    # As if GitHub's call about it was lost on the way: it makes each of them once.
    if change == "unlabelled":
        issue.labels = []
    elif change == "closed":
        issue.state = "closed"
    elif change == "locked":
        issue.locked = True
    elif change == "deleted":
        issue.deleted = True
    elif change == "transferred":
        bench.github.repositories["acme/other"] = Repository(8, "acme/other")
        issue.went = ("acme/other", 5)
        bench.github.repositories["acme/other"].issues[5] = moved = bench.github.issue(12, **ON_TOPIC)
        bench.github.app.issues[12] = issue
        moved.number = 5
    else:
        bench.github.app.private = False
    await bench.work()
    assert bench.github.server.count("POST", "comments") == 0
    assert set(await bench.states()) == {"cancelled"}
    assert (await bench.tracking()).state == ("off" if change == "public" else "on")


async def test_a_closed_issue_keeps_the_comment_it_has_and_gets_none(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    issue.state = "closed"
    assert await bench.say("closed", issue) == "take_back", "it was still to come"
    assert await bench.states() == ["cancelled"]
    issue.state = "open"
    assert await bench.labelled(issue) == "comment"
    await bench.work()
    issue.state = "closed"
    assert await bench.say("closed", issue) == "nothing"
    assert len(issue.comments) == 1


async def test_comments_of_others_and_our_own_are_no_business_of_ours(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    told = bench.github.call(
        "issue_comment", SECRET, action="created", comment={"body": "<!-- firsthand:1:x -->"}
    )
    assert (await bench.post(*told)).json() == {"did": "nothing"}
    assert issue.comments == {}


async def test_a_project_that_is_done_comments_no_more(bench: Bench) -> None:
    async with bench.desk.begin() as session:
        await projects.end(session, WORKSPACE, bench.project_id, outcome="x", by="U1", now=bench.desk.now())
    assert await bench.labelled(bench.github.issue(**ON_TOPIC)) == "nothing"


async def test_what_became_of_a_comment_is_known(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)

    async def standing() -> Standing:
        async with bench.desk.read() as session:
            return (await tracker_comments.of_item(session, WORKSPACE, bench.tracker_id, "7#12")).standing

    seen = [await standing()]
    await bench.labelled(issue)
    seen.append(await standing())
    await bench.work()
    seen.append(await standing())
    issue.labels = []
    await bench.say("edited", issue)
    seen.append(await standing())
    assert seen == [Standing.NONE, Standing.WAITS, Standing.STANDS, Standing.GONE]
