"""Arguments that cannot be told from name and type: of which table, or what they have to be to be real."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from storage.attention import Unasked
from storage.deliveries import Post, Seat
from storage.holdings import About
from storage.nps_languages import Untold
from storage.routes_finding import Asked as AskedByRule
from storage.search_asked import Asked
from storage.search_due import DueComment
from storage.search_texts import Meaning
from storage.story_loading import BY_ID
from storage.sweeping import Found, Place
from storage.tables_nps import NpsAnswerRow
from storage.themes import NewTheme
from storage.uploads import Receipt
from stories.accounts import Worth
from stories.avatars.evidence import Ref, quote
from stories.avatars.project import Face
from stories.forms import Form
from stories.priorities.priority import State
from stories.search.texts import Kind, Text
from tests.conftest import NOW
from tests.storage.isolation import posts, series, surveys, talks
from tests.storage.isolation.two_workspaces import Side, words

Maker = Callable[[Side], Any]
"""Makes a value that names rows of this workspace."""


def _second(table: str) -> Maker:
    return lambda side: side.ids[table][1]


def _form(side: Side) -> Form:
    return Form(
        customer_id=side.ids["customers"][0],
        name="Same Name",
        alias=words(side, "alias"),
        talked_on="2026-11-10",
        how="call",
        happened=words(side, "happened"),
        quotes=(words(side, "quote"),),
        title=words(side, "title"),
        sharing="with_name",
        consent_words=words(side, "consent"),
        promise=words(side, "promise"),
        promise_by="2026-11-20",
        themes=(words(side, "theme"),),
    )


def _found_text(side: Side) -> Text:
    return Text(kind=Kind.COMMENT, day=NOW.date(), words=words(side, "found"), facets="everybody")


def _due_comment(side: Side) -> DueComment:
    source = side.ids["nps_sources"][0]
    said = words(side, "comment")
    return DueComment(source_id=source, key="key-0", score=9, day=NOW.date(), comment=said, properties={})


GIVEN_KINDS: dict[Any, Maker] = {
    **series.KINDS,
    **surveys.KINDS,
    Asked: lambda _: Asked(words=("shared",), marks=[("everybody",)], most=20),
    Form: _form,
    Ref: lambda side: quote(side.ids["quotes"][0]),
    Face: lambda side: Face(name=words(side, "face"), emoji=":seedling:"),
    Worth: lambda _: Worth(amount=Decimal("1200.00"), currency="EUR"),
}
"""How values of these kinds are made, whatever they are called."""

GIVEN: dict[str, Maker] = {
    **posts.GIVEN,
    **series.GIVEN,
    **surveys.GIVEN,
    **talks.GIVEN,
    "workspace_id": lambda side: side.workspace_id,
    "since": lambda _: NOW - timedelta(days=365),
    "first": lambda _: date(2026, 1, 1),
    "last": lambda _: date(2026, 12, 31),
    "most": lambda _: 20,
    "emoji": lambda _: ":seedling:",
    "time_zone": lambda _: "Europe/London",
    "name": lambda _: "Same Name",
    "company": lambda _: "Same Name",
    "role": lambda _: "editor",
    "method": lambda _: "chat.postMessage",
    "posted_in": lambda _: "C0",
    "owner": lambda _: "worker",
    "story_loading.load.statement": lambda _: BY_ID,
    "story_loading.load.values": lambda side: {"ids": side.ids["stories"]},
    "customer_absences.note.absent": lambda side: side.ids["customers"],
    "nps_answers.remove_rows.which": lambda _: NpsAnswerRow.key.is_not(None),
    "attention.add.what": lambda _: Unasked(place="C0", kind="kind-0", slot_key="new", about={}),
    "delivery_care.give_up.delivery_id": _second("deliveries"),
    "draft_notes.keep.slack_ts": lambda _: "9.0",
    "homes_due.note.story_ids": lambda side: [side.ids["stories"][1]],
    "notices.speaks_of.story_ids": lambda side: [side.ids["stories"][1]],
    "people.meet.user_id": lambda _: "U9",
    "people.grant.user_id": lambda _: "U9",
    "posted.decided.kind": lambda _: "digest",
    "projects.begin.new.channel_id": lambda _: "C9",
    "reactions.react.user_id": lambda _: "U9",
    "routes_finding.fitting.asked": lambda _: AskedByRule(marks=(("everybody",),), words=("shared",)),
    "reasons.tie.ref": lambda side: quote(side.ids["quotes"][1]),
    "avatar_quotes.posts_of_line.swerve_slot": lambda _: "swerve:1",
    "sending.claim.ids": lambda side: [side.ids["deliveries"][1]],
    "sending.cancel.ids": lambda side: [side.ids["deliveries"][1]],
    "trackers.begin.new.key": lambda side: f"{side.mark} new",
    "trackers.begin.new.project_id": _second("projects"),
    "uploads.arrive.file_id": lambda _: "F9",
    "deliveries.call_off.channel_id": lambda _: "C1",
    "nps_rows.insert_answers.rows": lambda side: {
        "new": {
            "score": 9,
            "answered_at": NOW,
            "day": NOW.date(),
            "comment": words(side, "comment"),
            "properties": {"plan": words(side, "plan")},
            "person": None,
        }
    },
    "nps_languages.tell.found": lambda side: {
        Untold(
            source_id=side.ids["nps_sources"][0], key="key-0", comment=words(side, "nps_answers.comment 0")
        ): "de"
    },
    "centre_figures.told_in.language": lambda _: "",
    "nps_languages.keep.found": lambda side: {side.ids["interviews"][0]: "de"},
    "nps_sources.create.name": lambda _: "new",
    "interviews.store_new.source_key": lambda _: "new",
    "submissions.take_in.sent.source_key": lambda _: "new",
    "deliveries.plan.post.kind": lambda _: "notice",
    "search.add.story_id": lambda side: side.ids["stories"][1],
    "search_finding.texts.ids": lambda side: side.ids["search_texts"],
    "search_finding.texts.encoder": lambda _: "wordllama",
    "search_finding.codes_after.encoder": lambda _: "wordllama",
    "search_finding.codes_after.text_id": lambda _: 0,
    "search_finding.codes_after.kinds": lambda _: ["kind-0", "kind-1"],
    "search_finding.comments.keys": lambda side: [(side.ids["nps_sources"][0], "key-0")],
    "search_finding.stories_of.interview_ids": lambda side: side.ids["interviews"],
    "search_texts.keep_story.texts": lambda side: [_found_text(side)],
    "search_texts.keep_comments.comments": lambda side: [(_due_comment(side), _found_text(side))],
    "search_texts.keep_meanings.meanings": lambda side: [
        Meaning(text_id=side.ids["search_texts"][1], kind="story", code=b"", vector=b"")
    ],
    "search_due.comments_are_findable.comments": lambda side: [_due_comment(side)],
    "search_due.due_for_meaning.encoder": lambda _: "minilm",
    "theme_sorting.to_be_found_in.encoder": lambda _: "wordllama",
    "theme_sorting.to_be_found_in.kinds": lambda _: ["kind-0", "kind-1"],
    "theme_sorting.vectors_of.encoder": lambda _: "wordllama",
    "theme_sorting.vectors_of.how": lambda _: ["found"],
    "themes.put.ranks": lambda side: [(side.ids["search_texts"][0], 0)],
    "themes.put.theme_id": lambda side: side.ids["themes"][1],
    "themes.merge.into_id": lambda side: side.ids["themes"][0],
    "themes.correct.to_id": lambda side: side.ids["themes"][1],
    "theme_sorting.unsorted.encoder": lambda _: "wordllama",
    "theme_sorting.unsorted.kinds": lambda _: ["kind-0", "kind-1"],
    "theme_sorting.keep_sorted.about": lambda side: [(side.ids["search_texts"][0], side.ids["themes"][1])],
    "priorities.end.state": lambda _: State.DROPPED,
    "priorities.choose.new.theme_id": lambda side: side.ids["themes"][0],
    "priorities.choose.new.start": lambda _: None,
    "priorities.themes_merged.into_id": lambda side: side.ids["themes"][1],
    "priorities.themes_merged.theme_ids": lambda side: side.ids["themes"][:1],
    "themes_spoken.said.kinds": lambda _: ["kind-0", "kind-1"],
    "themes_spoken.about.kinds": lambda _: ["kind-0", "kind-1"],
    "themes_spoken.daily_speakers.kinds": lambda _: ["kind-0", "kind-1"],
    "themes_spoken.asked_why.since": lambda _: date(2000, 1, 1),
    "theme_ids": lambda side: side.ids["themes"],
    "themes_contacts.of_kind.kind": lambda _: "",
    "themes_contacts.talks_with.kind": lambda _: "",
    "themes_contacts.of_theme.quiet_since": lambda _: date(2030, 1, 1),
    "themes_contacts.of_kind.quiet_since": lambda _: date(2030, 1, 1),
    "themes.propose.new": lambda side: [
        NewTheme(name=words(side, "theme"), described=b"", text_ids=(side.ids["search_texts"][0],))
    ],
    "text_ids": lambda side: tuple(side.ids["search_texts"]),
    "search.find.words": lambda _: "shared",
    "tellings.record.told": lambda side: [(side.ids["stories"][1], 1, False)],
    "tellings.record_many.posts": lambda side: [
        (side.ids["deliveries"][0], "C0", [(side.ids["stories"][1], 1, False)])
    ],
    "planning_together.plan_together.posts": lambda _: [
        (Post(channel_id="C0", kind="digest", slot_key="new", payload={}), Seat(window="new", number=1))
    ],
    "uploads.keep.draft": lambda side: Receipt(author_id="U0", draft_id=side.ids["drafts"][1]),
    "moderation.due.today": lambda _: date(2026, 12, 31),
    "object_key": lambda side: str(side.ids["customers"][0]),
    "about": lambda _: About.CUSTOMER,
    "needles": lambda side: (f"{side.mark} shared",),
    "erasing_posts.add.delivery_ids": lambda side: side.ids["deliveries"],
    "erasing_rows.count_named.object_key": lambda _: "U0",
    "erasing_rows.delete_notes_to.user_id": lambda _: "C0",
    "leaving.empty_some.but": lambda _: (),
    "retaining.let_go.kind": lambda _: "drafts",
    "retaining.let_go.before": lambda _: NOW + timedelta(days=1),
    "retaining.old_conversations.before": lambda _: NOW + timedelta(days=1),
    "consent_turns.turned.after": lambda _: 0,
    "consent_turns.turned.until": lambda _: NOW + timedelta(days=1),
    "held.customers_like.words": lambda _: "same",
    "sweeping.look.place": lambda _: Place(table="interviews", after=0),
    "sweeping.take_out.change": lambda _: str.upper,
    "sweeping.take_out.found": lambda side: Found(
        table="interviews", keys=tuple((one,) for one in side.ids["interviews"]), then=None
    ),
    "sweeping_words.take_out.change": lambda _: str.upper,
    "rota_talks.change.values": lambda _: {"tries": 1},
    "waits_for": lambda _: "day",
    "offers.customers_like.words": lambda _: "same",
}
"""Parameters or fields by name, or by `module.function.parameter`, and how they are made."""
