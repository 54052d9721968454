"""What holds for a whole workspace, and on which terms single stories are told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, owned


class WorkspaceSettingsRow(Base):
    """What admins chose for everybody here, and who chose it last; no row while nobody has."""

    __tablename__ = "workspace_settings"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    chosen: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]


class StoryTermsRow(Base):
    """A story's labels, and what its publication waits for ("editor", "day", or nothing: "").

    `account_only`: told to nobody but its author. `not_before`: the first day it may be told on.
    `asked_by` and `asked_at` say who wanted it published; `reason` is why an editor sent it back last.
    `approved_by` and `approved_at` are an editor's yes to the words as they stand.
    """

    __tablename__ = "story_terms"
    __table_args__ = (
        of_workspace(),
        owned("stories", "story_id"),
        Index(None, "workspace_id", "waits_for", "asked_at"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    account_only: Mapped[bool] = mapped_column(default=False)
    not_before: Mapped[date | None] = mapped_column(Date)
    waits_for: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str | None]
    asked_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
