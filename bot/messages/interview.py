"""The views before and after the steps of the write-up, and what is said in a thread and for help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.flags import flags_blocks
from bot.messages.interview_frame import Place, drop_button, plain_frame, step_frame
from bot.messages.interview_hidden import findings_blocks
from bot.messages.story import card, whole
from stories.consent import Purpose
from stories.flags import flags_in
from stories.forms import Form
from stories.headlines import title_of
from stories.hiding import NOTHING_FOUND, Findings
from stories.interviews import Interview
from stories.language import _
from stories.story import Story, StoryState, Telling, preview, title_told
from stories.substance import Judged, judged
from stories.text import shortened
from stories.values import dataclass

MOST_DRAFTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDigest:
    """A channel that hears stories, and when it hears the next ones."""

    channel_id: str
    at: datetime


def choose_view(drafts: Sequence[tuple[int, Form, datetime]]) -> Block:
    """Go on with one of these drafts (id, form, last touched), or start anew."""
    rows: list[Block] = [blocks.section(_part("choose"))]
    for draft_id, form, touched in drafts[:MOST_DRAFTS]:
        rows += [
            blocks.section(_part("draft", title=draft_title(form), who=form.name, at=_moment(touched))),
            blocks.actions(
                blocks.button(_("Go on with it"), ids.DRAFT_OPEN, str(draft_id)),
                drop_button(draft_id),
                block_id=f"draft:{draft_id}",
            ),
        ]
    return plain_frame(rows, callback_id=ids.INTERVIEW_CHOOSE_VIEW, submit=_("Start a new one"))


def draft_title(form: Form) -> str:
    """A line by which the author knows their draft again; plain text."""
    named = _("Talk with {name}").format(name=form.name) if form.name else ""
    return shortened(title_of(form), 90) or named


def preview_view(
    place: Place, story: Story, level: Purpose, *, notice: str = "", found: Findings = NOTHING_FOUND
) -> Block:
    """How the story will read under the consent that was given, exactly as a channel gets it.

    `story.state` is the stored story's while one is edited, else KEPT; `found` stands above it to be decided.
    """
    telling = preview(story, level)
    customer = story.interview.customer
    if telling is None:
        own = preview(story, Purpose.WITH_NAME)
        said = _part("taken_out" if story.state is StoryState.PUBLISHED else "only_you")
        body = [blocks.section(said), *(whole(own, author=own.author_id) if own else [])]
        return step_frame(place, body, notice=notice, submit=_("Keep"))
    said = _part(level.value, name=customer.name, alias=customer.alias)
    body = [
        blocks.section(said),
        *findings_blocks(found),
        *flags_blocks(flags_in(telling)),
        blocks.divider(),
        *card(telling, author=telling.author_id, buttons=False),
        blocks.divider(),
    ]
    if story.state in (StoryState.PUBLISHED, StoryState.HIDDEN):
        return step_frame(place, body, notice=notice, submit=_("Save changes"))
    keep = blocks.button(_("Keep it for now"), ids.INTERVIEW_KEEP)
    return step_frame(place, body, notice=notice, row=[keep], submit=_("Publish"))


def done_view(
    story: Story,
    level: Purpose,
    *,
    digests: Sequence[NextDigest] = (),
    channel_command: str = "/firsthand",
    telling: Telling | None = None,
    said: Judged | None = None,
) -> Block:
    """What became of the write-up, what happens next and where to find it.

    `level` is what consent allows now; `digests` are the next ones anywhere here. `telling` is the story as
    it is told and `said` what its words say of it, where they are known already.
    """
    shared = level is not Purpose.NOT_SHARED
    part = _outcome(story.state, shared=shared)
    where = [blocks.section(_told_where(digests, channel_command))] if part == "published" else []
    if part == "published" and (said or _judged(story.interview)).is_thin:
        where.append(blocks.context(_part("short")))
    title = telling.title if telling else title_told(story, level)
    return plain_frame(
        [
            blocks.header(_("Thank you")),
            blocks.section(_part(part, title=title)),
            *where,
            blocks.section(_part("found")),
            blocks.actions(blocks.button(_("Write up another"), ids.INTERVIEW_OPEN)),
        ]
    )


def gone_view(sentence: str) -> Block:
    """The end of a write-up that is not there any more, with a way to start anew."""
    again = blocks.button(_("Start a new one"), ids.INTERVIEW_OPEN)
    return plain_frame([blocks.section(blocks.escaped(sentence)), blocks.actions(again)])


def thread_view(link: str | None) -> Block:
    """Says that the write-up goes on in a thread, with the way there."""
    button = blocks.button(_("Go to the thread"), ids.INTERVIEW_THREAD_LINK) | {"url": link}
    row = [blocks.actions(button)] if link else []
    return plain_frame([blocks.section(_part("in_thread")), *row])


def thread_root(draft_id: int) -> dict[str, Any]:
    """The message under which a write-up is written as replies."""
    go_on = blocks.button(
        _("Continue in the form"), ids.INTERVIEW_FROM_THREAD, str(draft_id), style="primary"
    )
    body = [blocks.section(_part("thread_root")), blocks.actions(go_on)]
    return read_out(_part("thread_text"), body)


def thread_note(part: str) -> dict[str, Any]:
    """A short note in the thread: `kept`, `not_kept`, `only_text` or `finished`."""
    return {"text": _part(f"thread_{part}")}


def help_message(command: str, stories: str) -> dict[str, Any]:
    """What the command is for, with a button that begins."""
    said = _part("help", command=command, stories=stories)
    begin = blocks.button(_("Write one up"), ids.INTERVIEW_OPEN, style="primary")
    return {
        "response_type": "ephemeral",
        "text": said,
        "blocks": [blocks.section(said), blocks.actions(begin)],
    }


def too_late(draft_id: int | None) -> dict[str, Any]:
    """What is said when Slack closed the door before the window opened: a fresh click opens it."""
    said = _("That took too long, and Slack closed the door. Nothing is lost: click to open it again.")
    action = ids.DRAFT_OPEN if draft_id else ids.INTERVIEW_OPEN
    again = blocks.button(_("Open it again"), action, str(draft_id or ""), style="primary")
    return {"text": said, "blocks": [blocks.section(said), blocks.actions(again)]}


def _outcome(state: StoryState, *, shared: bool) -> str:
    if state is StoryState.KEPT:
        return "kept" if shared else "kept_private"
    return state.value


def _judged(told: Interview) -> Judged:
    return judged(told, [quote.text for quote in told.quotes])


def _told_where(digests: Sequence[NextDigest], command: str) -> str:
    if not digests:
        return _part("nowhere_yet", command=command)
    places = [Markup(f"<#{digest.channel_id}> {_moment(digest.at)}") for digest in digests]  # noqa: S704 ids
    return _part("told_where", places=Markup(", ").join(places))


def _moment(at: datetime) -> Markup:
    """A moment as Slack shows it to each reader in their own time zone."""
    fallback = at.strftime("%Y-%m-%d %H:%M UTC")
    return Markup(f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>")  # noqa: S704 ours


def _part(part: str, /, **values: object) -> str:
    return prose_part("interview.j2", part, **values)
