"""Taking in conversations from notes and transcripts: found, read, decided on one by one, kept once each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path

from bot.deciding import with_all_hidden
from bot.dropping.keeping import imported_as
from bot.importing.reading import LISTED, can_be_read, read_file
from bot.importing.shelf import Shelf
from bot.interview_stories import as_story
from stories.consent import Purpose
from stories.errors import UserError
from stories.flags import flags_in
from stories.forms import Form, first_problem
from stories.language import _
from stories.proposals import Proposal, form_of
from stories.story import preview
from stories.talks import propose
from stories.text import one_line
from stories.values import dataclass


class Fate(StrEnum):
    """What became of one conversation, or of a file that could not be read."""

    KEPT = "kept"
    PUBLISHED = "published"
    ALREADY = "already there"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for everything taken in: whose it is, what the customers agreed to, whether it is told."""

    author_id: str
    sharing: Purpose = Purpose.NOT_SHARED
    consent_words: str = ""
    segment: str = ""
    publish: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A conversation in a file, proposed as a write-up. `number` of `of` files, from 1."""

    proposal: Proposal
    where: str
    number: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be done with one: keep this proposal, refuse it for a reason, or (neither) skip it."""

    keep: Proposal | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one; `reason` says why it was refused or not published, `remarks` what was left out."""

    where: str
    number: int
    fate: Fate
    title: str = ""
    reason: str = ""
    remarks: tuple[str, ...] = ()


Decide = Callable[[Found], Decision]


class Stopped(Exception):
    """Raised by whoever decides: nothing more is to be taken in; what was kept stays."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files to read, in the order of their names, and how many others were left alone."""

    notes: tuple[Path, ...]
    others: int = 0


def find_files(path: Path) -> Files:
    """The notes and transcripts at `path`: the file, or those in the folder and below that are not hidden.

    Raises UserError when there are none.
    """
    if not path.exists():
        raise UserError(_("There is no file or folder “{path}”.").format(path=path))
    if not path.is_dir():
        return Files((path,))
    inside = sorted(found for found in path.rglob("*") if not found.is_dir() and _is_shown(found, path))
    notes = tuple(found for found in inside if can_be_read(found))
    if not notes:
        said = _("There are no notes and no transcripts in “{path}”: they end in one of {endings}.")
        raise UserError(said.format(path=path, endings=LISTED))
    return Files(notes, len(inside) - len(notes))


def bring_in(
    files: Sequence[Path], shelf: Shelf, terms: Terms, decide: Decide, *, today: date
) -> Iterator[Outcome]:
    """Take in every conversation in these files as `decide` says; each is kept before the next is read.

    Ends early when `decide` raises Stopped. Raises UserError when the database fails; what was kept until
    then stays, and a second run goes on from there.
    """
    for number, file in enumerate(files, 1):
        try:
            conversations = read_file(file, today=today)
        except UserError as error:
            yield Outcome(where=str(file), number=number, fate=Fate.REFUSED, reason=error.message)
            continue
        for notes in conversations:
            where = str(file) if len(conversations) == 1 else f"{file}:{notes.line}"
            if shelf.holds(notes.fingerprint):
                title = one_line(notes.title.value)
                yield Outcome(where=where, number=number, fate=Fate.ALREADY, title=title)
                continue
            proposal = propose(notes, today=today)
            found = Found(proposal=proposal, where=where, number=number, of=len(files))
            try:
                yield _take(found, shelf, terms, decide, today)
            except Stopped:
                return


def as_found(found: Found) -> Decision:
    """Keep what leaves nothing open; refuse the rest for what it leaves open."""
    gaps = found.proposal.gaps
    if not gaps:
        return Decision(keep=found.proposal)
    return Decision(refusal=_("; ").join(gap.why for gap in gaps))


def _take(found: Found, shelf: Shelf, terms: Terms, decide: Decide, today: date) -> Outcome:
    decision = decide(found)
    kept = decision.keep
    if kept is None:
        fate = Fate.REFUSED if decision.refusal else Fate.SKIPPED
        return _outcome(found, fate, reason=decision.refusal)
    form = _form(kept, shelf, terms)
    missing = first_problem(form, today=today)
    if missing is not None:
        reason = " ".join(f"{field}: {sentence}" for field, sentence in missing[1].items())
        return _outcome(found, Fate.REFUSED, reason=reason)
    told = terms.publish and terms.sharing is not Purpose.NOT_SHARED
    flagged = _flagged(form, terms, today) if told else ""
    told = told and not flagged
    shelf.keep(form, source_key=imported_as(kept.notes.fingerprint), author_id=terms.author_id, publish=told)
    return Outcome(
        where=found.where,
        number=found.number,
        fate=Fate.PUBLISHED if told else Fate.KEPT,
        title=kept.title,
        reason=flagged,
        remarks=kept.remarks,
    )


def _flagged(form: Form, terms: Terms, today: date) -> str:
    """Why a story is looked at by its author before others read it, whatever was asked; empty for most."""
    now = datetime.combine(today, time(), UTC)
    hidden = with_all_hidden(form, author_id=terms.author_id, now=now)
    telling = preview(as_story(hidden, None, author_id=terms.author_id, now=now), terms.sharing)
    words = [f"“{flag.words}”" for flag in flags_in(telling)] if telling else []
    if not words:
        return ""
    said = _("not published, since its author is to look at this first: {words}")
    return said.format(words=", ".join(words))


def _form(proposal: Proposal, shelf: Shelf, terms: Terms) -> Form:
    return form_of(
        proposal,
        sharing=terms.sharing,
        consent_words=terms.consent_words,
        segment=terms.segment,
        customer_id=shelf.customer_id(proposal.customer, proposal.company),
    )


def _outcome(found: Found, fate: Fate, *, reason: str = "") -> Outcome:
    title = one_line(found.proposal.notes.title.value)
    return Outcome(where=found.where, number=found.number, fate=fate, title=title, reason=reason)


def _is_shown(found: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in found.relative_to(folder).parts)
