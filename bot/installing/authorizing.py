"""Whose token answers a request from Slack."""

from __future__ import annotations

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext

from bot.connections import NotConnected
from bot.installing.installed import Installed


class Authorize(AsyncAuthorize):
    """Bolt's question, answered from our connections: a request costs no call to Slack.

    Bolt's own asks Slack who the token is at every request, and renews tokens in each process by itself,
    where a refresh token works once.
    """

    def __init__(self, installed: Installed) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        self._installed = installed

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,  # noqa: ARG002 the interface names it
        actor_team_id: str | None = None,  # noqa: ARG002 the interface names it
        actor_user_id: str | None = None,  # noqa: ARG002 the interface names it
    ) -> AuthorizeResult | None:
        """The bot of the workspace that the request is from; None where the app is not installed."""
        if team_id is None:
            return None
        try:
            bot = await self._installed.bot(team_id)
        except NotConnected:
            # An organisation may have let the bot into one more workspace, and we missed the event.
            if not (enterprise_id and context.is_enterprise_install):
                return None
            if team_id not in await self._installed.of_organisation(enterprise_id):
                return None
            bot = await self._installed.bot(team_id)
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id,
            team_id=team_id,
            bot_id=bot.bot_id,
            bot_user_id=bot.bot_user_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
            user_id=user_id,
        )
