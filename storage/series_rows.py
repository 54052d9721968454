"""Episodes and sentences between their rows and their values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from storage.tables_series import EpisodeRow, SentenceRow
from stories.series.episodes import Episode, EpisodeState, Format, Part, Passage, Sentence, Shape
from stories.series.sources import Kind, Ref, Signed, ends_of, parse

TITLE = "title"
"""The part of an episode's first sentence."""

SIGNED = "signed"
"""What stands as the source of an editor's words."""


def sentence_columns(one: Sentence) -> dict[str, Any]:
    """A sentence as its row's columns: with it go the rows of whoever and whatever it rests on."""
    columns: dict[str, Any] = {
        "source": SIGNED if one.signed_by is not None else str(one.source),
        "signed_by": one.signed_by,
        "form": one.form,
        "text": "" if one.spoken or one.signed_by is not None else one.text,
        "signed_words": one.text if one.signed_by is not None else "",
        "customer_id": one.customer_id,
        "interview_id": None,
        "before_id": None,
        "quote_id": None,
        "follow_up_id": None,
        "answer_source": None,
        "answer_key": None,
    }
    if isinstance(one.source, Ref):
        ends = ends_of(one.source)
        columns |= _points_at(one.source if ends is None else ends[1])
        columns |= {} if ends is None else _points_at_before(ends[0])
    return columns


def kept(row: EpisodeRow, sentences: Sequence[SentenceRow], carries: Sequence[int]) -> Episode:
    """An episode as it was kept; a sentence that went with its source is missing, and counted as gone."""
    said = [(one.part, _sentence(one)) for one in sentences]
    title = next((one for part, one in said if part == TITLE), Sentence(text="", source=Signed("")))
    passages = groupby(((part, one) for part, one in said if part != TITLE), key=lambda each: each[0])
    about = [one.customer_id for _part, one in said if one.customer_id is not None]
    return Episode(
        id=row.id,
        season_id=row.season_id,
        number=row.number,
        title=title,
        passages=tuple(
            Passage(part=Part(part), sentences=tuple(one for _part, one in those)) for part, those in passages
        ),
        shape=Shape(format=Format(row.format), quotes=row.quotes),
        customer_id=about[0] if about else None,
        next_on=row.next_on,
        state=EpisodeState(row.state),
        published_at=row.published_at,
        carries=tuple(carries),
        gone=row.sentences - len(said),
    )


def _sentence(row: SentenceRow) -> Sentence:
    return Sentence(
        id=row.id,
        text=row.text if row.signed_by is None else row.signed_words,
        source=Signed(row.signed_by) if row.signed_by is not None else _source(row.source),
        customer_id=row.customer_id,
        form=row.form,
    )


def _source(said: str) -> Ref:
    ref = parse(said)
    if ref is None:
        raise ValueError(f"{said!r} names no source")
    return ref


def _points_at(ref: Ref) -> dict[str, Any]:
    if ref.kind is Kind.TALK:
        return {"interview_id": ref.number}
    if ref.kind is Kind.QUOTE:
        return {"quote_id": ref.number}
    if ref.kind is Kind.PROMISE:
        return {"follow_up_id": ref.number}
    if ref.kind is Kind.ANSWER:
        source, _colon, key = ref.key.partition(":")
        return {"answer_source": int(source), "answer_key": key}
    return {}


def _points_at_before(ref: Ref) -> dict[str, Any]:
    """An earlier answer than the one pointed at already is read where it stands, and missed when gone."""
    return {"before_id": ref.number} if ref.kind is Kind.TALK else {}
