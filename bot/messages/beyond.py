"""The window behind *Beyond Slack…* in /why: what it is, where it is switched on, how it goes there."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from storage.trackers import Tracking
from stories.avatars.project import Project
from stories.kept_sentences import read
from stories.language import _, ngettext
from stories.trackers import LONGEST_LABEL
from stories.values import dataclass

OFF, NEW_SECRET, OUTSIDERS = "off", "new_secret", "outsiders"
USUAL_LABEL = "customer"
LONGEST_TOKEN = 255
LONGEST_PLACE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """A tracker as people know it: its name, and how it asks for a place, a token and a webhook."""

    kind: str
    title: str
    place: str
    example: str
    token: str
    webhook: str


def control(project: Project) -> Block:
    """The button in `/why` that leads here."""
    return blocks.button(_("Beyond Slack…"), ids.BEYOND_OPEN, str(project.id))


def out_of_reach(project: Project, asks: Asks, *, socket_mode: bool) -> Block:
    """Why it cannot be switched on: nobody can call this copy."""
    said = _(
        "{tracker} has to call Firsthand, and this copy has no address at which it could. Whoever runs it "
        "can give it one: the setting `FIRSTHAND_ADDRESS` (https://…), which leads to its port."
    ).format(tracker=asks.title)
    socket = _(
        "Slack itself needs none here: it speaks to Firsthand through Socket Mode, over a connection that "
        "Firsthand opens. {tracker} has nothing like that."
    ).format(tracker=asks.title)
    body = [
        *_explained(project),
        blocks.divider(),
        blocks.section(f"{said}\n{socket}" if socket_mode else said),
    ]
    return blocks.modal(_("Beyond Slack"), body, callback_id=ids.BEYOND_SEEN_VIEW, close=_("Close"))


def off(project: Project, asks: Asks) -> Block:
    """It is off: what it would do, and what is needed for that."""
    body = [
        *_explained(project),
        blocks.divider(),
        blocks.text_input("place", asks.place, most=LONGEST_PLACE, placeholder=asks.example),
        _label(USUAL_LABEL),
        blocks.text_input("token", _("A token to comment with"), most=LONGEST_TOKEN, hint=asks.token),
        _choices([_outsiders()], []),
    ]
    return blocks.modal(
        _("Beyond Slack"),
        body,
        callback_id=ids.BEYOND_ON_VIEW,
        submit=_("Switch it on"),
        close=_("Leave it off"),
        private_metadata=_about(project, asks.kind),
    )


def on(project: Project, asks: Asks, tracking: Tracking, *, page: str, address: str, standing: int) -> Block:
    """It is on: how it goes, what can be changed. `page` is the place's own, `standing` counts comments."""
    chosen = [_outsiders()] if tracking.outsiders_allowed_by else []
    token = _("Another token")
    body = [
        blocks.section(_how_it_goes(tracking, asks, page, standing)),
        blocks.section(_("The webhook’s address: `{address}`").format(address=escaped(address))),
        blocks.divider(),
        _label(tracking.label),
        blocks.text_input("token", token, most=LONGEST_TOKEN, optional=True, hint=asks.token),
        _choices([_outsiders(), _new_secret(), _switched_off()], chosen),
        blocks.context(_not_a_person(project)),
    ]
    return blocks.modal(
        _("Beyond Slack"),
        body,
        callback_id=ids.BEYOND_CHANGE_VIEW,
        submit=_("Save"),
        close=_("Close"),
        private_metadata=_about(project, asks.kind),
    )


def hook(asks: Asks, *, address: str, secret: str) -> Block:
    """What is pasted into the tracker; the secret is shown this once."""
    body = [
        blocks.section(
            _("*One step is left, in {tracker}.* {how}").format(tracker=asks.title, how=asks.webhook)
        ),
        blocks.section(_("*Payload URL*")),
        _to_copy(address),
        blocks.section(_("*Secret*")),
        _to_copy(secret),
        blocks.context(
            _(
                "The secret is shown this once. Whoever has it could speak as {tracker}; a new one is given "
                "in this window at any time. The token is kept encrypted and never shown again."
            ).format(tracker=asks.title)
        ),
    ]
    return blocks.modal(_("Beyond Slack"), body, callback_id=ids.BEYOND_SEEN_VIEW, close=_("Done"))


def trouble_line(tracking: Tracking) -> str:
    """One that needs mending, in the answer to `status`."""
    said = _("• *{place}* (beyond Slack) since {day}: {trouble}")
    since = (tracking.trouble_since or tracking.created_at).date()
    return said.format(place=escaped(tracking.place), day=day(since), trouble=escaped(read(tracking.trouble)))


def _explained(project: Project) -> list[Block]:
    name = escaped(project.face.name)
    does = _(
        "*What {name} would do.* When an issue or pull request carries a label of your choice and comes near "
        "a reason why you began *{project}*, {name} writes one comment there: that reason, with one or two "
        "quotes it rests on. Where nothing is near, it writes nothing. Take the label off: the comment goes."
    ).format(name=name, project=escaped(project.name))
    who = _(
        "*Who reads it.* Everybody who reads the repository. It quotes only customers who agreed to be "
        "quoted by an avatar, and when one takes that back, the comment changes or goes at once. Public "
        "repositories are refused: nobody asked our customers whether all the world may read them."
    )
    kept = _("*What is kept.* Which comment says which quote, and where. Never a word of an issue.")
    return [blocks.section(text) for text in (does, who, kept)]


def _how_it_goes(tracking: Tracking, asks: Asks, page: str, standing: int) -> str:
    lines = [
        _(
            "*On* in <{page}|{place}> since {day}, set up by {who}. Comments bear the name *{account}*."
        ).format(
            page=escaped(page),
            place=escaped(tracking.place),
            day=day(tracking.created_at.date()),
            who=f"<@{tracking.set_up_by}>",
            account=escaped(tracking.account),
        ),
        ngettext("{number} comment stands there.", "{number} comments stand there.", standing).format(
            number=standing
        ),
    ]
    if tracking.heard_at is None:
        said = _(":hourglass: {tracker} has not called yet. {how}")
        lines.append(said.format(tracker=asks.title, how=asks.webhook))
    else:
        said = _("{tracker} called last on {day}.")
        lines.append(said.format(tracker=asks.title, day=day(tracking.heard_at.date())))
    if tracking.trouble:
        lines.append(_(":warning: *To be mended:* {trouble}").format(trouble=escaped(read(tracking.trouble))))
    return "\n".join(lines)


def _label(value: str) -> Block:
    hint = _("Issues and pull requests with this label are commented on, no others.")
    return blocks.text_input("label", _("Which label?"), value=value, most=LONGEST_LABEL, hint=hint)


def _choices(offered: Sequence[Block], chosen: Sequence[Block]) -> Block:
    element = {"type": "checkboxes", "action_id": "choices", "options": list(offered)}
    element |= {"initial_options": list(chosen)} if chosen else {}
    return blocks.input_block("choices", _("What else?"), element, optional=True)


def _outsiders() -> Block:
    return blocks.option(
        _("People from outside may read it"),
        OUTSIDERS,
        _("For a repository with outside collaborators; only an editor can say so."),
    )


def _new_secret() -> Block:
    return blocks.option(
        _("A new secret for the webhook"), NEW_SECRET, _("The one from before ends at once.")
    )


def _switched_off() -> Block:
    return blocks.option(_("Switch it off"), OFF, _("Its comments are taken down."))


def _not_a_person(project: Project) -> str:
    said = _("{name} says in each comment that it is not a person, why it came, and how it goes.")
    return said.format(name=escaped(project.face.name))


def _to_copy(text: str) -> Block:
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [element]}


def _about(project: Project, kind: str) -> str:
    return json.dumps({"project": project.id, "kind": kind})
