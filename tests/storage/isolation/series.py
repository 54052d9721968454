"""What functions about the series are called with, and what its rows hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from stories.series.episodes import AT_FIRST, Episode, Part, Passage, Sentence
from stories.series.material import Trend
from stories.series.seasons import Followed, Season, SeasonState
from stories.series.sources import Kind, Ref, quote, talk
from stories.series.voices import Voice
from tests.conftest import NOW

CHOSEN: dict[str, Any] = {
    "series_seasons.state": lambda _, number: ("running", "ended")[number],
    "series_seasons.format": "whole",
    "series_seasons.opened_at": NOW - timedelta(days=300),
    "series_episodes.state": lambda _, number: ("draft", "published")[number],
    "series_episodes.format": "whole",
    "series_sentences.part": lambda _, number: ("title", "scene")[number],
    "series_sentences.source": lambda side, number: (
        str(talk(side.ids["interviews"][0], "title")),
        str(quote(side.ids["quotes"][1])),
    )[number],
    "series_sentences.form": lambda _, number: ("title_thought.1", "")[number],
    "series_sentences.signed_by": None,
    "series_sentences.answer_source": None,
    "series_sentences.answer_key": None,
    "series_episodes.published_at": lambda _, number: (None, NOW - timedelta(days=10))[number],
    "series_media.kind": "photo",
    "series_posts.format": "whole",
    "series_clicks.kind": "loved",
    "series_questions.state": lambda _, number: ("offered", "chosen")[number],
    "series_feeds.due_at": NOW,
}
"""What a column holds in every row of both workspaces, where its type does not say."""


def season(side: Any) -> Season:
    """A season of this workspace, with a customer who agreed."""
    customer = Followed(
        customer_id=side.ids["customers"][0], who="Same Name", segment="", added_at=NOW, agreed=True
    )
    return Season(
        id=side.ids["series_seasons"][0],
        number=1,
        title="Same Name",
        state=SeasonState.RUNNING,
        begins_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        every_days=14,
        next_on=None,
        shape=AT_FIRST,
        opened_at=NOW - timedelta(days=300),
        opened_by="U1",
        followed=(customer, replace(customer, customer_id=side.ids["customers"][1], agreed=False)),
    )


def episode(side: Any) -> Episode:
    """An episode of this workspace's first season."""
    customer = side.ids["customers"][0]
    title = Sentence(
        text="x", source=talk(side.ids["interviews"][0], "title"), customer_id=customer, form="a"
    )
    said = Sentence(text="x", source=quote(side.ids["quotes"][0]), customer_id=customer)
    return Episode(
        season_id=side.ids["series_seasons"][0],
        number=3,
        title=title,
        passages=(Passage(part=Part.SCENE, sentences=(said,)),),
    )


def voices(side: Any) -> dict[int, Voice]:
    """The customers of this workspace as they may be told of."""
    safe = {side.ids["interviews"][0]: str}
    voice = Voice(customer_id=0, who="Same Name", named=True, segment="", talks=(), safe=safe)
    return {one: replace(voice, customer_id=one) for one in side.ids["customers"]}


def refs(side: Any) -> frozenset[Ref]:
    """What sentences of this workspace rest on, of the kinds that are looked up by their number."""
    found = {Kind.TREND: "series_trends", Kind.HEADLINE: "series_headlines", Kind.PLAN: "rota_talks"}
    return frozenset(Ref(kind, str(side.ids[table][0])) for kind, table in found.items())


GIVEN: dict[str, Any] = {
    "series_answers.answers.told": voices,
    "series_around.asked.told": voices,
    "series_around.planned.told": voices,
    "series_voices.promised.told": voices,
    "series_gathering.gathered.told": refs,
    "refs": refs,
    "series_around.keep_trends.found": lambda _: [
        Trend(
            ref=Ref(Kind.TREND, "0"),
            segment="x",
            theme="y",
            before=5,
            after=9,
            days=90,
            day=NOW.date(),
            people=5,
        )
    ],
    "series_follows.follow.place": lambda _: "C9",
    "series_posts.record.post.place": lambda _: "C9",
    "series_posts.clicked.user_id": lambda _: "U9",
    "series_episodes.publish.episode_id": lambda side: side.ids["series_episodes"][0],
    "series_reading.readable.episode_id": lambda side: side.ids["series_episodes"][1],
    "series_media.carried_in.media_id": lambda side: side.ids["series_media"][0],
}
"""Parameters that name and type do not tell."""

KINDS: dict[Any, Any] = {Season: season, Episode: episode}
"""Values that are made whole."""
