"""The list of accounts, as their owners and admins read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.dates import day
from bot.messages.renewals import money
from bot.rota.ids import ROTA_PROPOSE
from stories.accounts import Account
from stories.language import _

MOST = 20
"""Accounts of a list that are shown, those first that renew first."""


def page(
    own: Sequence[Account], others: Sequence[Account], unknown: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """One's own accounts with what they are worth, then those of others without.

    `unknown` are accounts whose owner Slack does not know: name and address.
    """
    if not own and not others and not unknown:
        said = _part("none")
        return {"text": said, "blocks": [blocks.section(said)]}
    shown: list[Block] = []
    for heading, some, whole in ((_("Your accounts"), own, True), (_("Accounts of others"), others, False)):
        if some:
            lines = [_line(one, whole=whole) for one in some[:MOST]]
            lines += [_part("more")] if len(some) > MOST else []
            shown += [blocks.header(heading), *blocks.paragraphs(lines)]
    if unknown:
        names = ", ".join(f"{escaped(name)} ({escaped(said)})" for name, said in unknown)
        shown.append(blocks.section(_part("unknown", names=Markup(names))))  # noqa: S704 escaped above
    if own:
        propose = blocks.button(_("Propose a customer for the rota"), ROTA_PROPOSE, "propose")
        shown.append(blocks.actions(propose))
    shown.append(blocks.context(_part("who_sees")))
    return read_out(_("Accounts, those first that renew first"), shown)


def _line(one: Account, *, whole: bool) -> str:
    return _part(
        "line",
        name=one.name,
        owner=Markup(f"<@{one.owner_id}>") if one.owner_id and not whole else "",  # noqa: S704 an id
        day=day(one.renewal_on) if one.renewal_on else "",
        worth=money(one.worth) if whole and one.worth else "",
        segment=one.segment,
    )


def _part(part: str, **values: object) -> str:
    return prose_part("renewals.j2", part, **values)
