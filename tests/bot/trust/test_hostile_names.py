"""Rules, themes and the top three named with bad luck or bad will are shown, and never obeyed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.messages import (
    priorities,
    priorities_candidates,
    priorities_posts,
    routing,
    routing_fields,
    routing_views,
    themes,
)
from bot.messages.priorities_stakes import candidates_worth, learned, stake
from bot.nps.worth import Worth as Weighed
from bot.priorities.measured import Standing
from bot.priorities.stakes import Brought, Stake, Stakes
from bot.routing.finding import Found
from bot.routing.showing import Shown
from bot.search_seeing import Result
from bot.theme_voices import Voice as Words
from bot.themes import ThemeSeen
from storage.routes import Item, Route
from storage.themes import Theme
from stories.errors import UserError
from stories.nps.worth import Association
from stories.priorities.evidence import Voice, candidate, ranked
from stories.priorities.stakes import Estimated
from stories.routing.grammar import Known
from stories.routing.grammar import parse as parse_rule
from stories.routing.rule import Rule, as_kept
from stories.routing.saying import said
from tests.bot.home.test_home_blocks import telling
from tests.bot.priorities.test_words import QUARTER
from tests.bot.trust.hostile import (
    MANY,
    TODAY,
    check,
    comment,
    name,
    naughty,
    priority,
    segment,
    words,
)
from tests.conftest import NOW


@naughty
def test_rules_and_what_they_bring(typed: str) -> None:
    one = name(typed, 60)
    rule = Rule(segments=segment(typed), theme=one, words=(one[:20],))
    shown = Shown(comment=comment(typed), score=3)
    part = routing.Part(rule=said(rule), more=2, shown=(shown, Shown(telling=telling(1))))
    check(routing.post([part], "/firsthand route"))
    route = Route(
        id=1, workspace_id="T1", channel_id="C1", rule=as_kept(rule), seen_text=0, asked_by="U1",
        asked_at=NOW, next_at=NOW,
    )  # fmt: skip
    check(routing_views.list_view("C1", [route], command="/firsthand route"), "modal")
    check(routing_views.sentence_view("C1", None, words(typed, 500), trouble=one), "modal")
    found = Found(items=((Item(part=0, story_id=1), shown),))
    check(routing_views.preview_view("C1", 1, rule, found), "modal")
    check(routing_fields.fields_view("C1", 1, rule), "modal")
    try:
        read = parse_rule(typed, Known(properties={one: (one,)}, kinds=(one,), themes=(one,)))
    except UserError:
        return
    check(routing_views.sentence_view("C1", None, said(read.rule)[:500]), "modal")


@naughty
def test_the_top_three_their_candidates_and_themes(typed: str) -> None:
    standing = Standing(priority=priority(typed), since=MANY)
    check(priorities.window([standing], [priority(typed)], QUARTER, viewer="U1", editor=True), "modal")
    check(priorities.log_window([(standing.priority, standing.priority.latest)] * 3), "modal")  # type: ignore[list-item]  # it has one
    voice = Words(text_id=1, words=words(typed, 500), of=Result(comment=comment(typed)))
    check(priorities_posts.announcement(standing.priority, [voice], "/stories top"))
    check(priorities_posts.question(standing, "/stories top"))
    for view in (priorities_posts.tell_view, priorities_posts.end_view, priorities_posts.drop_view):
        check(view(standing.priority), "modal")
    theme = Theme(
        id=1, name=name(typed, 60), sentence=name(typed, 200), state="kept", encoder="", described=b"",
        texts=3, central=(1,),
    )  # fmt: skip
    check(themes.window([ThemeSeen(theme=theme, voices=(voice,))], editor=True), "modal")
    check(themes.naming(theme), "modal")
    check(themes.voices_window(theme, [voice], [theme, replace(theme, id=2)]), "modal")


@naughty
def test_candidates_and_what_they_are_worth(typed: str) -> None:
    voice = Words(text_id=1, words=words(typed, 500), of=Result(comment=comment(typed)))
    kinds = (name(typed, 40),)
    some = ranked(
        [candidate(1, name(typed, 60), [Voice(speaker=n, score=1, segments=kinds) for n in range(9)], 60, 3)]
    )
    link = Association(
        lag=1, r=0.8, low=0.6, high=0.9, p_value=0.001, slope=9.0, by_lag=(0.8,), periods=40, segments=None
    )
    weighed = Weighed(figure=name(typed, 40), found=link, months=(), scores=(), amounts=())
    brought = Brought(segment=kinds[0], month=TODAY, amount=5.0)
    amount = Estimated(value=9.0, error=1.0)
    stakes = Stakes(
        learned=(weighed,),
        points={1: amount},
        of={1: (Stake(figure=weighed.figure, amount=amount, brought=brought),)},
    )
    spoken = priorities_candidates.Spoken(
        candidate=some[0],
        voices=(voice,),
        worth={"EUR": Decimal(5)},
        stakes=tuple(stake(stakes, some[0])),
    )
    check(
        priorities_candidates.candidates_view(
            [spoken], 60, QUARTER, editor=True, command="/stories", learned=learned(stakes)
        ),
        "modal",
    )
    check({"text": "-", "blocks": candidates_worth(stakes, some)})
