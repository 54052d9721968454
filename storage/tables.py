"""The mapped classes: base, workspaces, people, customers and what they agreed to.

Every row belongs to a workspace: the workspace is part of each unique and each foreign key, so that a row
of one workspace can never point at a row of another.

These modules do without the future import of annotations: SQLAlchemy would evaluate each column's
annotation by itself, which takes a start a quarter longer for them.
"""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKeyConstraint, Index, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import EncryptedText, RowId, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """What all tables share: named constraints, text without a length, aware times."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        str: Text(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


def owned(table: str, column: str) -> ForeignKeyConstraint:
    """A foreign key to `table` that holds within one workspace only."""
    return ForeignKeyConstraint(
        ["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], ondelete="CASCADE"
    )


def of_workspace() -> ForeignKeyConstraint:
    """The foreign key from a row to the workspace that owns it."""
    return ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], ondelete="CASCADE")


def own_id(*more: Any) -> tuple[Any, ...]:
    """Table arguments of a numbered, owned table: its owner, its key within it, no number used twice."""
    return (of_workspace(), UniqueConstraint("workspace_id", "id"), *more, {"sqlite_autoincrement": True})


class WorkspaceRow(Base):
    """A Slack workspace (or an org install's workspace) by its T… id."""

    __tablename__ = "workspaces"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    installed_by: Mapped[str | None]
    paused_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class PersonRow(Base):
    """A colleague's own settings and progress, by their Slack id.

    `locale` is the language that they use Slack in ("de-DE"); empty until Slack was asked.
    """

    __tablename__ = "people"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    home_hash: Mapped[str | None]
    locale: Mapped[str] = mapped_column(default="", server_default="")
    created_at: Mapped[datetime]


class RoleRow(Base):
    """A role somebody was given, and by whom."""

    __tablename__ = "roles"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]


class CustomerRow(Base):
    """A customer; how to reach them is secret at rest."""

    __tablename__ = "customers"
    __table_args__ = own_id(Index(None, "workspace_id", "folded_name"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    name: Mapped[str]
    folded_name: Mapped[str]
    alias: Mapped[str]
    company: Mapped[str] = mapped_column(default="")
    segment: Mapped[str] = mapped_column(default="")
    former_names: Mapped[list[str]] = mapped_column(default=list)
    former_companies: Mapped[list[str]] = mapped_column(default=list)
    contact: Mapped[str | None] = mapped_column(EncryptedText())
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class ConsentRow(Base):
    """One thing a customer agreed to or took back; rows are only ever added."""

    __tablename__ = "consents"
    __table_args__ = own_id(
        owned("customers", "customer_id"),
        owned("interviews", "interview_id"),
        Index(None, "workspace_id", "customer_id"),
        Index(None, "workspace_id", "interview_id"),
        # Only what turns on a later day: the look for it costs nothing for the rest.
        Index(
            "ix_consents_ending",
            "workspace_id",
            "valid_until",
            sqlite_where=text("valid_until IS NOT NULL"),
            postgresql_where=text("valid_until IS NOT NULL"),
        ),
        Index(
            "ix_consents_beginning",
            "workspace_id",
            "valid_from",
            sqlite_where=text("valid_from > recorded_at"),
            postgresql_where=text("valid_from > recorded_at"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    customer_id: Mapped[int] = mapped_column(RowId)
    interview_id: Mapped[int | None] = mapped_column(RowId)
    purpose: Mapped[str]
    granted: Mapped[bool] = mapped_column(default=True)
    words: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]


class AuditRow(Base):
    """Who did what to what, and when; rows are only ever added."""

    __tablename__ = "audit"
    __table_args__ = own_id(Index(None, "workspace_id", "at"))
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    at: Mapped[datetime]
    actor_id: Mapped[str]
    act: Mapped[str]
    object_kind: Mapped[str]
    object_id: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
