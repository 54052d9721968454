"""What is held of workspaces themselves and of who installed the bot."""

from storage.holdings.registry import Holding

_BOT = ("client_id", "app_id", "enterprise_id", "enterprise_name", "team_name", "bot_id", "bot_scopes")

HOLDINGS = (
    Holding(
        table="workspaces",
        names=("installed_by",),
        plain=("name",),
        owner="id",
    ),
    Holding(table="connections", plain=("enterprise_id", "scopes_told")),
    Holding(
        table="slack_bots",
        plain=(*_BOT, "bot_user_id"),
        secret=("bot_token", "bot_refresh_token"),
        owner="team_id",
    ),
    Holding(
        table="slack_installations",
        names=("user_id",),
        plain=(
            *_BOT,
            "bot_user_id",
            "enterprise_url",
            "user_scopes",
            "incoming_webhook_channel",
            "incoming_webhook_channel_id",
            "token_type",
        ),
        secret=(
            "bot_token",
            "bot_refresh_token",
            "user_token",
            "user_refresh_token",
            "incoming_webhook_url",
            "incoming_webhook_configuration_url",
        ),
        owner="team_id",
    ),
    Holding(table="slack_oauth_states", plain=("state",), owner="state"),
)
"""One line a table."""
