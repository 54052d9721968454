"""The mapped classes of who is in the channels that hear something, which App Home goes by."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base, of_workspace


class ChannelRollRow(Base):
    """When Slack was last asked who is in a channel, and how many there are.

    `members` is 0 where Slack does not tell, or where there are too many to say anything of one of them.
    """

    __tablename__ = "channel_rolls"
    __table_args__ = (of_workspace(), Index(None, "workspace_id", "read_at"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    read_at: Mapped[datetime]
    members: Mapped[int]


class ChannelMemberRow(Base):
    """Somebody who is in a channel that hears something."""

    __tablename__ = "channel_members"
    __table_args__ = (of_workspace(), Index(None, "workspace_id", "user_id"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
