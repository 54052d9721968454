"""The mapped classes of NPS: sources, raw answers, segments, and the counts kept beside the answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Index, SmallInteger, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, RowId
from storage.tables import Base, of_workspace, own_id, owned


class NpsSettingsRow(Base):
    """How a workspace reckons NPS; `pepper` makes people's keys unguessable (see `storage.nps_people`)."""

    __tablename__ = "nps_settings"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    time_zone: Mapped[str]
    year_begins: Mapped[int]
    smallest_group: Mapped[int]
    pepper: Mapped[str] = mapped_column(EncryptedText())


class NpsSourceRow(Base):
    """Where answers come from; how pulling from there went, its key secret at rest."""

    __tablename__ = "nps_sources"
    __table_args__ = own_id(UniqueConstraint("workspace_id", "name"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    secret: Mapped[str | None] = mapped_column(EncryptedText())
    verbatims_shared: Mapped[bool] = mapped_column(default=False)
    avatars_quote: Mapped[bool] = mapped_column(default=False, server_default=false())
    counted: Mapped[bool] = mapped_column(default=True)
    cursor: Mapped[dict[str, Any]] = mapped_column(default=dict)
    pulled_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class NpsAnswerRow(Base):
    """One answer as it came. `day` is the workspace's own day, fixed when the answer was taken in.

    `searchable`: its comment can be found as it is (see `storage.search_due`). `language` is that of the
    comment (ISO 639-1), "" where it cannot be told, None while nobody has looked.
    """

    __tablename__ = "nps_answers"
    __table_args__ = (
        owned("nps_sources", "source_id"),
        Index(None, "workspace_id", "source_id", "day"),
        Index(
            "ix_nps_answers_person",
            "workspace_id",
            "person",
            sqlite_where=text("person IS NOT NULL"),
            postgresql_where=text("person IS NOT NULL"),
        ),
        Index(
            "ix_nps_answers_commented",
            "workspace_id",
            "source_id",
            "day",
            "answered_at",
            "key",
            sqlite_where=text("comment <> ''"),
            postgresql_where=text("comment <> ''"),
        ),
        Index(
            "ix_nps_answers_unsought",
            "workspace_id",
            sqlite_where=text("searchable = 0 AND comment <> ''"),
            postgresql_where=text("NOT searchable AND comment <> ''"),
        ),
        Index(
            "ix_nps_answers_of_no_language",
            "workspace_id",
            sqlite_where=text("language IS NULL AND comment <> ''"),
            postgresql_where=text("language IS NULL AND comment <> ''"),
        ),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[int] = mapped_column(SmallInteger)
    answered_at: Mapped[datetime]
    day: Mapped[date] = mapped_column(Date)
    comment: Mapped[str]
    properties: Mapped[dict[str, Any]]
    person: Mapped[str | None]
    searchable: Mapped[bool] = mapped_column(default=False, server_default=false())
    language: Mapped[str | None]


class NpsPropertyRow(Base):
    """A property of answers; `refused` says why it is no segment ("" when it is one)."""

    __tablename__ = "nps_properties"
    __table_args__ = own_id(UniqueConstraint("workspace_id", "folded"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    name: Mapped[str]
    folded: Mapped[str]
    refused: Mapped[str] = mapped_column(default="")


class NpsSegmentRow(Base):
    """One value of a property; its number is what counts are kept under."""

    __tablename__ = "nps_segments"
    __table_args__ = own_id(
        owned("nps_properties", "property_id"),
        UniqueConstraint("workspace_id", "property_id", "folded"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    property_id: Mapped[int] = mapped_column(RowId)
    value: Mapped[str]
    folded: Mapped[str]


class NpsDayRow(Base):
    """How many of each band answered on one day in one cell (all answers, a segment, a pair of segments)."""

    __tablename__ = "nps_days"
    __table_args__ = (owned("nps_sources", "source_id"), {"sqlite_with_rowid": False})
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    cell: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    promoters: Mapped[int]
    passives: Mapped[int]
    detractors: Mapped[int]


class NpsWeekRow(Base):
    """The same counts by week, cut in two where a month begins; `week` is the first day of the piece."""

    __tablename__ = "nps_weeks"
    __table_args__ = (owned("nps_sources", "source_id"), {"sqlite_with_rowid": False})
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    cell: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    promoters: Mapped[int]
    passives: Mapped[int]
    detractors: Mapped[int]


class NpsErasedRow(Base):
    """That somebody was erased, by their hashed key: what a survey tool sends of them again is left out."""

    __tablename__ = "nps_erased"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
