"""Installing over OAuth, tokens that rotate and end, and signing in with Slack."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground, PlaygroundError
from playground.controlling import plain_http
from playground.setup import DEFAULT_PEOPLE, Person, Setup, Tuning
from tests.playground.conftest import BRISK, client_of, granting, id_of, refused

SIGN_IN = "openid/connect/authorize"
BACK = "https://bot.example/slack/oauth_redirect"


def manifest(**settings: Any) -> dict[str, Any]:
    made = granting(events=("app_uninstalled", "tokens_revoked"))
    made["oauth_config"]["redirect_urls"] = [BACK]
    made["oauth_config"]["scopes"]["user"] = ["users:read"]
    made["settings"] |= settings
    return made


NOT_YET = replace(BRISK, manifest=manifest(), installed=False)
ROTATING = replace(NOT_YET, manifest=manifest(token_rotation_enabled=True))


def asked(world: Playground) -> dict[str, str]:
    return {"client_id": world.client_id, "client_secret": world.client_secret}


async def code_for(world: Playground, scope: str = "chat:write,commands", **query: str) -> str:
    back = await world.consent("ana", {"scope": scope, "state": "s1", **query})
    assert back.startswith(BACK)
    said = parse_qs(urlsplit(back).query)
    assert said["state"] == ["s1"]
    return said["code"][0]


async def test_an_app_is_installed_with_what_was_agreed_to_and_no_more() -> None:
    async with Playground.start(NOT_YET) as world:
        with refused("invalid_auth"):
            await client_of(world).auth_test()
        assert (await world.person("ana").command("/try"))["notice"] == "`/try` is not a valid command."
        code = await code_for(world, user_scope="users:read")
        answer = await AsyncWebClient(base_url=world.api_url).oauth_v2_access(code=code, **asked(world))
        assert (answer["token_type"], answer["scope"]) == ("bot", "chat:write,commands")
        assert (answer["team"]["id"], answer["is_enterprise_install"]) == (world.team_id, False)
        assert answer["authed_user"]["id"] == await id_of(world, "ana")
        bot = client_of(world, answer["access_token"])
        assert (await bot.auth_test())["user_id"] == answer["bot_user_id"]
        with refused("missing_scope"):
            await bot.users_list()
        user = client_of(world, answer["authed_user"]["access_token"])
        assert (await user.auth_test())["user_id"] == answer["authed_user"]["id"]
        with refused("not_allowed_token_type"):
            await user.chat_postMessage(channel="C0", text="Hi")


async def test_scopes_add_up_and_the_token_stays() -> None:
    async with Playground.start(NOT_YET) as world:
        slack = AsyncWebClient(base_url=world.api_url)
        first = await slack.oauth_v2_access(code=await code_for(world, "chat:write"), **asked(world))
        later = await slack.oauth_v2_access(code=await code_for(world, "commands"), **asked(world))
        assert later["access_token"] == first["access_token"]
        assert later["scope"] == "chat:write,commands"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": "admin.users:write"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"redirect_uri": "https://elsewhere.example/"}, "bad_redirect_uri"),
        ({"redirect_uri": BACK + ".evil.example"}, "bad_redirect_uri"),
    ],
)
async def test_nothing_is_asked_that_does_not_fit_the_manifest(query: dict[str, str], words: str) -> None:
    async with Playground.start(NOT_YET) as world:
        with pytest.raises(PlaygroundError, match=words):
            await world.consent("ana", {"scope": "chat:write"} | query)


async def test_declining_leads_back_without_a_code() -> None:
    async with Playground.start(NOT_YET, people=(*DEFAULT_PEOPLE, Person("g", "G", is_guest=True))) as world:
        back = await world.consent("ana", {"scope": "chat:write", "state": "a b&c"}, allow=False)
        assert back == f"{BACK}?error=access_denied&state=a+b%26c"
        with pytest.raises(PlaygroundError, match="Guests can"):
            await world.consent("g", {"scope": "chat:write"})


async def test_a_code_works_once_for_its_app_and_address() -> None:
    async with Playground.start(NOT_YET) as world:
        slack, right = AsyncWebClient(base_url=world.api_url), asked(world)
        with refused("invalid_code"):
            await slack.oauth_v2_access(code="no", **right)
        code = await code_for(world)
        with refused("invalid_client_id"):
            await slack.oauth_v2_access(code=code, client_id="1.2", client_secret="x")
        with refused("bad_client_secret"):
            await slack.oauth_v2_access(code=code, client_id=world.client_id, client_secret="x")
        with refused("bad_redirect_uri"):
            await slack.oauth_v2_access(code=code, redirect_uri="https://bot.example/other", **right)
        with refused("invalid_grant_type"):
            await slack.oauth_v2_access(code=code, grant_type="password", **right)
        await slack.oauth_v2_access(code=code, redirect_uri=BACK, **right)
        with refused("code_already_used"):
            await slack.oauth_v2_access(code=code, **right)


async def test_tokens_rotate_with_refresh_tokens_that_work_once() -> None:
    async with Playground.start(ROTATING) as world:
        slack = AsyncWebClient(base_url=world.api_url)
        answer = await slack.oauth_v2_access(code=await code_for(world), **asked(world))
        assert answer["access_token"].startswith("xoxe.xoxb-1-")
        assert (answer["refresh_token"][:7], answer["expires_in"]) == ("xoxe-1-", 43_200)
        installed = Installation(
            user_id="U1",
            team_id=world.team_id,
            bot_token=answer["access_token"],
            bot_refresh_token=answer["refresh_token"],
            bot_token_expires_in=1,
        )
        rotator = AsyncTokenRotator(client=slack, **asked(world))
        renewed = await rotator.perform_token_rotation(installation=installed)
        assert renewed is not None
        assert renewed.bot_token not in (None, answer["access_token"])
        assert (await client_of(world, renewed.bot_token).auth_test())["expires_in"] > 43_000
        with refused("invalid_refresh_token"):
            await slack.oauth_v2_access(
                grant_type="refresh_token", refresh_token=answer["refresh_token"], **asked(world)
            )


async def test_a_rotated_token_ends_when_its_time_is_over() -> None:
    setup = replace(ROTATING, tuning=Tuning(rates=False, token_seconds=-1))
    async with Playground.start(setup) as world:
        slack = AsyncWebClient(base_url=world.api_url)
        answer = await slack.oauth_v2_access(code=await code_for(world), **asked(world))
        with refused("token_expired"):
            await client_of(world, answer["access_token"]).auth_test()


@pytest.mark.parametrize("rotation", [False, True])
async def test_a_lasting_token_is_exchanged_for_a_pair_once(rotation: bool) -> None:
    setup = replace(NOT_YET, manifest=manifest(token_rotation_enabled=rotation), installed=True)
    async with Playground.start(setup) as world:
        slack = AsyncWebClient(base_url=world.api_url)
        if not rotation:
            with refused("token_rotation_not_enabled"):
                await slack.oauth_v2_exchange(token=world.bot_token, **asked(world))
            return
        with refused("invalid_token"):
            await slack.oauth_v2_exchange(token="xoxb-other", **asked(world))
        answer = await slack.oauth_v2_exchange(token=world.bot_token, **asked(world))
        await client_of(world, answer["access_token"]).auth_test()
        with refused("token_already_exchanged"):
            await slack.oauth_v2_exchange(token=world.bot_token, **asked(world))


async def test_a_revoked_token_works_no_more_and_the_app_leaves_with_its_last() -> None:
    async with Playground.start(BRISK) as world:
        slack = client_of(world)
        assert (await slack.auth_revoke(test=True))["revoked"] is False
        assert (await slack.auth_revoke())["revoked"] is True
        with refused("token_revoked"):
            await slack.auth_test()
        assert (await world.person("ana").command("/try"))["ok"] is False


async def test_an_app_uninstalls_itself_only_with_its_secret() -> None:
    async with Playground.start(BRISK) as world:
        slack = client_of(world)
        with refused("bad_client_secret"):
            await slack.apps_uninstall(client_id=world.client_id, client_secret="x")
        await slack.apps_uninstall(**asked(world))
        with refused("account_inactive"):
            await slack.auth_test()


def checked(token: str, keys: Any) -> dict[str, Any]:
    """The claims of a JSON Web Token whose signature is right."""

    def raw(words: str) -> bytes:
        return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))

    head, body, signature = token.split(".")
    (key,) = keys["keys"]
    numbers = rsa.RSAPublicNumbers(int.from_bytes(raw(key["e"]), "big"), int.from_bytes(raw(key["n"]), "big"))
    numbers.public_key().verify(
        raw(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256()
    )
    claims: dict[str, Any] = json.loads(raw(body))
    return claims


async def test_people_sign_in_and_are_known_as_far_as_they_allowed() -> None:
    async with (
        Playground.start(Setup(manifest=manifest(), tuning=BRISK.tuning)) as world,
        plain_http() as http,
    ):
        query = {"response_type": "code", "scope": "openid email", "nonce": "n1", "state": "s"}
        back = await world.consent("ben", query, path=SIGN_IN)
        code = parse_qs(urlsplit(back).query)["code"][0]
        slack = AsyncWebClient(base_url=world.api_url)
        answer = await slack.openid_connect_token(code=code, **asked(world))
        config = (await http.get(f"{world.url}/.well-known/openid-configuration")).json()
        claims = checked(answer["id_token"], (await http.get(config["jwks_uri"])).json())
        ben = await id_of(world, "ben")
        assert (claims["sub"], claims["nonce"], claims["aud"]) == (ben, "n1", world.client_id)
        known = await client_of(world, answer["access_token"]).openid_connect_userInfo()
        assert (known["https://slack.com/user_id"], known["email"]) == (ben, "ben@playground.example")
        assert "name" not in known.data
        with refused("not_allowed_token_type"):
            await client_of(world).openid_connect_userInfo()
        with pytest.raises(PlaygroundError, match="invalid_scope"):
            await world.consent("ben", {"response_type": "code", "scope": "email"}, path=SIGN_IN)
        with pytest.raises(PlaygroundError, match="invalid_response_type"):
            await world.consent("ben", {"scope": "openid"}, path=SIGN_IN)
