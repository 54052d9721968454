"""Searching on the centre: by a person, on a screen, by a link; nobody is named where nobody is to be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import httpx
from sqlalchemy import text

from bot.search_gleaning import glean
from storage import customer_colleagues, moderation, nps_answers, nps_sources
from storage.nps_answers import Answer
from stories.text import clean, one_line
from tests.bot.centre.conftest import Hall, read
from tests.bot.stories.conftest import BAKER
from tests.bot.stories.test_hostile_searching import HOSTILE
from tests.conftest import NOW, WORKSPACE

IDA = replace(
    BAKER,
    name="Ida Ek",
    alias="a florist",
    company="Ek Flowers",
    segment="enterprise",
    sharing="with_name",
    title="Tulips that nobody ordered",
    happened="Ida came by about the tulips.",
    quotes=("The tulips came twice.",),
    themes=("deliveries",),
)


async def comments(hall: Hall, *said: str, score: int = 9, back: int = 3) -> None:
    """Comments with this score, so many days ago, of a source that may speak; the worker was there."""
    at = hall.desk.now() - timedelta(days=back)
    told = [Answer(key=one, score=score, at=at, comment=one, properties={"plan": "Pro"}) for one in said]
    async with hall.desk.begin() as session:
        source = await nps_sources.ensure(session, WORKSPACE, kind="file", name="Survey", now=NOW)
        await nps_sources.share_verbatims(session, WORKSPACE, source, shared=True)
        await nps_answers.take_in(session, WORKSPACE, source, told)
    await glean(hall.desk, WORKSPACE)


async def search(hall: Hall, query: str) -> str:
    """What somebody reads who opens this link."""
    page = await hall.http.get(f"/centre/search?{query}")
    assert page.status_code == 200
    return read(page)


async def test_a_screen_searches_what_everybody_may_see_and_names_nobody(hall: Hall) -> None:
    await hall.story(IDA)
    kept, later = [await hall.story(title=f"Tulips number {n}") for n in range(2)]
    await hall.story(title="Her own tulips", name="Ana Sousa", alias="a colleague")
    async with hall.desk.begin() as session:
        (theirs,) = (
            await session.execute(text("SELECT id FROM customers WHERE name = 'Ana Sousa'"))
        ).scalars()
        await customer_colleagues.name(session, WORKSPACE, theirs, "UANA", by="UBEN", now=NOW)
        await moderation.label(session, WORKSPACE, kept, account_only=True, not_before=None)
        day = hall.desk.now().date() + timedelta(days=3)
        await moderation.label(session, WORKSPACE, later, account_only=False, not_before=day)
    await comments(hall, "Tulips are lovely.")
    await hall.story(title="Tulips told a moment ago")
    assert 'role="search"' in (await hall.wall()).text
    said = await search(hall, "q=tulips")
    assert "3 results for “tulips”" in said
    for one in ("Tulips that nobody ordered", "a florist", "Tulips are lovely.", "told a moment ago"):
        assert one in said
    for one in ("Ida", "Ek Flowers", "Her own", "Tulips number", "Only you see", "My write-ups"):
        assert one not in said
    assert "Only you see" not in await search(hall, "kind=interview")
    # Neither by a name, nor by its beginning, nor by a slip in it, nor by a name beside a word that is told.
    for words in ("ida", "Ek Flowers", "flow", "tulips ida", "Idaa", "flowerz tulip"):
        found = await search(hall, f"q={words}")
        assert "nobody ordered" not in found, words
        assert "looked for" not in found, words
    await hall.sign_in("UBEN")
    assert "Ida Ek, Ek Flowers" in await search(hall, "q=ida")
    hung = await search(hall, "q=tulips&view=projector")
    assert "a florist" in hung
    assert "Ida" not in hung


NARROWED = {
    "q=tulips&segment=enterprise": {"ordered"},
    "q=tulips&segment=pro": {"lovely", "late", "old"},
    "q=tulips&theme=deliveries": {"ordered"},
    "q=theme:deliveries tulips": {"ordered"},
    "q=tulips&score=detractor": {"late"},
    "q=tulips&when=month": {"ordered", "lovely", "late"},
    "q=tulips&kind=comment&when=quarter": {"lovely", "late"},
    "q=tulips&consent=with_name": {"ordered"},
    "q=tulips&consent=quoted_by_avatar": set(),
    "score=promoter": {"lovely", "old"},
    "q=tulips&kind=x&score=11&when=soon&consent=yes&page=-1": {"ordered", "lovely", "late", "old"},
}


async def test_results_are_narrowed_by_the_link(hall: Hall) -> None:
    await hall.story(IDA)
    await comments(hall, "Tulips are lovely.")
    await comments(hall, "The tulips were late.", score=3)
    await comments(hall, "My old tulips.", back=200)
    await hall.sign_in()
    assert await which(hall, "q=tulips&segment=pro") == set(), "three are too few to hide among"
    await comments(hall, "Fine.", "Good.")
    for query, expected in NARROWED.items():
        assert await which(hall, query) == expected, query


async def which(hall: Hall, query: str) -> set[str]:
    """Which of those things this link finds."""
    said = await search(hall, query)
    return {one for one in ("ordered", "lovely", "late", "old") if re.search(rf"\b{one}\b", said)}


async def test_a_link_to_a_search_is_shared_and_leads_there_by_way_of_signing_in(hall: Hall) -> None:
    await hall.story(IDA)
    await glean(hall.desk, WORKSPACE)
    stranger = await hall.http.get("/centre/search?q=tulips+%26+co&segment=enterprise&look=dark")
    assert stranger.status_code == 401
    assert "nobody ordered" not in stranger.text
    (link,) = re.findall(r'href="(/centre/sign-in[^"]*)"', stranger.text)
    page = await hall.sign_in(query=f"?{urlsplit(unescape(link)).query}")
    landed = urlsplit(str(page.url))
    assert landed.path == "/centre/search"
    assert dict(parse_qsl(landed.query)) == {"q": "tulips & co", "segment": "enterprise", "look": "dark"}
    assert "<mark>Tulips</mark>" in page.text or "<mark>tulips</mark>" in page.text
    assert '<option value="enterprise" selected>' in page.text
    assert 'data-look="dark"' in page.text
    assert "One result for “tulips & co”" in read(page)


FILTERS = ("segment", "product", "period", "language", "look", "view")
COUNTED = "SELECT count(*) FROM stories UNION ALL SELECT count(*) FROM nps_answers"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
SOUGHT = ("q", "kind", "segment", "theme", "score", "when", "consent", "page", "look", "view")


class Read(HTMLParser):
    """Reads a page as a browser does, and notes what is not ours to load, run or lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        places = [held[name] or "" for name in ("src", "href", "action") if name in held]
        strange = any(name.startswith("on") or name in {"style", "srcdoc", "http-equiv"} for name in held)
        away = any(not place.startswith(("/centre", "#")) for place in places)
        inline = tag == "script" and "src" not in held
        if strange or away or inline or tag in {"iframe", "object", "embed", "style", "base", "img"}:
            self.foreign.append(f"{tag} {attrs}")


def obeyed(page: httpx.Response) -> list[str]:
    """What on a page a browser would run, or what would steer the text around it."""
    reading = Read()
    reading.feed(page.text)
    steering = [hex(ord(one)) for one in page.text if _CONTROL.match(one)]
    return [*reading.foreign, *steering, *(["reckoned"] if ">49<" in page.text else [])]


async def test_nothing_in_a_link_is_obeyed_by_the_centre_or_its_search(hall: Hall) -> None:
    for hostile in (one for one in HOSTILE if "script>" in one or "<!here>" in one):
        line = one_line(hostile)[:60]
        await hall.story(title=f"{line} oven", segment=line, themes=(line,), happened=clean(hostile))
    await hall.answers(20, segment=one_line(HOSTILE[25]), product=one_line(HOSTILE[-1]))
    await glean(hall.desk, WORKSPACE)
    before = await hall.rows(COUNTED)
    await hall.wall()
    for number, hostile in enumerate(HOSTILE):
        value = hostile[:400].encode(errors="replace").decode()
        if number == len(HOSTILE) // 2:
            await hall.sign_in()
        names, there = (SOUGHT, "/centre/search") if number % 2 else (FILTERS, "/centre/parts")
        page = await hall.http.get(there, params=dict.fromkeys(names, value))
        assert page.status_code == 200
        assert obeyed(page) == [], hostile[:60]
        if number % 4:
            continue
        found = await hall.http.get("/centre/search", params={"q": "oven", "theme": value})
        assert obeyed(found) == [], hostile[:60]
        assert "set-cookie" not in {name.lower() for name in found.headers}
        stranger = await hall.http.get(
            "/centre/sign-in", params={"to": value, "q": value}, follow_redirects=False
        )
        assert urlsplit(stranger.headers["location"]).hostname == "127.0.0.1", "of Slack alone"
    assert (
        await hall.rows("SELECT count(*) FROM stories UNION ALL SELECT count(*) FROM nps_answers") == before
    )


async def test_many_results_stand_on_pages_that_have_links_of_their_own(hall: Hall) -> None:
    await comments(hall, *(f"Tulips number {number}." for number in range(45)))
    await hall.sign_in()
    first, second, third = [await search(hall, f"q=tulips&page={number}") for number in ("", 2, 3)]
    assert "45 results for “tulips” · from 1 to 20" in first
    assert "from 41 to 45" in third
    numbers = [set(re.findall(r"Tulips number (\d+)", one)) for one in (first, second, third)]
    assert [len(one) for one in numbers] == [20, 20, 5]
    assert len(set.union(*numbers)) == 45
    assert "There is nothing on this page." in await search(hall, "q=tulips&page=7")
    page = await hall.http.get("/centre/search?q=tulips&page=2")
    assert 'href="/centre/search?q=tulips&amp;page=3"' in page.text
    assert page.text.count('aria-current="page"') == 1
