"""What the sample company is made of: plain values, as read from the data files beside this one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Office:
    """A town and its IANA time zone; exactly one office is the main one."""

    city: str
    time_zone: str
    main: bool


@dataclass(frozen=True)
class Event:
    """What worsened one segment's NPS answers, so many days before the demo's first morning."""

    days_ago: int
    segment: str
    what: str


@dataclass(frozen=True)
class About:
    """The company itself; `notice` says that it is made up, to be shown wherever the demo is."""

    name: str
    about: str
    notice: str
    segments: tuple[str, ...]
    themes: tuple[str, ...]
    offices: tuple[Office, ...]
    event: Event


@dataclass(frozen=True)
class Person:
    """A colleague: emoji and colour (#RRGGBB) draw the avatar; one of them is the workspace's admin."""

    handle: str
    name: str
    job: str
    time_zone: str
    emoji: str
    colour: str
    admin: bool = False


@dataclass(frozen=True)
class Channel:
    """A channel: `kind` is general, pilot (digests come there), project or private; members are handles."""

    name: str
    kind: str
    private: bool
    topic: str
    members: tuple[str, ...]
    manager: str | None = None


@dataclass(frozen=True)
class Customer:
    """A customer; `alias` stands in where the name isn't shared, `consents` are the purposes agreed to."""

    key: str
    name: str
    alias: str
    company: str
    segment: str
    region: str
    about: str
    consents: tuple[str, ...]


@dataclass(frozen=True)
class Promise:
    """A follow-up that the author promised, due so many days after the conversation."""

    what: str
    in_days: int


@dataclass(frozen=True)
class Reaction:
    """A colleague's answer to a story: kind is thought, act, more or thanks; an act's note says what."""

    who: str
    kind: str
    note: str | None = None


@dataclass(frozen=True)
class Interview:
    """One conversation as its author wrote it up.

    `slug` is the file's name without .toml. `how` is call, video, visit, chat, event or other; `score` is
    0–10 or None when nobody asked; `consent` is not_shared, without_name or with_name, as the customer put
    it in `consent_words`.
    """

    slug: str
    customer: str
    author: str
    days_ago: int
    how: str
    title: str
    trying_to: str
    happened: str
    quotes: tuple[str, ...]
    meaning: str
    themes: tuple[str, ...]
    consent: str
    consent_words: str
    score: int | None = None
    promise: Promise | None = None
    reactions: tuple[Reaction, ...] = ()


@dataclass(frozen=True)
class NpsAnswer:
    """One answer to "would you recommend us", 0–10; an empty comment means none was written."""

    answer_id: str
    days_ago: int
    score: int
    segment: str
    plan: str
    region: str
    comment: str


@dataclass(frozen=True)
class Step:
    """One step of the demo's guided way: a short title and a sentence or two."""

    title: str
    text: str


@dataclass(frozen=True)
class Morning:
    """How the demo opens: `lead` is the slug of the story told first, `visitor` the handle one starts as."""

    lead: str
    visitor: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Quoted:
    """One of the quotes of a conversation: its file's name without .toml, and which, counted from 1."""

    interview: str
    number: int


@dataclass(frozen=True)
class Reason:
    """Why the project is: in whose words, since when, and founded on which quotes."""

    words: str
    by: str
    days_ago: int
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True)
class Avatar:
    """How the project's customers show themselves; manner is plain, warm or cheeky."""

    name: str
    emoji: str
    manner: str


@dataclass(frozen=True)
class Said:
    """Something a colleague wrote in a channel."""

    who: str
    text: str


@dataclass(frozen=True)
class Project:
    """The project of one channel; `owner` set it up so many days ago, `talk` is this morning's there."""

    channel: str
    name: str
    goal: str
    segment: str
    owner: str
    days_ago: int
    rhythm: str
    avatar: Avatar
    reasons: tuple[Reason, ...]
    talk: tuple[Said, ...]


@dataclass(frozen=True)
class SampleCompany:
    """The whole sample company; interviews stand oldest first, NPS answers likewise."""

    about: About
    people: tuple[Person, ...]
    channels: tuple[Channel, ...]
    customers: tuple[Customer, ...]
    interviews: tuple[Interview, ...]
    nps: tuple[NpsAnswer, ...]
    morning: Morning
    project: Project
