"""The mapped classes of projects, their reasons, their avatars, and what listening for drift remembers."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class ProjectRow(Base):
    """A channel's project and its avatar; a channel has at most one that is active."""

    __tablename__ = "projects"
    __table_args__ = own_id(
        Index(
            "ix_projects_active",
            "workspace_id",
            "channel_id",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
        Index(None, "next_at"),
        Index(None, "workspace_id", "segment"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    channel_id: Mapped[str]
    name: Mapped[str]
    goal: Mapped[str]
    segment: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[str]
    avatar_name: Mapped[str]
    avatar_emoji: Mapped[str]
    avatar_picture: Mapped[str | None]
    manner: Mapped[str]
    rhythm: Mapped[str]
    state: Mapped[str]
    pinned_delivery_id: Mapped[int | None] = mapped_column(RowId)
    listens_since: Mapped[datetime | None]
    listens_by: Mapped[str | None]
    next_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class ProjectReasonRow(Base):
    """One founding reason in the team's words; given up, it keeps when."""

    __tablename__ = "project_reasons"
    __table_args__ = own_id(owned("projects", "project_id"), Index(None, "workspace_id", "project_id"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    project_id: Mapped[int] = mapped_column(RowId)
    position: Mapped[int]
    words: Mapped[str]
    added_by: Mapped[str]
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ReasonEvidenceRow(Base):
    """A customer's quote on which a reason rests, or which was found for it later."""

    __tablename__ = "reason_evidence"
    __table_args__ = (
        of_workspace(),
        owned("project_reasons", "reason_id"),
        owned("quotes", "quote_id"),
        Index(None, "workspace_id", "quote_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    reason_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    quote_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class AvatarCommentRow(Base):
    """A survey's comment that backs a reason or that an avatar said. `stands`: posts say it as it is.

    Neither the source nor the answer is pointed at: posts have to be put right after both are gone.
    """

    __tablename__ = "avatar_comments"
    __table_args__ = own_id(UniqueConstraint("workspace_id", "source_id", "answer_key"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    source_id: Mapped[int] = mapped_column(RowId)
    answer_key: Mapped[str]
    stands: Mapped[bool]


class ReasonCommentRow(Base):
    """A survey's comment on which a reason rests."""

    __tablename__ = "reason_comments"
    __table_args__ = (
        of_workspace(),
        owned("project_reasons", "reason_id"),
        owned("avatar_comments", "comment_id"),
        Index(None, "workspace_id", "comment_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    reason_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    added_by: Mapped[str]
    added_at: Mapped[datetime]


class ProjectChangeRow(Base):
    """A change of the why: who, when, what, and why; rows are only ever added."""

    __tablename__ = "project_changes"
    __table_args__ = own_id(owned("projects", "project_id"), Index(None, "workspace_id", "project_id", "at"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    project_id: Mapped[int] = mapped_column(RowId)
    what: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]


class AvatarLineRow(Base):
    """Something the avatar said: by which delivery, why, with whose quote, and what came back."""

    __tablename__ = "avatar_lines"
    __table_args__ = own_id(
        owned("projects", "project_id"),
        owned("project_reasons", "reason_id"),
        owned("quotes", "quote_id"),
        owned("deliveries", "delivery_id"),
        Index(None, "workspace_id", "project_id", "at"),
        Index(None, "workspace_id", "delivery_id"),
        Index(None, "workspace_id", "quote_id"),
        Index(None, "workspace_id", "reason_id"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    project_id: Mapped[int] = mapped_column(RowId)
    kind: Mapped[str]
    reason_id: Mapped[int | None] = mapped_column(RowId)
    quote_id: Mapped[int | None] = mapped_column(RowId)
    delivery_id: Mapped[int | None] = mapped_column(RowId)
    about: Mapped[str] = mapped_column(default="")
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    at: Mapped[datetime]


class AvatarLineCommentRow(Base):
    """Which comment a line says, where it says one in place of a quote."""

    __tablename__ = "avatar_line_comments"
    __table_args__ = (
        of_workspace(),
        owned("avatar_lines", "line_id"),
        owned("avatar_comments", "comment_id"),
        Index(None, "workspace_id", "comment_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    comment_id: Mapped[int] = mapped_column(RowId)


class ListeningRow(Base):
    """Where listening for drift stands in a project's channel: numbers and dense means, never words."""

    __tablename__ = "project_listening"
    __table_args__ = (of_workspace(), owned("projects", "project_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    kick_off: Mapped[bytes | None] = mapped_column(LargeBinary)
    kick_off_windows: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]
