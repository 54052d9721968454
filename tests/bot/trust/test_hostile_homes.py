"""Promises, accounts, Homes, filters and links of bad luck or bad will are shown, and never obeyed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.accounts.pushing import read_accounts
from bot.home_near import Around, TakingPart
from bot.messages import (
    account_list,
    endings,
    follow_up,
    follow_up_views,
    home,
    home_leading,
    renewals,
)
from bot.priorities.measured import Standing, Trend
from storage.channel_rolls import Near, NearProject
from storage.homes_own import HomeCustomer
from stories.accounts import Account, Worth
from stories.errors import UserError
from stories.links import https_link
from stories.nps.change import compare
from stories.nps.grammar import Vocabulary, parse, said_back
from stories.priorities.priority import Segment
from stories.story import Ending
from stories.talk_parts import Counted, Part
from tests.bot.home.test_home_blocks import COMMANDS, FULL, telling
from tests.bot.trust.hostile import (
    FEW,
    MANY,
    TODAY,
    check,
    name,
    naughty,
    priority,
    segment,
    task,
    words,
)


@naughty
def test_follow_ups_and_endings(typed: str) -> None:
    due = follow_up.Due(
        follow_up_id=1,
        what=name(typed, 200),
        about=name(typed, 120),
        promised=True,
    )
    check(follow_up.reminder(due, later=[(name(typed, 200), TODAY)]))
    check(follow_up.reminders([due, replace(due, done=True), replace(due, let_go=True)]))
    check(follow_up.came_of_it(who="U1", title=due.about, what=due.what, story_id=1, closing=due.what))
    for view in (
        follow_up_views.done_view, follow_up_views.move_view, follow_up_views.hand_view,
        follow_up_views.let_go_view, follow_up_views.ending_view,
    ):  # fmt: skip
        check(view(task(typed)), "modal")
    check(endings.to_tell(task(typed), endings.Draft(words=words(typed, 900)), knows="U2"))
    ending = Ending(follow_up_id=1, words=name(typed, 300), by="U1", on=TODAY)
    check(endings.heard([(telling(1), ending)]))


def account_of(typed: str) -> Account:
    return Account(
        id=1,
        name=name(typed, 80),
        owner_id="U1",
        worth=Worth(amount=Decimal(9), currency="EUR"),
        renewal_on=TODAY + timedelta(days=9),
        segment=name(typed, 40),
    )


@naughty
def test_accounts(typed: str) -> None:
    pushed = json.dumps({"accounts": [{"name": typed, "owner": typed, "segment": typed, "currency": typed}]})
    taken, refused = read_accounts(pushed.encode())
    assert len(taken) + len(refused) == 1
    account = account_of(typed)
    check(account_list.page([account], [account], [(account.name, account.segment)]))
    note = renewals.Renewal(
        account=account,
        today=TODAY,
        stories=(telling(1),),
        promises=(renewals.Promised(owner_id="U2", what=name(typed, 200), due_on=TODAY),),
        quiet=True,
        nps=MANY,
        asked=(renewals.Asked(customer_id=1, company=name(typed, 80)),),
    )
    check(renewals.note(note))


@naughty
def test_home_of_somebody_who_leads(typed: str) -> None:
    project = NearProject(
        id=1, channel_id="C1", name=name(typed, 80), goal=name(typed, 300), segment=name(typed, 40),
        avatar=name(typed, 40), emoji=name(typed, 40), owner_id="U1",
    )  # fmt: skip
    parts = Counted(parts=(Part(name=name(typed, 60), talks=9, colleagues=6),), others=3)
    around = Around(
        near=Near(projects=(project, replace(project, owner_id="U9"))),
        accounts=(account_of(typed),),
        taking_part=TakingPart(colleagues=2, talks=9),
        talks=parts,
    )
    trend = Trend(segment=segment(typed), months=(MANY,) * 6, latest=MANY, change=compare(FEW, MANY))
    met = HomeCustomer(
        customer_id=1, name=name(typed, 80), company=name(typed, 80), talked_on=TODAY, promises=2
    )
    seen = replace(
        FULL,
        customers=(met,) * 5,
        standing=(Standing(priority=priority(typed), since=MANY),) * 3,
        trends=(trend,) * 3,
        voices=(telling(50), telling(51)),
        follows=True,
        by_channels=True,
        around=around,
    )
    view = home.home_view(seen, COMMANDS)
    check(view, "home")
    assert len(view["blocks"]) <= 80
    check(home_leading.follow_view([segment(typed), *seen_twice(typed)], [segment(typed)]), "modal")


def seen_twice(typed: str) -> list[Segment]:
    return [(("plan", f"{name(typed, 60)} {number}"),) for number in range(3)]


@naughty
def test_filters_and_links(typed: str) -> None:
    known = Vocabulary({name(typed, 40): (name(typed, 40), "Pro")}, (name(typed, 40),))
    question = parse(typed[:500], known, TODAY)
    if question.understood:
        assert parse(said_back(question, known, TODAY), known, TODAY) == question
    for link in (typed, f"https://example.com/{typed}", f"https://{typed}"):
        try:
            kept = https_link(link, field="link")
        except UserError:
            continue
        assert not set(kept) & set("<>|\n\"'` ")
        check({"text": "-", "blocks": [{"type": "section", "text": mrkdwn(follow_up.linked(kept))}]})


def mrkdwn(lines: list[str]) -> dict[str, str]:
    # A link that was let through may be shown as one; nothing else in it may be a mark.
    told = "\n".join(lines) or "-"
    return {"type": "mrkdwn", "text": told.replace("<https://", "").replace("|", "").replace(">", "")}
