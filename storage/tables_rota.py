"""The mapped classes of the rota: who joined, customers who agreed to be asked, and who meets whom."""

from datetime import date, datetime

from sqlalchemy import Date, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class RotaPersonRow(Base):
    """What somebody chose for the rota, or what a list of colleagues says of them. They join themself."""

    __tablename__ = "rota_people"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(default="")
    seniority: Mapped[str]
    languages: Mapped[list[str]]
    time_zone: Mapped[str]
    country: Mapped[str] = mapped_column(default="")
    every_weeks: Mapped[int | None]
    pairs: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    not_before: Mapped[date | None] = mapped_column(Date)


class RotaPartRow(Base):
    """The rhythm of a part of the business, for those of it who chose none themselves."""

    __tablename__ = "rota_parts"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    every_weeks: Mapped[int]
    set_by: Mapped[str]
    set_at: Mapped[datetime]


class RotaRoundRow(Base):
    """The last day on which colleagues were matched with customers, and how many were."""

    __tablename__ = "rota_rounds"
    __table_args__ = (of_workspace(),)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    on_day: Mapped[date] = mapped_column(Date)
    matched: Mapped[int] = mapped_column(default=0)


class ContactRow(Base):
    """A customer whom the rota may ask, where they agreed; how to reach them stands with the customer.

    `key` is what the system that they came from calls them. `rests_until` is the first day on which they may
    be asked again.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        of_workspace(),
        owned("customers", "customer_id"),
        UniqueConstraint("workspace_id", "key"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str]
    source: Mapped[str]
    time_zone: Mapped[str]
    country: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]]
    part: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[str] = mapped_column(default="")
    rests_until: Mapped[date | None] = mapped_column(Date)
    added_by: Mapped[str]
    updated_at: Mapped[datetime]


class RotaTalkRow(Base):
    """A colleague and a customer whom the rota brought together, or a conversation that counts as one.

    `draft_id` is the write-up begun for it, which is no row any more once it was sent or thrown away.
    """

    __tablename__ = "rota_talks"
    __table_args__ = own_id(
        owned("customers", "customer_id"),
        Index(None, "workspace_id", "user_id"),
        Index(None, "workspace_id", "customer_id"),
        Index(None, "workspace_id", "draft_id"),
        Index(
            "ix_rota_talks_due",
            "workspace_id",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    kind: Mapped[str]
    user_id: Mapped[str]
    partner_id: Mapped[str | None]
    with_talk_id: Mapped[int | None] = mapped_column(RowId)
    customer_id: Mapped[int | None] = mapped_column(RowId)
    state: Mapped[str]
    starts_at: Mapped[datetime | None]
    on_day: Mapped[date | None] = mapped_column(Date)
    draft_id: Mapped[int | None] = mapped_column(RowId)
    step: Mapped[str | None]
    next_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
