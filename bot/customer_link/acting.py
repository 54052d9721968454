"""What customers change at their link, and how their author answers: at once, everywhere, written down."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import moderation as waiting
from bot import notices, publishing
from bot.customer_link.reading import mark_of
from bot.messages import customer_links as words
from bot.messages.audit_words import CUSTOMER
from bot.tongues import said_to
from storage import audit, corrections, customers, moderation, stories
from storage.corrections import Correction
from storage.customer_links import Link
from stories.consent import FURTHER, Consent, Purpose, permits, sharing
from stories.errors import UserError
from stories.forms import LONGEST
from stories.language import _
from stories.story import Story
from stories.text import clean, says_something


async def withdraw(session: AsyncSession, link: Link, *, now: datetime) -> None:
    """The customer takes this story back: nobody but its author reads it, unless they agree anew."""
    story = await _story(session, link)
    if sharing(await _records(session, link, story), story.interview.id, now) is Purpose.NOT_SHARED:
        return
    await _take_back(session, link.workspace_id, story, Purpose.NOT_SHARED, about=story.interview.id, now=now)
    await _follow(session, link, story, now)
    await _note(session, link, "customer_withdrew", now)
    await _tell_author(session, link, story, "withdrew", now)


async def withdraw_all(session: AsyncSession, link: Link, *, now: datetime) -> None:
    """The customer takes back all that they agreed to: for every story of theirs, and for what else."""
    story, workspace_id = await _story(session, link), link.workspace_id
    customer_id = story.interview.customer.id
    records = await _records(session, link, story)
    if records and records[-1].recorded_by == CUSTOMER and records[-1].interview_id is None:
        return
    await _take_back(session, workspace_id, story, Purpose.NOT_SHARED, about=None, now=now)
    for purpose in (*FURTHER, Purpose.SHOWN_IN_SERIES, Purpose.HEARD_IN_SERIES):
        if permits(records, purpose, now):
            await _take_back(session, workspace_id, story, purpose, about=None, now=now)
    for one in await stories.told_of(session, workspace_id, customer_id):
        await publishing.withdraw(session, workspace_id, one.id, by=CUSTOMER, now=now)
    await _follow(session, link, story, now)
    await _note(session, link, "customer_withdrew_all", now)
    await _tell_author(session, link, story, "withdrew_all", now)


async def suggest(
    session: AsyncSession, link: Link, *, mark: str, typed: str, hide: bool, now: datetime
) -> None:
    """The customer says what a quote of theirs should be. Raises UserError for what is none, in words."""
    story = await _story(session, link)
    quote = next((one for one in story.interview.quotes if mark_of(one.text) == mark), None)
    if quote is None:
        raise UserError(_("That sentence was changed in the meantime. Please look at it once more."))
    said = clean(typed)
    if not says_something(said):
        raise UserError(_("Please write what you said, in a few words."), field=mark)
    if len(said) > LONGEST["quote"]:
        raise UserError(
            _("That is {length:,} characters; {most:,} fit here. Please shorten it.").format(
                length=len(said), most=LONGEST["quote"]
            ),
            field=mark,
        )
    correction_id, new = await corrections.suggest(
        session,
        link.workspace_id,
        story.interview.id,
        before=quote.text,
        words=said,
        hide=hide,
        now=now,
    )
    await publishing.follow_edit(session, link.workspace_id, story.id, by=CUSTOMER, now=now)
    if new:
        await _note(session, link, "customer_corrected", now)
        for person in dict.fromkeys((story.interview.author_id, link.given_by)):
            slot = f"corrected:{correction_id}:{person}"
            said_to = words.corrected_note(correction_id, hide=hide)
            about = {story.id}
            await notices.plan(session, link.workspace_id, person, slot, said_to, about=about, now=now)


async def settle(
    session: AsyncSession,
    workspace_id: str,
    correction_id: int,
    outcome: str,
    *,
    by: str,
    now: datetime,
    editor: bool,
    seen: str = "",
) -> str:
    """Answer a correction; what whoever answered hears. Raises UserError when somebody has.

    Taken are the words that were `seen` (their mark; "" for whatever they are), where the quote still stands.

    Words that an `editor` takes have an editor's yes; others wait for one where this workspace asks for it.
    """
    found = await corrections.get(session, workspace_id, correction_id)
    if found is None or not await corrections.settle(
        session, workspace_id, correction_id, outcome, by=by, now=now
    ):
        raise UserError(_("This was answered already, or its story is gone."))
    story_id = found[1]
    taken = outcome == corrections.TAKEN
    if taken:
        await _refuse_unseen(session, workspace_id, *found, seen=seen)
    waits = taken and await _asks_editor(session, workspace_id, story_id, by=by, now=now, editor=editor)
    await publishing.follow_edit(session, workspace_id, story_id, by=by, now=now)
    act = "take_correction" if taken else "leave_correction"
    await _write(session, workspace_id, act, story_id, by=by, now=now)
    await notices.refresh(session, workspace_id, story_id, now=now)
    if waits:
        return _("It reads so from now on. An editor looks at it before others read it again.")
    return _("It reads so from now on, everywhere.") if taken else _("It stays as it was.")


async def _refuse_unseen(
    session: AsyncSession, workspace_id: str, said: Correction, story_id: int, *, seen: str
) -> None:
    """Raise UserError for words that nobody has read yet, and where their quote was changed meanwhile."""
    story = await stories.get(session, workspace_id, story_id)
    stands = story is not None and said.words in {quote.text for quote in story.interview.quotes}
    if not stands or seen not in ("", mark_of(said.words)):
        raise UserError(_("That sentence was changed in the meantime. Please look at it once more."))


async def _asks_editor(
    session: AsyncSession, workspace_id: str, story_id: int, *, by: str, now: datetime, editor: bool
) -> bool:
    """Have a told story wait for an editor, who said yes to other words; whether it does."""
    story = await stories.get(session, workspace_id, story_id)
    if story is None:
        return False
    return await waiting.words_changed(
        session, workspace_id, story, by=by, now=now, approved=editor and by != story.interview.author_id
    )


async def _take_back(
    session: AsyncSession,
    workspace_id: str,
    story: Story,
    purpose: Purpose,
    *,
    about: int | None,
    now: datetime,
) -> None:
    record = Consent(
        customer_id=story.interview.customer.id,
        interview_id=about,
        purpose=purpose,
        granted=purpose is Purpose.NOT_SHARED,
        recorded_by=CUSTOMER,
        recorded_at=now,
        valid_from=now,
    )
    await customers.record_consent(session, workspace_id, record)


async def _follow(session: AsyncSession, link: Link, story: Story, now: datetime) -> None:
    """It leaves every post, note and Home at once, and waits for nobody's yes any more."""
    await moderation.wait_no_more(session, link.workspace_id, story.id)
    await publishing.follow_edit(session, link.workspace_id, story.id, by=CUSTOMER, now=now)


async def _records(session: AsyncSession, link: Link, story: Story) -> tuple[Consent, ...]:
    customer_id = story.interview.customer.id
    return (await customers.consents(session, link.workspace_id, [customer_id])).get(customer_id, ())


async def _story(session: AsyncSession, link: Link) -> Story:
    story = await stories.get(session, link.workspace_id, link.story_id)
    if story is None:
        raise UserError(_("This is not kept any more, so there is nothing to change."))
    return story


async def _tell_author(session: AsyncSession, link: Link, story: Story, part: str, now: datetime) -> None:
    author = story.interview.author_id
    say = partial(words.withdrew_note, part, story.id)
    said: dict[str, Any] = await said_to(session, link.workspace_id, author, say)
    slot = f"{part}:{story.id}:{now.isoformat()}"
    await notices.plan(session, link.workspace_id, author, slot, said, about={story.id}, now=now)


async def _note(session: AsyncSession, link: Link, act: str, now: datetime) -> None:
    await _write(session, link.workspace_id, act, link.story_id, by=CUSTOMER, now=now)


async def _write(
    session: AsyncSession, workspace_id: str, act: str, story_id: int, *, by: str, now: datetime
) -> None:
    entry = audit.Entry(at=now, actor_id=by, act=act, object_kind="story", object_id=str(story_id))
    await audit.note(session, workspace_id, entry)
