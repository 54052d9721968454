"""The top three in the demo, with the voices that speak for each, and the accounts of whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.priorities import choosing
from bot.priorities.choosing import Choice
from bot.search_gleaning import glean
from bot.settings import Settings
from demo.company import SampleCompany
from demo.workspace import person_id
from storage import account_intake, interviews, priorities, stories, themes
from storage.account_intake import Listed
from storage.database import Database
from storage.priorities import NewPriority
from storage.tables_search import SearchTextRow
from storage.themes import NewTheme
from stories.accounts import worth_of
from stories.errors import UserError
from stories.nps.periods import Period
from stories.priorities.priority import Happening, Segment
from stories.search.texts import Kind

CHOSEN_BEFORE = timedelta(days=12)
"""How long ago they were chosen, unless the quarter is younger than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One of the three. `theme` is what its talks are filed under, `latest` what was said of it since."""

    theme: str
    called: str
    sentence: str
    owner: str
    done_means: str
    segment: Segment
    latest: str = ""


TOP_THREE = (
    Chosen(
        theme="no signal",
        called="Notes where there is no signal",
        sentence="The note has to be there at the top of the valley, bars or no bars.",
        owner="imran",
        done_means="A carer reads every note of the day on a phone without a signal.",
        segment=(("segment", "Home care"),),
        latest="Eleven carers have tried it for a week; two notes were missing.",
    ),
    Chosen(
        theme="first week",
        called="The first week",
        sentence="What somebody new meets before anything works for them.",
        owner="femi",
        done_means="Four of five new firms send their first invoice within a week, without ringing us.",
        segment=(),
        latest="Two of the last three did. Nobody rang about the logo.",
    ),
    Chosen(
        theme="getting paid",
        called="Paid without having to ask",
        sentence="Asking a neighbour for money is harder than mending the boiler.",
        owner="callum",
        done_means="Half of all trades’ invoices are paid before the van has left.",
        segment=(("segment", "Trades"),),
    ),
)
"""What the made-up company has chosen for the quarter."""

ACCOUNTS = {"greycote": ("18400", 75), "frith": ("348", 120)}
"""The visitor's accounts: what each brings a year in pounds, and in how many days it renews."""


async def tell_priorities(
    settings: Settings, database: Database, company: SampleCompany, workspace_id: str, *, morning: datetime
) -> None:
    """Choose them by the rules that hold for everybody. All of it is made up.

    Raises LookupError for one that too few conversations speak for.
    """
    quiet = settings.model_copy(update={"firsthand_search_encoder": "none"})
    await glean(Desk(quiet, database, _Then(morning), OneWorkspace(settings)), workspace_id)
    async with database.begin() as session:
        await _look_after(session, company, workspace_id, morning)
        quarter, _next = await choosing.quarters(session, workspace_id, morning)
        begun = datetime.combine(quarter.first, morning.timetz())
        chosen_at = max(morning - CHOSEN_BEFORE, begun)
        for one in TOP_THREE:
            await _choose(session, company, workspace_id, one, quarter, chosen_at, morning)


async def _choose(
    session: AsyncSession,
    company: SampleCompany,
    workspace_id: str,
    one: Chosen,
    quarter: Period,
    chosen_at: datetime,
    morning: datetime,
) -> None:
    theme_id = await _theme(session, company, workspace_id, one, chosen_at)
    owner = person_id(one.owner)
    choice = Choice(
        theme_id=theme_id, quarter=quarter, owner_id=owner, done_means=one.done_means, segment=one.segment
    )
    try:
        weighed = await choosing.weigh(session, workspace_id, choice, chosen_at)
    except UserError as error:
        raise LookupError(f"{one.called} cannot be one of the top three: {error.message}") from error
    new = NewPriority(
        theme_id=theme_id,
        quarter=quarter.first,
        last_day=quarter.last,
        owner_id=owner,
        done_means=one.done_means,
        segment=one.segment,
        start=weighed.start,
        chosen_by=person_id("joan"),
        chosen_on=weighed.today,
    )
    # Kept as it was then: channels heard of it on that day, not this morning.
    priority_id = await priorities.choose(session, workspace_id, new, now=chosen_at)
    if priority_id and one.latest:
        said_at = max(chosen_at, morning - timedelta(days=3))
        await priorities.tell(
            session, workspace_id, priority_id, Happening.PROGRESS, owner, one.latest, now=said_at
        )


async def _theme(
    session: AsyncSession, company: SampleCompany, workspace_id: str, one: Chosen, at: datetime
) -> int:
    """A theme with the customers' own words in the conversations that are filed under it."""
    texts: list[int] = []
    for told in company.interviews:
        if one.theme in told.themes:
            story_id = await interviews.stored_as(session, workspace_id, f"sample:{told.slug}")
            story = await stories.get(session, workspace_id, story_id) if story_id else None
            texts += await _quotes(session, workspace_id, story.interview.id) if story else []
    new = NewTheme(name=one.called, described=b"", text_ids=tuple(reversed(texts)))
    theme_id = await themes.add_proposal(session, workspace_id, "", new, now=at)
    by = person_id("joan")
    await themes.name(
        session, workspace_id, theme_id, called=one.called, sentence=one.sentence, described=b"", by=by
    )
    return theme_id


async def _quotes(session: AsyncSession, workspace_id: str, interview_id: int) -> list[int]:
    row = SearchTextRow
    own = (row.workspace_id == workspace_id, row.interview_id == interview_id, row.kind == Kind.QUOTE.value)
    return list((await session.execute(select(row.id).where(*own).order_by(row.id))).scalars())


async def _look_after(
    session: AsyncSession, company: SampleCompany, workspace_id: str, morning: datetime
) -> None:
    """The visitor looks after some accounts, as a list of them would say."""
    known = {one.key: one for one in company.customers}
    owner = person_id(company.morning.visitor)
    listed = [
        Listed(
            name=known[key].company,
            owner=owner,
            worth=worth_of(amount, "GBP"),
            renewal_on=morning.date() + timedelta(days=days),
            segment=known[key].segment,
        )
        for key, (amount, days) in ACCOUNTS.items()
    ]
    await account_intake.take_in(session, workspace_id, listed, now=morning - CHOSEN_BEFORE)


@dataclass(frozen=True, slots=True)
class _Then:
    moment: datetime

    def now(self) -> datetime:
        return self.moment
