"""Sign in with Slack: the signed token that says who somebody is, and the keys to check it with.

https://docs.slack.dev/authentication/sign-in-with-slack
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from playground.model import Code, Json, User

if TYPE_CHECKING:
    from playground.workspace import Workspace

ID_SECONDS = 300
_BITS = 2048


def _words(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _part(value: Any) -> str:
    return _words(json.dumps(value, separators=(",", ":")).encode())


class Signer:
    """Signs identity tokens (RS256) with a key made when it is first needed."""

    KEY_ID = "playground-1"

    def __init__(self) -> None:
        self._made: rsa.RSAPrivateKey | None = None

    def _key(self) -> rsa.RSAPrivateKey:
        if self._made is None:
            self._made = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        return self._made

    def signed(self, claims: Json) -> str:
        """The claims as a JSON Web Token."""
        body = f"{_part({'typ': 'JWT', 'alg': 'RS256', 'kid': self.KEY_ID})}.{_part(claims)}"
        return f"{body}.{_words(self._key().sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def keys(self) -> Json:
        """The public key as a JSON Web Key Set."""
        numbers = self._key().public_key().public_numbers()

        def written(number: int) -> str:
            return _words(number.to_bytes((number.bit_length() + 7) // 8, "big"))

        key = {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": self.KEY_ID}
        return {"keys": [key | {"n": written(numbers.n), "e": written(numbers.e)}]}


def identity(ws: Workspace, user: User, scopes: frozenset[str]) -> Json:
    """Who somebody is, as far as the scopes (openid, profile, email) let an app know."""
    face: Json = {
        "sub": user.id,
        "https://slack.com/user_id": user.id,
        "https://slack.com/team_id": ws.team_id,
    }
    if "email" in scopes:
        face |= {"email": user.email, "email_verified": True, "date_email_verified": 1_700_000_000}
    if "profile" in scopes:
        first, _, last = user.name.partition(" ")
        face |= {
            "name": user.name,
            "given_name": first,
            "family_name": last,
            "locale": user.locale,
            "picture": f"{ws.base_url}/page/static/icon.svg",
            "https://slack.com/team_name": ws.team_name,
            "https://slack.com/team_domain": "playground",
        }
    return face


def id_token(ws: Workspace, signer: Signer, code: Code) -> str:
    """The signed token that a sign-in ends with; it lives five minutes."""
    now = int(ws.clock.real_seconds())
    claims = identity(ws, ws.users[code.user_id], code.user_scopes) | {
        "iss": ws.base_url,
        "aud": ws.app.tokens.client_id,
        "iat": now,
        "exp": now + ID_SECONDS,
        "auth_time": now,
    }
    return signer.signed(claims | ({"nonce": code.nonce} if code.nonce else {}))


def configuration(ws: Workspace) -> Json:
    """The discovery document of OpenID Connect."""
    base = ws.base_url
    return {
        "issuer": base,
        "authorization_endpoint": f"{base}/openid/connect/authorize",
        "token_endpoint": f"{base}/api/openid.connect.token",
        "userinfo_endpoint": f"{base}/api/openid.connect.userInfo",
        "jwks_uri": f"{base}/openid/connect/keys",
        "scopes_supported": ["openid", "profile", "email"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["form_post"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    }
