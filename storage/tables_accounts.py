"""The mapped classes of accounts: whose they are, what they are worth, when they renew, whose customers."""

from datetime import date, datetime

from sqlalchemy import Date, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, RowId
from storage.tables import Base, of_workspace, own_id, owned


class AccountRow(Base):
    """A company that buys from us. `key` tells it apart, `folded` is its name without the legal form.

    `owner_id` is the colleague who looks after it; until they are found, `owner_said` is how a list named
    them (an e-mail address). `worth` is what it brings ("1200.50 EUR"), secret at rest. `noted_for` is the
    renewal that its owner was told of, `asked_at` when Slack was asked who the owner is.
    """

    __tablename__ = "accounts"
    __table_args__ = own_id(
        UniqueConstraint("workspace_id", "key"),
        Index(None, "workspace_id", "folded"),
        Index(None, "workspace_id", "owner_id"),
        Index(None, "workspace_id", "renewal_on"),
        Index(
            "ix_accounts_unknown_owner",
            "workspace_id",
            sqlite_where=text("owner_said <> '' AND asked_at IS NULL"),
            postgresql_where=text("owner_said <> '' AND asked_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    workspace_id: Mapped[str]
    name: Mapped[str]
    key: Mapped[str]
    folded: Mapped[str]
    owner_id: Mapped[str | None]
    owner_said: Mapped[str] = mapped_column(default="")
    worth: Mapped[str | None] = mapped_column(EncryptedText())
    renewal_on: Mapped[date | None] = mapped_column(Date)
    segment: Mapped[str] = mapped_column(default="")
    noted_for: Mapped[date | None] = mapped_column(Date)
    asked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class AccountCustomerRow(Base):
    """What an account's owner said of a customer whose company leaves it open: theirs, or not."""

    __tablename__ = "account_customers"
    __table_args__ = (
        of_workspace(),
        owned("accounts", "account_id"),
        owned("customers", "customer_id"),
        Index(None, "workspace_id", "account_id"),
    )
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    account_id: Mapped[int] = mapped_column(RowId, primary_key=True)
    belongs: Mapped[bool]
    said_by: Mapped[str]
    said_at: Mapped[datetime]
