"""What people send while they write a conversation up, as Slack puts it: the whole view and what it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from benchmarks.load import signed_request
from bot.interview_views import view_at
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place
from bot.visitors import Visitor
from storage import drafts, workspaces
from storage.database import Database
from stories.consent import Purpose
from stories.forms import Form, Step

KINDS = ("next", "keep", "publish")
FORM = Form(
    name="Nell Ashby",
    alias="the dispatcher",
    company="Northgate Taxis",
    segment="fleets",
    talked_on="2026-01-05",
    how="call",
    trying_to="Send the nearest car without ringing round.",
    happened="She keeps a paper map under the desk and moves buttons about on it.",
    quotes=("The buttons never crash.", "I know where Ali is because he hums."),
    meaning="The map in the product is slower than cardboard.",
    score=5,
    themes=("speed", "maps"),
    consent_words="Use it, but not my name",
)


async def requests_of(
    kind: str, database: Database, team: str, users: list[str], number: int, *, drafted: bool = True
) -> list[bytes]:
    """`number` requests of one kind, signed, for as many drafts; not `drafted`, for drafts that are none."""
    sharing = Purpose.WITHOUT_NAME if kind == "publish" else Purpose.NOT_SHARED
    form = replace(FORM, sharing=sharing.value)
    now = datetime.now(UTC)
    senders = [users[i % len(users)] for i in range(number)]
    async with database.begin() as session:
        await workspaces.ensure(session, team, name="", installed_by=None, now=now)
        who = Visitor(
            workspace_id=team, user_id=users[0], now=now, today=now.date(), channel_command="/firsthand"
        )
        place = Place(draft_id=0, step=Step.WHAT if kind == "next" else Step.PREVIEW)
        view = await view_at(session, who, place, form)
        begun = [
            await drafts.begin(session, team, user, form, now=now) if drafted else 10**6 + n
            for n, user in enumerate(senders)
        ]
    values = _typed("trying_to", form.trying_to) | _typed("happened", form.happened) if kind == "next" else {}
    return [
        signed_request(_submitted(view, draft_id, user, team, values))
        for draft_id, user in zip(begun, senders, strict=True)
    ]


def _submitted(view: Block, draft_id: int, user: str, team: str, values: dict[str, Any]) -> dict[str, Any]:
    """A view_submission of this view, made for draft 0, for another draft."""
    place = replace(Place.of(view), draft_id=draft_id)
    sent = view | {
        "id": f"V{draft_id:09}",
        "team_id": team,
        "app_id": "A0BENCHMARK",
        "app_installed_team_id": team,
        "bot_id": "B0BENCHMARK",
        "private_metadata": str(place),
        "state": {"values": values},
        "hash": f"{draft_id}.benchmark",
        "clear_on_close": False,
        "notify_on_close": False,
        "previous_view_id": None,
        "root_view_id": f"V{draft_id:09}",
        "external_id": "",
    }
    who = {"id": user, "team_id": team, "username": "ana", "name": "ana"}
    return {
        "type": "view_submission",
        "team": {"id": team, "domain": "benchmark"},
        "user": who,
        "api_app_id": "A0BENCHMARK",
        "token": "benchmark",
        "trigger_id": f"{draft_id}.benchmark",
        "view": sent,
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def _typed(field: str, text: str) -> dict[str, Any]:
    return {field: {field: {"type": "plain_text_input", "value": text}}}
