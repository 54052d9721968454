"""An episode as it may be read now: each sentence asked again what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from stories.series.checking import fault
from stories.series.episodes import Episode, Passage, Sentence
from stories.series.sources import Line, Ref, Signed
from stories.series.voices import Voice

_LEAD_IN = (":", "：")


def readable(
    episode: Episode,
    lines: Mapping[Ref, Line],
    voices: Mapping[int, Voice],
    carries: tuple[int, ...] = (),
    absent: Sequence[Callable[[str], str]] = (),
) -> Episode:
    """What may be read of an episode that was kept: a sentence whose source is gone is left out, and counted.

    A customer's own words are put in as they may be told. A name that may not be told any more becomes the
    alias. A lead-in goes with the words it leads to. `carries` are the photos and voices that may be shown.
    `absent` take the names of those who left out of what editors signed. When whom it is about has left,
    nothing is left of it but its number.
    """
    shown = {
        id(one): now for one in episode.sentences() if (now := _now(one, episode, lines, voices, absent))
    }
    passages = tuple(
        Passage(part=passage.part, sentences=kept)
        for passage in episode.passages
        if (kept := tuple(_with_leads(passage.sentences, shown)))
    )
    before = sum(1 for _each in episode.sentences())
    there = episode.customer_id in voices and any(
        one.customer_id == episode.customer_id for passage in passages for one in passage.sentences
    )
    if not there:
        nothing = replace(episode.title, text="")
        gone = episode.gone + before
        return replace(episode, title=nothing, passages=(), customer_id=None, who="", carries=(), gone=gone)
    title = shown.get(id(episode.title), replace(episode.title, text=""))
    left = sum(len(passage.sentences) for passage in passages) + bool(title.text)
    return replace(
        episode,
        title=title,
        passages=passages,
        who=voices[episode.customer_id].who if episode.customer_id is not None else "",
        carries=carries,
        gone=episode.gone + before - left,
    )


def _now(
    one: Sentence,
    episode: Episode,
    lines: Mapping[Ref, Line],
    voices: Mapping[int, Voice],
    absent: Sequence[Callable[[str], str]],
) -> Sentence | None:
    if one.customer_id is not None and one.customer_id not in voices:
        return None
    if isinstance(one.source, Signed):
        for hide in absent:
            one = replace(one, text=hide(one.text))
        return _hidden(one, voices)
    line = lines.get(one.source)
    if line is None:
        return None
    said = replace(one, text=line.text) if one.spoken else _hidden(one, voices)
    also = () if episode.next_on is None else (episode.next_on,)
    return said if fault(said, lines, also=also) is None else None


def _hidden(one: Sentence, voices: Mapping[int, Voice]) -> Sentence:
    for voice in voices.values():
        one = replace(one, text=voice.hide(one.text))
    return one


def _with_leads(sentences: tuple[Sentence, ...], shown: Mapping[int, Sentence]) -> Iterator[Sentence]:
    """The sentences that are left; one that leads to words which are gone goes with them."""
    for place, one in enumerate(sentences):
        if id(one) not in shown:
            continue
        leads = not one.spoken and one.text.rstrip().endswith(_LEAD_IN)
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        if leads and following is not None and following.spoken and id(following) not in shown:
            continue
        yield shown[id(one)]
