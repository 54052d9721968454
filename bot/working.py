"""What the bot does unasked: the outbox, the schedule, and what it looks at by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from bot import home_following, schedule, telling_languages
from bot.accounts.renewals import look as look_at_renewals
from bot.attention_rounds import decide_waiting
from bot.avatars.following_comments import follow_turned
from bot.avatars.milestone_rounds import look_back
from bot.avatars.pinning import keep_pinned
from bot.avatars.reminding import remember
from bot.avatars.wanted_reminding import remind_of_talks
from bot.channel_rolls import keep_rolls
from bot.delivery import worker as outbox
from bot.delivery.asking import consent_asked, refusal_followed
from bot.desk import Desk
from bot.endings.spreading import spread
from bot.erasing.rounds import Rounds
from bot.feeds.ticking import reading_feeds
from bot.installing.leaving import keep_house
from bot.looping import in_each
from bot.moderation import publish_due
from bot.momentum.rounds import look as look_for_thanks
from bot.nps.sources.ticking import pulling
from bot.nps.watching import watch
from bot.nps.worth_watching import recheck
from bot.priorities.rounds import look as look_at_priorities
from bot.recalling import catch_up_everywhere
from bot.reminders import remind
from bot.rota.rounds import keep_rota
from bot.routing.following import follow_turned_routes
from bot.routing.planning import route_due
from bot.search_gleaning import gleaning
from bot.seldom import Seldom
from bot.series.rounds import look as look_at_series
from bot.stage.remember_rounds import look as look_at_days
from bot.stage.rounds import keep_stage

SCHEDULE = "the schedule"
SCHEDULE_SECONDS = 1800.0
"""How long the schedule may take to come round: 100,000 channels due at once take minutes."""

UNASKED: tuple[Callable[[Desk, str], Awaitable[object]], ...] = (
    remind,
    spread,
    look_at_renewals,
    remind_of_talks,
    watch,
    look_at_series,
    recheck,
    look_at_priorities,
    look_for_thanks,
    look_at_days,
    decide_waiting,
)
"""What is done unasked in every workspace, in this order: at the end it is decided what there is room for."""


@asynccontextmanager
async def working(desk: Desk) -> AsyncIterator[None]:
    """The outbox, the schedule, and what is looked at by itself."""
    async with AsyncExitStack() as stack:
        asking, following = consent_asked(desk), refusal_followed(desk)
        await stack.enter_async_context(outbox.draining(desk, asking, following))
        desk.health.expect(SCHEDULE, SCHEDULE_SECONDS, vital=False)
        also = (
            partial(remember, desk),
            partial(follow_turned, desk),
            partial(follow_turned_routes, desk),
            partial(route_due, desk),
            partial(look_back, desk),
            partial(keep_pinned, desk),
            partial(keep_rota, desk),
            partial(keep_stage, desk),
            Seldom(desk, keep_rolls).look,
            Seldom(desk, telling_languages.tell).look,
            in_each(desk.connections.workspaces, *(partial(look, desk) for look in UNASKED)),
            partial(publish_due, desk),
            partial(catch_up_everywhere, desk),
            partial(keep_house, desk),
            Rounds(desk).look,
        )
        well = partial(desk.health.beat, SCHEDULE)
        await stack.enter_async_context(schedule.ticking(desk, *also, well=well))
        await stack.enter_async_context(home_following.following(desk))
        await stack.enter_async_context(gleaning(desk))
        await stack.enter_async_context(pulling(desk))
        await stack.enter_async_context(reading_feeds(desk))
        yield
