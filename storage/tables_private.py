"""What keeps stories among few: customers' private links and corrections, account teams, colleagues."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import RowId
from storage.tables import Base, of_workspace, own_id, owned


class CustomerLinkRow(Base):
    """A private address at which a customer reads one story of theirs; of its secret only a hash is kept."""

    __tablename__ = "customer_links"
    __table_args__ = own_id(
        owned("stories", "story_id"),
        UniqueConstraint("public_id"),
        Index(None, "workspace_id", "story_id"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    story_id: Mapped[int] = mapped_column(RowId)
    public_id: Mapped[str]
    secret_hash: Mapped[str]
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]


class CorrectionRow(Base):
    """What a customer says a quote of theirs should be instead, until its author answers.

    `before` is the quote as it stood; while nobody has answered and `hide` is set, it is told nowhere.
    `outcome` is "taken" or "left" once settled.
    """

    __tablename__ = "corrections"
    __table_args__ = own_id(
        owned("interviews", "interview_id"),
        Index(
            "ix_corrections_open",
            "workspace_id",
            "interview_id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
        Index(None, "workspace_id", "interview_id"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    interview_id: Mapped[int] = mapped_column(RowId)
    before: Mapped[str]
    words: Mapped[str]
    hide: Mapped[bool] = mapped_column(default=False)
    said_at: Mapped[datetime]
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class AccountTeamRow(Base):
    """Somebody whom an author named as one of an account's team: they read what is kept to it."""

    __tablename__ = "account_teams"
    __table_args__ = (of_workspace(), Index(None, "workspace_id", "user_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    named_at: Mapped[datetime]


class CustomerColleagueRow(Base):
    """A customer who works here too, and who they are in Slack."""

    __tablename__ = "customer_colleagues"
    __table_args__ = (
        of_workspace(),
        owned("customers", "customer_id"),
        Index(None, "workspace_id", "user_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    user_id: Mapped[str]
    named_by: Mapped[str]
    named_at: Mapped[datetime]


class CustomerAbsenceRow(Base):
    """A channel that a customer who works here is not in, as Slack last said; no row while it has not."""

    __tablename__ = "customer_absences"
    __table_args__ = (
        of_workspace(),
        ForeignKeyConstraint(
            ["workspace_id", "customer_id"],
            ["customer_colleagues.workspace_id", "customer_colleagues.customer_id"],
            ondelete="CASCADE",
        ),
        Index(None, "workspace_id", "channel_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class PartRow(Base):
    """Somebody who lets one manager see how many conversations they wrote up; no row, and nobody sees it."""

    __tablename__ = "parts"
    __table_args__ = (of_workspace(), Index(None, "workspace_id", "manager_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    manager_id: Mapped[str]
    chosen_at: Mapped[datetime]
