"""/metrics: what waits and how long answers take; off unless switched on; nobody is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlalchemy import text, update

from bot.app import create_app
from bot.desk import Desk
from bot.operating.measuring import measuring
from bot.operating.metrics import Metrics, kind_of, metrics_app
from bot.settings import StartError
from playground.controlling import plain_http
from storage import channels, rests, workspaces
from storage.database import Database
from storage.deliveries import Post, plan
from storage.tables_avatars import AvatarLineRow
from storage.tables_nps import NpsSourceRow
from storage.tables_posts import DeliveryRow
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from tests.conftest import NOW, WORKSPACE
from tests.scenarios.conftest import NINE, free_port
from tests.storage.isolation import two_workspaces
from tests.storage.isolation.two_workspaces import OURS

Values = dict[tuple[str, ...], float]
OTHER = "T0OTHER"


async def fill(database: Database) -> None:
    """Something of everything that is measured, in one of two workspaces (posts in both)."""
    real = datetime.now(UTC)
    channel = ChannelSettings(channel_id="C1", set_up_by="U1", times=NINE, digest=DigestSettings())
    async with database.begin() as session:
        await workspaces.ensure(session, OTHER, name="", installed_by=None, now=NOW)
        for number, workspace_id in enumerate((WORKSPACE, OTHER)):
            for slot in ("a", "b"):
                post = Post(
                    channel_id="C1", kind="share", slot_key=slot, payload={"text": "hush"}, asked_by="U1"
                )
                await plan(session, workspace_id, post, now=real - timedelta(hours=number + 1))
        await session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.workspace_id == OTHER, DeliveryRow.slot_key == "a")
            .values(state="failed", last_error="is_archived")
        )
        await session.execute(
            update(DeliveryRow).where(DeliveryRow.state == "pending", DeliveryRow.slot_key == "b")
            .values(last_error="ratelimited")
        )  # fmt: skip
        await rests.rest(session, WORKSPACE, "C1", timedelta(minutes=5))
        await channels.save(session, WORKSPACE, channel.started(NOW), now=NOW)
        seen = (await channels.due(session, NOW + timedelta(days=9)))[0]
        await channels.move_on_many(session, WORKSPACE, [(seen, NOW - timedelta(seconds=90))])


def values_of(text: str) -> dict[str, Values]:
    """Each metric's values by their labels' values."""
    found: dict[str, Values] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            place = tuple(value for _, value in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[place] = sample.value
    return found


async def told(desk: Desk) -> tuple[str, dict[str, Values]]:
    text = (await Metrics(desk).told()).decode()
    return text, values_of(text)


async def test_what_waits_is_told_for_all_workspaces_together(desk: Desk, database: Database) -> None:
    await fill(database)
    desk.health.expect("the schedule", 60, vital=False)
    desk.refused["channel"] += 2
    said, found = await told(desk)
    assert found["firsthand_refused_total"] == {("channel",): 2, ("method",): 0, ("workspace",): 0}
    assert found["firsthand_deliveries"] == {
        ("pending",): 3,
        ("sending",): 0,
        ("in_doubt",): 0,
        ("failed",): 1,
    }
    assert found["firsthand_oldest_delivery_seconds"][("pending",)] == pytest.approx(7200, abs=60)
    assert found["firsthand_deliveries_limited"] == {(): 2}
    assert found["firsthand_slack_resting"] == {(): 1}
    assert found["firsthand_schedule_lag_seconds"] == {(): 90}
    assert found["firsthand_part_silent_seconds"][("the schedule",)] >= 0
    for hidden in ("hush", WORKSPACE, "C1", "U1"):
        assert hidden not in said


async def test_workspaces_are_named_by_their_ids_where_the_operator_wants_it(
    desk: Desk, database: Database
) -> None:
    await fill(database)
    desk.settings.firsthand_metrics_workspaces = True
    _, found = await told(desk)
    assert found["firsthand_deliveries"] == {
        ("pending", WORKSPACE): 2, ("pending", OTHER): 1, ("failed", OTHER): 1,
    }  # fmt: skip
    assert found["firsthand_schedule_lag_seconds"] == {(WORKSPACE,): 90}


async def test_requests_are_timed_by_what_they_were(desk: Desk) -> None:
    app = create_app(desk)
    metrics = Metrics(desk)
    metrics.watch(app)
    body = {"command": "/stories", "team_id": WORKSPACE, "user_id": "U1", "text": "help"}
    await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
    found = values_of((await metrics.told()).decode())
    assert found["firsthand_acknowledgement_seconds_count"] == {("command",): 1}
    assert found["firsthand_acknowledgement_seconds_bucket"][("command", "+Inf")] == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"type": "block_actions"}, "click"),
        ({"type": "event_callback"}, "event"),
        ({"type": "new"}, "other"),
        ({}, "other"),
    ],
)
def test_a_request_is_known_by_its_kind_alone(body: dict[str, str], kind: str) -> None:
    assert kind_of(body) == kind


async def test_metrics_have_a_port_of_their_own_and_none_unless_it_is_set(desk: Desk) -> None:
    async with measuring(desk, None):
        pass
    port = desk.settings.firsthand_metrics_port = free_port()
    async with measuring(desk, None), plain_http(base_url=f"http://127.0.0.1:{port}") as client:
        answer = await client.get("/metrics")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/plain; version=")
        assert (await client.get("/")).status_code == 404
        with pytest.raises(StartError, match="FIRSTHAND_METRICS_PORT"):
            async with measuring(desk, None):
                raise AssertionError("it started")


async def test_a_database_that_is_away_is_an_error_and_no_zero(desk: Desk, database: Database) -> None:
    async with database.begin() as session:
        await session.execute(text("ALTER TABLE deliveries RENAME TO gone"))
    transport = httpx.ASGITransport(app=metrics_app(Metrics(desk)))
    async with httpx.AsyncClient(transport=transport, base_url="http://metrics") as client:
        assert (await client.get("/metrics")).status_code == 503


async def test_sources_and_what_was_answered_to_avatars_are_told(database: Database, desk: Desk) -> None:
    await two_workspaces.fill(database)
    async with database.begin() as session:
        await session.execute(update(AvatarLineRow).values(kind="speak_up", answer=None))
        own = update(AvatarLineRow).where(AvatarLineRow.workspace_id == OURS.workspace_id)
        await session.execute(own.values(answer="good_point"))
        behind = {"due_at": NOW, "succeeded_at": NOW - timedelta(hours=2), "failures": 1, "kind": "typeform"}
        await session.execute(update(NpsSourceRow).values(**behind))
    _, found = await told(desk)
    assert found["firsthand_drift_interventions"] == {("good_point",): 2, ("none yet",): 2}
    assert found["firsthand_source_lag_seconds"] == {("typeform",): 7200}
    assert found["firsthand_sources_failing"] == {("typeform",): 4}
