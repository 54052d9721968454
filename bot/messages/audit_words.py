"""What stands in the audit log, put into words: one sentence an act, the same in Slack and in a file."""

from __future__ import annotations

from collections.abc import Callable

from bot.messages.audit_details import detail_said
from storage.audit import Entry
from stories.language import _

ITSELF = "firsthand"
"""Who acts where nobody did: the bot by a rule of its own."""

CUSTOMER = "customer"
"""Who acts where a customer did, at their private link."""


def sentences() -> dict[str, str]:
    """What was done, by the name of the act; `{what}` is what it was done to."""
    return {**_to_stories(), **_in_channels(), **_to_series(), **_to_people_and_all()}


def _to_stories() -> dict[str, str]:
    return {
        "store": _("wrote up {what}, kept to themself"),
        "import": _("took in {what} from a file"),
        "publish": _("published {what}"),
        "edit": _("edited {what}"),
        "keep": _("kept {what} back"),
        "withdraw": _("took {what} back"),
        "hide": _("reported {what}, which hides it"),
        "put_back": _("put {what} back"),
        "share": _("shared {what}"),
        "settle": _("settled {what}: {outcome}"),
        "ask_editor": _("asked for an editor’s yes to {what}"),
        "approve": _("approved {what}"),
        "send_back": _("sent {what} back to its author"),
        "name_colleague": _("said that the customer of {what} works here"),
        "unname_colleague": _("said that the customer of {what} does not work here"),
        "recall": _("took {what} back until an editor says yes"),
        "label": _("labelled {what}: {labels}"),
        "find_themes": _("had themes proposed"),
        "name_theme": _("named {what}"),
        "split_theme": _("split {what} in two"),
        "merge_themes": _("merged another theme into {what}"),
        "drop_theme": _("dropped {what}"),
        "choose_priority": _("chose {what} as one of the top three"),
        "tell_priority": _("said how {what}, one of the top three, stands"),
        "done_priority": _("said that {what}, one of the top three, is done"),
        "not_done_priority": _("said that {what}, one of the top three, was not done"),
        "dropped_priority": _("dropped {what} from the top three"),
        "give_link": _("gave the customer of {what} a private link for {days} days"),
        "revoke_link": _("revoked a private link to {what}"),
        "customer_withdrew": _("took back {what}, at their private link"),
        "customer_withdrew_all": _("took back all that they agreed to, at their private link to {what}"),
        "customer_corrected": _("corrected a quote of {what}, at their private link"),
        "take_correction": _("put the customer’s correction into {what}"),
        "reword_ending": _("said otherwise what came of {what}"),
        "take_back_ending": _("took back what was said to have come of {what}"),
        "leave_correction": _("left a quote of {what} as it was, though its customer had corrected it"),
    }


def _in_channels() -> dict[str, str]:
    return {
        "tune_channel": _("changed what {what} hears"),
        "forget_channel": _("had the settings of {what} forgotten"),
        "route": _("had {what} hear {rule}"),
        "route_stopped": _("had {what} hear no more {rule}"),
        "listening_on": _("had the avatar listen in {what}"),
        "listening_off": _("had the avatar listen no more in {what}"),
        "stop_channel": _("stopped the digest of {what}: {why}"),
        "snooze_channel": _("snoozed {what}"),
        "wake_channel": _("ended the snooze of {what}"),
        "digest_now": _("posted a digest in {what} by hand"),
        "allow_guests": _("let guests read along in {what}"),
        "retry_delivery": _("had {what} sent again"),
        "give_up_delivery": _("gave up {what}"),
        "tracker_on": _("switched an avatar on in {place}, beyond Slack"),
        "tracker_off": _("switched an avatar off in {place}, beyond Slack"),
        "tracker_outsiders": _("let people from outside read an avatar’s comments in {place}"),
        "settle_delivery": _("said that {what} stands in its channel"),
    }


def _to_series() -> dict[str, str]:
    return {
        "open_season": _("opened {what} of the series"),
        "end_season": _("ended {what} of the series"),
        "series_consent": _("recorded what {what} agreed to for the series: {agreed}"),
        "leave_out": _("had the series follow {what} no more"),
        "publish_episode": _("published {what} of the series"),
        "drop_episode": _("threw away the draft of {what} of the series"),
        "follow_feed": _("had {what} followed, for headlines of the market"),
        "drop_feed": _("had {what} followed no more"),
    }


def _to_people_and_all() -> dict[str, str]:
    return {
        "name_editor": _("made {what} an editor"),
        "unname_editor": _("made {what} an editor no more"),
        "name_privacy": _("made {what} a privacy officer"),
        "unname_privacy": _("made {what} a privacy officer no more"),
        "name_manager": _("made {what} a manager"),
        "unname_manager": _("made {what} a manager no more"),
        "set_rhythm": _("set the rota’s rhythm of a part of the business"),
        "ask_for_letter": _("had the monthly letter come to {what}"),
        "stop_letter": _("ended the monthly letter in {what}"),
        "show_recording": _("showed where {what} can be watched"),
        "drop_recording": _("took down where {what} can be watched"),
        "plan_event": _("planned {what}"),
        "change_event": _("changed {what}"),
        "call_off_event": _("called off {what}"),
        "stage_taken_back": _("recorded that a customer would rather not be named any more ({what})"),
        "add_remember_day": _("added {what}"),
        "drop_remember_day": _("removed {what}"),
        "set_workspace": _("changed what holds for everybody: {changed}"),
        "allow_source": _("said of {what}: {allowed}"),
        "issue_screen": _("issued {what} “{name}”, which shows the centre for {days} days"),
        "revoke_screen": _("revoked {what} “{name}”"),
        "export_audit": _("exported this log"),
        "bring_answers": _("brought in answers: {what}"),
        "bring_accounts": _("brought in a list of accounts: {what}"),
        "bring_contacts": _("brought in a list of customers for the rota: {what}"),
        "bring_people": _("brought in a list of colleagues: {what}"),
        "erase_customer": _("began to erase a customer ({what})"),
        "erase_employee": _("began to erase a colleague ({what})"),
        "erase_conversation": _("began to erase a conversation ({what})"),
        "erase_workspace": _("began to erase everything of this workspace ({what})"),
        "erased": _("finished {what}"),
        "export_held": _("took out all that is held about {what}"),
        "erase_person": _("erased {what} from the answers"),
        "erase_respondent": _("began to erase somebody who answered a survey ({what})"),
    }


def said(entry: Entry, called: Callable[[str, str], str]) -> str:
    """What was done, in words; `called` names an object by its kind and id, escaped where that is needed.

    An act that has no words of its own is said by its name rather than left out.
    """
    what = called(entry.object_kind, entry.object_id)
    sentence = sentences().get(entry.act, _("{act}: {what}"))
    detail = {name: called("", detail_said(name, value)) for name, value in entry.detail.items()}
    return sentence.format_map(_Known({**detail, "what": what, "act": entry.act}))


def plainly(kind: str, object_id: str) -> str:
    """What something is called in a file: its kind and its id."""
    names = {
        "story": _("story {id}"),
        "theme": _("theme {id}"),
        "priority": _("priority {id}"),
        "report": _("report {id}"),
        "delivery": _("post {id}"),
        "person": _("person {id}"),
        "channel": _("channel {id}"),
        "customer": _("customer {id}"),
        "erasure": _("erasure {id}"),
        "screen": _("screen {id}"),
        "season": _("season {id}"),
        "episode": _("episode {id}"),
        "feed": _("a feed of {id}"),
        "event": _("event {id}"),
        "remember_day": _("day to remember {id}"),
    }
    return names.get(kind, "{id}").format(id=object_id)


class _Known(dict[str, str]):
    """Details that an older line does not have are said as a dash."""

    def __missing__(self, _name: str) -> str:
        return "–"
