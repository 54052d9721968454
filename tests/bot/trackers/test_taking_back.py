"""Where customers' words may not stand (any more): consent taken back, places opened, items moved away."""

from __future__ import annotations

from dataclasses import replace

from storage import projects, reasons, stories, trackers
from stories.avatars.evidence import quote as ref
from tests.bot.avatars.conftest import QUOTABLE, told
from tests.bot.trackers.conftest import LABEL, ON_TOPIC, SECRET, WORDS, Bench
from tests.bot.trackers.fake_github import Repository
from tests.conftest import WORKSPACE, file_of


async def test_when_consent_goes_the_comment_goes_at_once(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    await bench.take_consent_back()
    await bench.work()
    assert issue.comments == {}
    assert await bench.labelled(issue) == "nothing", "there is nothing left to say"


async def test_when_consent_goes_before_the_comment_does_it_is_never_made(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.take_consent_back()
    await bench.work()
    assert await bench.states() == ["cancelled"]
    assert bench.github.server.asked == []


async def test_where_one_of_two_customers_takes_back_the_others_words_stay(bench: Bench) -> None:
    words = "I send invoices at four in the morning."
    other = replace(QUOTABLE, name="Nia Prothero", title="Dawn", quotes=(words,))
    story_id = await told(bench.desk.database, other)
    async with bench.desk.begin() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        project = await projects.get(session, WORKSPACE, bench.project_id)
        assert story is not None
        assert project is not None
        (quote,) = story.interview.quotes
        await reasons.tie(
            session, WORKSPACE, project.reasons[0].id, ref(quote.id), by="U1", now=bench.desk.now()
        )
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    (before,) = issue.comments.values()
    assert before.count("\n> ") == 2
    await bench.take_consent_back()
    await bench.work()
    (after,) = issue.comments.values()
    assert (after.count("\n> "), words in after) == (1, True)
    assert before.splitlines()[-1] == after.splitlines()[-1], "it is found again by the same mark"
    assert bench.github.server.count("PATCH", "comments") == 1


async def test_an_issue_that_moves_away_takes_no_words_along(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    other = bench.github.repositories["acme/other"] = Repository(8, "acme/other")
    moved = bench.github.issue(5, **ON_TOPIC)
    other.issues[5] = bench.github.app.issues.pop(5)
    # The comments go along, under numbers of their own.
    moved.comments = {number + 50: words for number, words in issue.comments.items()}
    assert await bench.say("transferred", issue) == "take_back"
    issue.went = ("acme/other", 5)
    await bench.work()
    assert moved.comments == {}
    assert await bench.states() == ["sent", "sent"]


async def test_where_it_moved_out_of_reach_somebody_is_told_where_to_look(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    issue.went = ("acme/secret", 5)
    await bench.say("transferred", issue)
    await bench.work()
    assert await bench.states() == ["sent", "failed"]
    (note,) = await bench.notes()
    assert f"{bench.github.server.url}/acme/app/issues/12" in note


async def test_a_repository_that_is_opened_to_the_world_loses_every_comment(bench: Bench) -> None:
    issues = [bench.github.issue(number, **ON_TOPIC) for number in (1, 2, 3)]
    for issue in issues:
        await bench.labelled(issue)
    await bench.work()
    assert all(issue.comments for issue in issues)
    bench.github.app.private = False
    answer = await bench.post(*bench.github.call("repository", SECRET, action="publicized"))
    assert answer.json() == {"did": "take_all_back"}
    await bench.work()
    assert not any(issue.comments for issue in issues)
    (note,) = await bench.notes()
    assert "public now" in note
    async with bench.desk.read() as session:
        assert await trackers.token_of(session, WORKSPACE, bench.tracker_id) is None
    assert (await bench.post(*bench.github.call("ping", SECRET))).status_code == 404


async def test_any_call_from_a_public_repository_does_the_same(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    bench.github.app.private = False
    assert await bench.say("edited", issue) == "take_all_back"
    await bench.work()
    assert issue.comments == {}


async def test_a_repository_that_was_renamed_is_the_same_one(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    await bench.labelled(issue)
    await bench.work()
    app = bench.github.app
    del bench.github.repositories["acme/app"]
    app.name = "acme/books"
    bench.github.repositories["acme/books"] = app
    bench.github.renamed["acme/app"] = "acme/books"
    assert await bench.say("edited", issue) == "nothing", "it has its comment"
    assert (await bench.tracking()).place == "acme/books"
    issue.labels = []
    await bench.say("unlabeled", issue, label={"name": LABEL})
    await bench.work()
    assert issue.comments == {}


async def test_another_repository_behind_the_same_webhook_is_not_ours(bench: Bench) -> None:
    issue = bench.github.issue(**ON_TOPIC)
    bench.github.app.id = 8
    bench.github.repositories["acme/new"] = Repository(7, "acme/new")
    headers, body = bench.github.about("labeled", issue, SECRET, label={"name": LABEL})
    answer = await bench.post(headers, body.replace(b'"id": 7', b'"id": 8'))
    assert answer.status_code == 401, "what was changed is not signed any more"
    other = bench.github.call("issues", SECRET, action="opened")
    assert (await bench.post(other[0], other[1])).status_code == 400, "no issue in it"


async def test_nothing_of_an_issue_is_ever_stored(bench: Bench) -> None:
    issue = bench.github.issue(**{**ON_TOPIC, "title": "zanzibar invoices at four in the morning, flour"})
    issue.body = "quagmire on the screen, invoices in the morning"
    assert await bench.labelled(issue) == "comment"
    await bench.work()
    kept = file_of(bench.desk.database)
    held = b"".join(one.read_bytes() for one in kept.parent.glob(kept.name + "*"))
    assert WORDS.encode() in held
    assert b"zanzibar" not in held
    assert b"quagmire" not in held
