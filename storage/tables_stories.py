"""The mapped classes of conversations, stories and what comes of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class DraftRow(Base):
    """What somebody has typed of a write-up so far. `interview_id` is set while editing a stored one."""

    __tablename__ = "drafts"
    __table_args__ = own_id(
        owned("interviews", "interview_id"),
        Index(None, "workspace_id", "interview_id"),
        Index(None, "workspace_id", "author_id", "updated_at"),
        Index(None, "workspace_id", "thread_channel", "thread_ts"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    author_id: Mapped[str]
    form: Mapped[dict[str, Any]]
    step: Mapped[str] = mapped_column(default="")
    interview_id: Mapped[int | None] = mapped_column(RowId)
    thread_channel: Mapped[str | None]
    thread_ts: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class DraftNoteRow(Base):
    """One message that goes into a draft as it was written, by its Slack timestamp."""

    __tablename__ = "draft_notes"
    __table_args__ = (of_workspace(), owned("drafts", "draft_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    slack_ts: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class InterviewRow(Base):
    """A conversation as written up. `source_key` names where it came from, so that it is stored once.

    `language` is what it is written in (ISO 639-1), "" for one that cannot be told; `language_said`: its
    author said so. `substance` is how much it tells (`stories.substance`), 0 where that was never counted.
    """

    __tablename__ = "interviews"
    __table_args__ = own_id(
        owned("customers", "customer_id"),
        UniqueConstraint("workspace_id", "source_key"),
        Index(None, "workspace_id", "author_id", "id"),
        Index(None, "workspace_id", "customer_id"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    source_key: Mapped[str]
    customer_id: Mapped[int] = mapped_column(RowId)
    author_id: Mapped[str]
    talked_on: Mapped[date] = mapped_column(Date)
    how: Mapped[str]
    title: Mapped[str]
    trying_to: Mapped[str]
    happened: Mapped[str]
    meaning: Mapped[str] = mapped_column(default="")
    score: Mapped[int | None]
    themes: Mapped[list[str]]
    hidden: Mapped[list[str]]
    language: Mapped[str] = mapped_column(default="", server_default="")
    language_said: Mapped[bool] = mapped_column(default=False, server_default=false())
    substance: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class QuoteRow(Base):
    """One of the customer's own sentences, verbatim; a row of its own because posts refer to it."""

    __tablename__ = "quotes"
    __table_args__ = own_id(
        owned("interviews", "interview_id"), UniqueConstraint("workspace_id", "interview_id", "position")
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    interview_id: Mapped[int] = mapped_column(RowId)
    position: Mapped[int]
    text: Mapped[str]


class StoryRow(Base):
    """A conversation's story. `appreciation` is how many reactions it has had, kept for retelling.

    `searchable_revision` is the revision whose texts can be found: see `storage.search_due`.
    """

    __tablename__ = "stories"
    __table_args__ = own_id(
        owned("interviews", "interview_id"),
        UniqueConstraint("workspace_id", "interview_id"),
        Index(None, "workspace_id", "state", "published_at", "id"),
        Index(None, "workspace_id", "state", "appreciation", "id"),
        Index(
            "ix_stories_unsought",
            "workspace_id",
            "id",
            sqlite_where=text("searchable_revision <> revision"),
            postgresql_where=text("searchable_revision <> revision"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    interview_id: Mapped[int] = mapped_column(RowId)
    state: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    searchable_revision: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    appreciation: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class TopicRow(Base):
    """A published story under one of its topics (`segment:…`, `theme:…`), for choosing by topic."""

    __tablename__ = "story_topics"
    __table_args__ = (of_workspace(), owned("stories", "story_id"), Index(None, "workspace_id", "story_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(RowId, primary_key=True)


class ReactionRow(Base):
    """One reader's one click under a story, and where they were."""

    __tablename__ = "reactions"
    __table_args__ = (
        of_workspace(),
        owned("stories", "story_id"),
        Index(None, "workspace_id", "channel_id", "at"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str | None]
    at: Mapped[datetime]


class FollowUpRow(Base):
    """Something somebody said they would do: a promise to the customer or a reader's "I'll act on it".

    `remind_at` is reckoned from the day and its owner's time zone, `reminded` counts how often that moment
    came, `reminded_at` is set when it is over. `done_at` is when it ended, `outcome` how ("done", "let_go";
    "" while it is open), `closing` the sentence said then: what changed, or why it was let go. `untold` takes
    that sentence from its story again. `link` leads to where it is worked on. `offered_to` is the colleague
    who is asked to take it over, `told_at` when its customer was told, `spread_at` when those who listened
    were.
    """

    __tablename__ = "follow_ups"
    __table_args__ = own_id(
        owned("interviews", "interview_id"),
        Index(None, "workspace_id", "owner_id", "done_at"),
        Index(None, "workspace_id", "interview_id"),
        Index(
            "ix_follow_ups_untimed",
            "workspace_id",
            "due_on",
            sqlite_where=text("done_at IS NULL AND remind_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND remind_at IS NULL"),
        ),
        Index(
            "ix_follow_ups_to_remind",
            "workspace_id",
            "remind_at",
            sqlite_where=text("done_at IS NULL AND reminded_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND reminded_at IS NULL"),
        ),
        Index(
            "ix_follow_ups_to_spread",
            "workspace_id",
            "id",
            sqlite_where=text("outcome = 'done' AND spread_at IS NULL"),
            postgresql_where=text("outcome = 'done' AND spread_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    interview_id: Mapped[int] = mapped_column(RowId)
    kind: Mapped[str]
    owner_id: Mapped[str]
    what: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(Date)
    done_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    reminded: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    outcome: Mapped[str] = mapped_column(default="", server_default="")
    closing: Mapped[str] = mapped_column(default="", server_default="")
    untold: Mapped[bool] = mapped_column(default=False, server_default=false())
    link: Mapped[str] = mapped_column(default="", server_default="")
    offered_to: Mapped[str | None]
    told_at: Mapped[datetime | None]
    spread_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ReportRow(Base):
    """Somebody's "Something's wrong with this", until an editor settles it."""

    __tablename__ = "reports"
    __table_args__ = own_id(
        owned("stories", "story_id"),
        Index(
            "ix_reports_open",
            "workspace_id",
            "story_id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    story_id: Mapped[int] = mapped_column(RowId)
    reporter_id: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
