"""The mapped classes of the top three: what people chose for a quarter, and what became of each."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned

_NOT_DROPPED = text("state <> 'dropped'")


class PriorityRow(Base):
    """One of a quarter's top three. Its theme may go: then `theme_id` is empty and `theme_name` stays.

    `quarter` is its first day, `last_day` its last. `place` is 1 to 3; the index keeps two people from
    choosing a fourth at the same moment.
    """

    __tablename__ = "priorities"
    __table_args__ = own_id(
        Index(
            "ix_priorities_places",
            "workspace_id",
            "quarter",
            "place",
            unique=True,
            sqlite_where=_NOT_DROPPED,
            postgresql_where=_NOT_DROPPED,
        ),
        Index(None, "workspace_id", "theme_id"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    theme_id: Mapped[int | None] = mapped_column(RowId)
    theme_name: Mapped[str]
    quarter: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    place: Mapped[int]
    owner_id: Mapped[str]
    done_means: Mapped[str]
    segment: Mapped[list[Any]] = mapped_column(JSON)
    start_promoters: Mapped[int | None]
    start_passives: Mapped[int | None]
    start_detractors: Mapped[int | None]
    chosen_by: Mapped[str]
    chosen_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str]


class PriorityNoteRow(Base):
    """What was said of one of the top three: chosen, how it goes, how it ended or why it was dropped."""

    __tablename__ = "priority_notes"
    __table_args__ = own_id(owned("priorities", "priority_id"), Index(None, "workspace_id", "priority_id"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    priority_id: Mapped[int] = mapped_column(RowId)
    what: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    words: Mapped[str]


class PriorityRoundRow(Base):
    """When it is next looked at whether somebody is to be asked or told something of the top three."""

    __tablename__ = "priority_rounds"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
