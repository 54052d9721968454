"""A season of the series woven from real talks: is every sentence sourced, and do episodes repeat each other?

Eight talks are imported one by one on the days after they were held, and it is looked every four weeks
whether there is an episode (`tests.real.a_season`).

    faults      sentences that the checker finds nothing behind (of all sentences that were woven)
    forged      of the same sentences with one word more that their source does not have, those it refuses
    repeated    of an episode's runs of four words, the share that stands in another episode, too: everything
                it says, and our own words alone; beside the same season told with the first form each time
    coverage    the talks that an episode tells of, and the customers' sentences that stand in one
    draft       gathering, reading the season so far, weaving, in processor time

`--out FOLDER` writes each episode and the write-up it was made from, for readers who compare the two. The
talks are not part of the project: FIRSTHAND_DATA, or ../shared/data beside it.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from benchmarks.reporting import conclude, milliseconds, say
from storage import series, series_gathering
from storage.migrating import migrate
from stories.series.checking import fault
from stories.series.episodes import Episode, Part
from stories.series.material import Talk
from stories.series.sameness import repeated, text_of
from stories.series.sources import Kind, Ref
from tests.conftest import WORKSPACE
from tests.real.a_season import Lived, Told, live

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FIRSTHAND_DATA", ROOT.parent / "shared" / "data")) / "interviews" / "otel"
FORGED = ("not", "never", "furious", "switched", "42", "Berlin")
"""Words that no source of these has to have."""


@dataclass(frozen=True, slots=True)
class Season:
    """A season that was told, and the conversations it was made from."""

    lived: Lived
    talks: tuple[Talk, ...]


async def season(folder: Path, *, plainest: bool) -> Season:
    """Live through the season in a database of its own."""
    file = folder / f"{'plain' if plainest else 'woven'}.sqlite3"
    migrate(f"sqlite:///{file}")
    lived = await live(DATA, f"sqlite:///{file}", plainest=plainest)
    async with lived.database.read() as session:
        running = await series.season(session, WORKSPACE, lived.season_id, lived.clock.now())
        assert running is not None
        there = await series_gathering.material(session, WORKSPACE, running, lived.clock.now())
    await lived.database.close()
    return Season(lived, there.talks)


def forged(told: Told) -> Iterator[bool]:
    """For each sentence with a source and each word that is not in it: is the forgery refused?"""
    for one in told.episode.sentences():
        line = told.lines.get(one.source) if isinstance(one.source, Ref) else None
        if line is None:
            continue
        for word in FORGED:
            if word.casefold() not in line.text.casefold() and word not in map(str, line.numbers):
                said = replace(one, text=f"{one.text} {word}")
                yield fault(said, told.lines) is not None


def shares(told: list[Told], *, spoken: bool) -> list[float]:
    """The share of each episode's phrases that stand in another one."""
    return list(repeated([text_of(one.episode, spoken=spoken) for one in told]))


def as_page(episode: Episode) -> str:
    """An episode as a reader meets it, in Markdown."""
    lines = [f"# {episode.title.text}"]
    for passage in episode.passages:
        begins = passage.part is Part.PREVIOUSLY and episode.number > 1
        name = "*Previously…*\n\n" if begins else ""
        said = [f"> {one.text}\n" if one.spoken else one.text for one in passage.sentences]
        lines.append(name + "\n\n".join(said))
    return "\n\n".join(lines) + "\n"


def as_notes(talk: Talk) -> str:
    """The write-up of the conversation, as colleagues could read it without the series."""
    quotes = "\n".join(f"- “{one.text}”" for one in talk.words)
    parts = (f"# {talk.title}", f"{talk.called}, {talk.day.isoformat()}", f"**Trying to:** {talk.trying_to}")
    more = (
        f"**What happened:** {talk.happened}",
        f"**What it means:** {talk.meaning}" if talk.meaning else "",
    )
    return "\n\n".join(part for part in (*parts, *more, f"**Quotes:**\n\n{quotes}") if part) + "\n"


def scene_of(told: Told, talks: tuple[Talk, ...]) -> Talk:
    """The conversation that an episode is about."""
    by_quote = {words.ref: talk for talk in talks for words in talk.words}
    return next(by_quote[one.source] for one in told.episode.passage(Part.SCENE) if one.source in by_quote)


def write(woven: Season, folder: Path) -> None:
    """Each episode beside the write-up it was made from."""
    folder.mkdir(parents=True, exist_ok=True)
    for told in woven.lived.told:
        number = told.episode.number
        (folder / f"episode_{number}.md").write_text(as_page(told.episode), "utf-8")
        (folder / f"notes_{number}.md").write_text(as_notes(scene_of(told, woven.talks)), "utf-8")


def figures(woven: Season, plain: Season) -> dict[str, object]:
    """Everything that is reported."""
    told = woven.lived.told
    sentences = [one for each in told for one in each.episode.sentences()]
    spoken = {
        one.source for one in sentences if isinstance(one.source, Ref) and one.source.kind is Kind.QUOTE
    }
    refused = [one for each in told for one in forged(each)]
    scenes = {scene_of(each, woven.talks).interview_id for each in told}
    quotes = [words for talk in woven.talks for words in talk.words]
    return {
        "episodes": len(told),
        "looks_without": len(woven.lived.quiet),
        "sentences": len(sentences),
        "faults": sum(len(one.wrong) for one in told),
        "forged": len(refused),
        "forged_refused": sum(refused),
        "repeated": round(statistics.mean(shares(told, spoken=True)), 3),
        "repeated_plain": round(statistics.mean(shares(plain.lived.told, spoken=True)), 3),
        "repeated_ours": round(statistics.mean(shares(told, spoken=False)), 3),
        "repeated_ours_plain": round(statistics.mean(shares(plain.lived.told, spoken=False)), 3),
        "talks_told": len(scenes) / len(woven.talks),
        "quotes_told": round(sum(one.ref in spoken for one in quotes) / len(quotes), 2),
        "draft": milliseconds([one.seconds for one in told]),
    }


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="Write episodes and write-ups to this folder.")
def main(out: Path | None) -> None:
    """Tell the season twice, and say what came of it."""
    if not DATA.is_dir():
        say(f"NO REAL INTERVIEWS at {DATA}: set FIRSTHAND_DATA to the folder that has them")
        conclude({"skipped": True})
        return
    with tempfile.TemporaryDirectory() as folder:
        woven = asyncio.run(season(Path(folder), plainest=False))
        plain = asyncio.run(season(Path(folder), plainest=True))
    found = figures(woven, plain)
    for name, figure in found.items():
        say(f"{name:>22}  {figure}")
    if out is not None:
        write(woven, out)
    conclude(found)


if __name__ == "__main__":
    main()
