"""What a post is and where it goes, in a few words and without a word of what it says."""

from __future__ import annotations

from collections.abc import Callable

from stories.language import _
from stories.trackers import tracker_in

Said = Callable[[], str]


def kind_said(kind: str, method: str) -> str:
    """What a delivery is, in a few words."""
    if method == "chat.update":
        return _("change of a post")
    if method == "chat.delete":
        return _("deletion of a post")
    known = OF_CHANNELS.get(kind) or IN_PRIVATE.get(kind)
    return known() if known else kind.replace("_", " ")


def place_named(channel_id: str) -> str:
    """Where it goes, as plain text: which channel or person, by their id; an item of a tracker as it is."""
    if "#" in channel_id or tracker_in(channel_id) is not None:
        return channel_id
    said = _("person {id}") if channel_id.startswith(("U", "W")) else _("channel {id}")
    return said.format(id=channel_id)


OF_CHANNELS: dict[str, Said] = {
    "digest": lambda: _("digest"),
    "share": lambda: _("shared story"),
    "nps_share": lambda: _("shared answer about NPS"),
    "nps_movement": lambda: _("movement of the NPS"),
    "nps_worth": lambda: _("what a point of NPS is worth"),
    "avatar": lambda: _("avatar’s message"),
    "avatar_line": lambda: _("avatar’s line"),
    "speaking_up": lambda: _("avatar’s word on where the talk goes"),
    "looking_back": lambda: _("look back at a milestone"),
    "top_three": lambda: _("the quarter’s top three"),
    "episode": lambda: _("episode of a series"),
    "routed": lambda: _("customers’ words by a rule of the channel"),
    "remember": lambda: _("the difference that was made"),
    "said_and_done": lambda: _("what came of a story"),
    "part_letter": lambda: _("monthly letter"),
    "event": lambda: _("word about an event"),
}
"""The kinds that come to channels."""

IN_PRIVATE: dict[str, Said] = {
    "notice": lambda: _("note"),
    "reminder": lambda: _("reminder"),
    "thanks": lambda: _("note of thanks"),
    "acting": lambda: _("note that somebody acts"),
    "came_of_it": lambda: _("note of what came of it"),
    "heard": lambda: _("note of what came of it"),
    "stopped": lambda: _("note that a channel was stopped"),
    "invitation": lambda: _("invitation"),
    "swerve": lambda: _("note on where the talk goes"),
    "talk_due": lambda: _("reminder of a talk with a customer"),
    "rota_reminder": lambda: _("reminder of a talk with a customer"),
    "rota_invitation": lambda: _("invitation to talk with a customer"),
    "talk_wanted": lambda: _("note that a talk is wanted"),
    "progress": lambda: _("question what changed"),
    "renewal": lambda: _("note that an account renews"),
    "feed_trouble": lambda: _("note that a feed can’t be read"),
    "hand_over": lambda: _("follow-up to take over"),
    "nobody_asked": lambda: _("note that nobody has asked why"),
    "first_time": lambda: _("note on a first time"),
    "reached": lambda: _("note how far a story went"),
    "lesson": lambda: _("lesson of three minutes"),
    "letter": lambda: _("monthly letter"),
    "hint": lambda: _("hint"),
}
"""The kinds that come to people alone."""
