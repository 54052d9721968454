"""From every field that people type in to every message it reaches: nothing is obeyed, nothing crashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.interview_stories import as_story
from bot.listeners.search import page_for
from bot.messages import (
    digest,
    follow_up,
    interview,
    moderation,
    nps_voices,
    own_stories,
    reacting,
    reports,
    search,
    stories_list,
    story,
)
from bot.messages.audit import log_page
from bot.messages.follow_up import Due
from bot.messages.interview_frame import Place
from bot.messages.search import Choices, Page
from bot.messages.workspace_settings import workspace_modal
from bot.search import Answer
from bot.search_seeing import Result
from storage.audit import Entry
from storage.nps_deeper import Verbatim
from stories.consent import Purpose
from stories.errors import UserError
from stories.forms import Form, Step, first_problem
from stories.mrkdwn import as_typed
from stories.note_taking import laid_in
from stories.story import preview
from stories.text import clean, one_line
from stories.transcripts import read_transcript
from stories.workspace_rules import WorkspaceRules
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW
from tests.naughty import NAUGHTY, wrong_with

FIELDS = ("name", "alias", "company", "segment", "title", "trying_to", "happened", "meaning", "promise")
naughty = pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
texts = st.text(max_size=120)


def check(payload: dict[str, Any] | None, surface: str = "message") -> None:
    assert payload is not None
    assert wrong_with(payload) == []
    if surface:
        assert_valid(payload, surface)


def messages_of(form: Form, *levels: Purpose) -> None:
    """Every message and view that a story's texts reach, told under these levels."""
    for level in levels:
        own = replace(as_story(form, None, author_id="U1", now=NOW), id=7)
        telling = preview(own, level)
        assert telling is not None
        check(story.story_post(telling, shared_by="U2"))
        check(digest.digest_post([digest.Entry(telling=telling), digest.Entry(telling=telling, retold=True)]))
        found = Answer(results=(Result(telling=telling),))
        check(search.message(found, page_for(form.title), Choices()))
        check(stories_list.by_chance(telling))
        check(stories_list.read_modal(telling), "modal")
        check(reports.wrong_modal(telling), "modal")
        check(reacting.act_modal(telling, channel_id="C1"), "modal")
        check(own_stories.preview_modal(own, level), "modal")
        check(own_stories.own_list([own_stories.own_story(own, level=level)], skip=0, more=False))
        check(interview.preview_view(Place(draft_id=1, step=Step.PREVIEW), own, level), "modal")
        check(interview.done_view(own, level), "modal")


def notes_of(text: str) -> None:
    """Every private note and list that a sentence of somebody's reaches."""
    line, long = one_line(text)[:200], clean(text)[:1000] or "-"
    check(reports.author_note(title=line, reason=long, story_id=1))
    check(reports.editor_note(title=line, reason=long, author="U1", reporter="U2", report_id=1, story_id=1))
    check(reacting.acting_note(reader="U1", title=line, what=long, due_on=None, story_id=1))
    check(follow_up.reminder(Due(follow_up_id=1, what=line or "-", about=line, promised=True)))
    check(follow_up.came_of_it(who="U1", title=line, what=line or "-", story_id=1))
    check(moderation.sent_back_note(title=line, by="U1", reason=long, story_id=1))
    check(moderation.approved_note(title=line, by="U1", when=""))
    check(moderation.not_published_note(reason=line, story_id=1))
    entry = Entry(
        at=NOW, actor_id=text, act="label", object_kind=text, object_id=text, detail={"labels": text}
    )
    check(log_page([entry], skip=0, more=False))


def form_of(text: str) -> Form:
    """A write-up with this text in every field that has room for any."""
    filled: dict[str, Any] = dict.fromkeys(FIELDS, text)
    return replace(BAKER, **filled, quotes=(text, BAKER.quotes[0]), themes=(text,)).tidied()


def storable(form: Form) -> bool:
    return first_problem(form, today=NOW.date()) is None


@naughty
def test_a_write_up_made_of_it_is_refused_or_told_harmlessly(text: str) -> None:
    form = form_of(text)
    if not storable(form):
        # Said beside the field: what is left of it goes into a write-up that is otherwise as it should be.
        form = replace(BAKER, meaning=form.meaning[:2000], quotes=(form.quotes[0][:600],))
        form = form if storable(form) else BAKER
    # Hiding names in a long text takes its time: those are told by name alone.
    short = len(text) < 1000
    messages_of(form, Purpose.WITH_NAME, *([Purpose.WITHOUT_NAME] if short else []))


@naughty
def test_what_is_said_of_a_story_is_harmless(text: str) -> None:
    notes_of(text)


@naughty
def test_a_search_for_it_is_answered_harmlessly(text: str) -> None:
    page = page_for(text)
    check(search.message(Answer(results=()), page, Choices(segments=(text[:40],), themes=(text[:40],))))
    check(search.message(Answer(results=(), instead=page.words, typed=page.words), page, Choices()))
    assert Page.of(page.token()).words == page.words[: len(Page.of(page.token()).words)]
    check(stories_list.meant(page, page.words[:20], "/stories"))


@naughty
def test_notes_and_replies_made_of_it_are_read_harmlessly(text: str) -> None:
    typed = as_typed(text)
    assert wrong_with({"plain": typed}) == []
    try:
        form = laid_in(Form(name="Marta", sharing="with_name"), typed, today=NOW.date())
    except UserError:
        assert not any(map(str.isalpha, typed)) or len(typed) > 10_000
        return
    for said in (form.title, form.happened, form.trying_to, form.meaning, *form.quotes):
        assert wrong_with({"plain": said}) == []


@naughty
def test_a_transcript_made_of_it_is_read_or_refused_in_words(text: str) -> None:
    data = f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Marta>{text}\n".encode(errors="surrogatepass")
    for name, content in (("talk.vtt", data), ("talk.txt", text.encode(errors="surrogatepass"))):
        try:
            read = read_transcript(name, content, today=NOW.date())
        except UserError:
            continue
        assert read is not None


@naughty
def test_a_comment_in_an_answer_is_shown_harmlessly(text: str) -> None:
    comment = clean(text)[:2000] or "-"
    said = Verbatim(
        source_id=1,
        key="k",
        score=3,
        at=datetime(2026, 11, 1, tzinfo=UTC),
        day=NOW.date(),
        comment=comment,
        properties={},
    )
    check({"text": "voices", "blocks": list(nps_voices.voice(said, one_line(text)[:80]))})


@naughty
def test_kinds_of_customers_made_of_it_are_offered_harmlessly(text: str) -> None:
    kinds = [kind for kind in (one_line(text)[:80],) if kind]
    check(workspace_modal(WorkspaceRules(sensitive=tuple(kinds)), kinds), "modal")


@given(texts)
@settings(max_examples=8)
def test_any_text_at_all_is_told_harmlessly(text: str) -> None:
    notes_of(text)
    form = replace(BAKER, meaning=text, quotes=(text, BAKER.quotes[0]), themes=(text[:30],)).tidied()
    if storable(form):
        messages_of(form, Purpose.WITHOUT_NAME)
