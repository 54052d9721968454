"""What a person does, one async function each: for the page, the control API and tests alike.

The first argument is the workspace, the second the person's id. Each answers an `Outcome` and raises
`PersonError` (with words for the person) for what cannot be done at all. What stands in inputs is handed in
whole, `{block_id: {action_id: {…}}}`, in the shape of Slack's `state.values`.
"""

from playground.acting.modals import close_view, submit_view
from playground.acting.outcome import Outcome
from playground.acting.payloads import InMessage, InView, Where
from playground.acting.press import (
    click,
    open_home,
    suggest_options,
    use_global_shortcut,
    use_message_shortcut,
)
from playground.acting.rooms import (
    archive,
    create_channel,
    delete_channel,
    invite,
    join,
    leave,
    open_dm,
    set_clock,
    share,
    uninstall,
)
from playground.acting.sharing import upload
from playground.acting.talk import delete_message, edit_message, pin_message, react, run_command, send_message
from playground.errors import PersonError

__all__ = [
    "InMessage",
    "InView",
    "Outcome",
    "PersonError",
    "Where",
    "archive",
    "click",
    "close_view",
    "create_channel",
    "delete_channel",
    "delete_message",
    "edit_message",
    "invite",
    "join",
    "leave",
    "open_dm",
    "open_home",
    "pin_message",
    "react",
    "run_command",
    "send_message",
    "set_clock",
    "share",
    "submit_view",
    "suggest_options",
    "uninstall",
    "upload",
    "use_global_shortcut",
    "use_message_shortcut",
]
