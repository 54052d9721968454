"""The tables of installations: slack_sdk's own with their secrets encrypted, and who is connected by them.

What slack_sdk keeps belongs to an installation, which may be a whole organisation's: its three tables are
the only ones without an owner. `connections` ties a workspace to the installation that speaks for it.
"""

from datetime import datetime

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import Column, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import EncryptedText, UtcDateTime
from storage.tables import Base, of_workspace

SECRETS = frozenset(
    {
        "bot_token",
        "bot_refresh_token",
        "user_token",
        "user_refresh_token",
        "incoming_webhook_url",
        "incoming_webhook_configuration_url",
    }
)
"""The columns of slack_sdk's tables that are secret at rest."""


def _with_secrets(table: Table) -> Table:
    for name in SECRETS & set(table.c.keys()):
        table.c[name].type = EncryptedText()
    return table


BOTS = _with_secrets(SQLAlchemyInstallationStore.build_bots_table(Base.metadata, "slack_bots"))
"""The bot of each installation and its token. `rotating_until` is until when one process rotates it alone."""
BOTS.append_column(Column("rotating_until", UtcDateTime()))

INSTALLATIONS = _with_secrets(
    SQLAlchemyInstallationStore.build_installations_table(Base.metadata, "slack_installations")
)
"""Who installed, when, with which scopes."""

STATES = SQLAlchemyOAuthStateStore.build_oauth_states_table(Base.metadata, "slack_oauth_states")
"""Installations that somebody has begun: each state works once."""


class ConnectionRow(Base):
    """A workspace that was connected over OAuth, and the installation that speaks for it.

    `org_wide` is true where that is the organisation's. `lost_at` is since when Slack refuses the token;
    `ended_at` when the bot was removed, and `delete_on` when what it kept there is deleted.
    """

    __tablename__ = "connections"
    __table_args__ = (of_workspace(), Index(None, "enterprise_id"), Index(None, "delete_on"))
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str | None]
    org_wide: Mapped[bool]
    connected_at: Mapped[datetime]
    lost_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    delete_on: Mapped[datetime | None]
    scopes_told: Mapped[str] = mapped_column(default="")
