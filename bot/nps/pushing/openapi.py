"""The push endpoints as OpenAPI describes them; served at /api/v1/openapi.json."""

from __future__ import annotations

from typing import Any

from bot.accounts.rows import LONGEST_OWNER
from bot.nps.figure_file import LONGEST_NAME
from bot.nps.importing.rows import LONGEST_COMMENT, LONGEST_KEY
from bot.nps.pushing.openapi_contacts import CONTACT, KNOWN
from bot.nps.pushing.reading import LONGEST_PROPERTY, MOST_ANSWERS, MOST_PROPERTIES
from stories.accounts import LONGEST_NAME as LONGEST_ACCOUNT
from stories.accounts import LONGEST_SEGMENT

_ANSWER: dict[str, Any] = {
    "type": "object",
    "required": ["id", "score", "answered_at"],
    "additionalProperties": False,
    "properties": {
        "id": {
            "type": "string",
            "minLength": 1,
            "maxLength": LONGEST_KEY,
            "description": "Tells it from your other answers: sent again, it is changed, not counted twice.",
        },
        "score": {"type": "integer", "minimum": 0, "maximum": 10},
        "answered_at": {
            "type": "string",
            "description": "A time with its zone, or a day of the workspace's own.",
            "examples": ["2026-03-31T10:00:00Z", "2026-03-31"],
        },
        "comment": {"type": "string", "maxLength": LONGEST_COMMENT},
        "person": {
            "type": "string",
            "maxLength": LONGEST_KEY,
            "description": "Who answered; kept as a keyed hash alone, by which they can be erased.",
        },
        "properties": {
            "type": "object",
            "maxProperties": MOST_PROPERTIES,
            "additionalProperties": {"type": ["string", "number", "boolean"], "maxLength": LONGEST_PROPERTY},
            "description": "What answers can be asked about by: plan, region, product …",
        },
    },
}
_FIGURE: dict[str, Any] = {
    "type": "object",
    "required": ["figure", "month", "amount"],
    "additionalProperties": False,
    "properties": {
        "figure": {
            "type": "string",
            "minLength": 1,
            "maxLength": LONGEST_NAME,
            "examples": ["revenue", "churn"],
        },
        "month": {"type": "string", "examples": ["2026-03"]},
        "amount": {
            "type": "number",
            "description": "Sent again for the same figure, month and segment, it replaces what was known.",
        },
        "property": {
            "type": "string",
            "maxLength": LONGEST_NAME,
            "description": "With `value`: the segment it is of (plan, Firm). Without both: everybody.",
        },
        "value": {"type": "string", "maxLength": LONGEST_NAME},
    },
}
_ACCOUNT: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "description": "What is left out stays as it was known; an account is known by its name.",
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_ACCOUNT},
        "owner": {
            "type": "string",
            "maxLength": LONGEST_OWNER,
            "description": "The colleague who looks after it: a Slack id or an e-mail address.",
            "examples": ["ana@example.com", "U012AB3CD"],
        },
        "value": {
            "type": "number",
            "minimum": 0,
            "description": "What it is worth; kept encrypted, and shown to its owner alone.",
        },
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "description": "Needed beside a value."},
        "renewal": {"type": "string", "format": "date", "examples": ["2027-03-31"]},
        "segment": {"type": "string", "maxLength": LONGEST_SEGMENT},
    },
}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_REFUSED: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["index", "field", "reason"],
        "properties": {
            "index": {**_COUNT, "description": "Its place in the batch, from 0."},
            "field": {"type": "string"},
            "reason": {"type": "string"},
        },
    },
}
_TAKEN: dict[str, Any] = {
    "type": "object",
    "required": ["new", "changed", "same", "erased", "refused"],
    "properties": {
        "new": _COUNT,
        "changed": _COUNT,
        "same": _COUNT,
        "erased": {**_COUNT, "description": "Of people who were erased: left out."},
        "refused": _REFUSED,
    },
}
_LISTED: dict[str, Any] = {
    "type": "object",
    "required": ["new", "changed", "same", "refused"],
    "properties": {"new": _COUNT, "changed": _COUNT, "same": _COUNT, "refused": _REFUSED},
}
_KEPT: dict[str, Any] = {
    "type": "object",
    "required": ["kept", "refused"],
    "properties": {"kept": _COUNT, "refused": _REFUSED},
}


def _said(description: str, schema: str) -> dict[str, Any]:
    reference = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"description": description, "content": {"application/json": reference}}


def _batch(what: str, schema: str, taken: str) -> dict[str, Any]:
    """A POST of a list called `what`, of entries of this schema, answered with `taken`."""
    listed = {
        "type": "array",
        "minItems": 1,
        "maxItems": MOST_ANSWERS,
        "items": {"$ref": f"#/components/schemas/{schema}"},
    }
    body = {"type": "object", "required": [what], "properties": {what: listed}}
    return {
        "summary": f"Take a batch of {what} in",
        "description": f"Good {what} are kept although others of the batch are refused.",
        "security": [{"key": []}],
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "schema": {"type": "string", "maxLength": 200},
                "description": "The same request sent again within a week gets the same answer.",
            }
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": _said("What became of the batch.", taken),
            "400": _said(f"The body is no batch of {what}.", "Error"),
            "401": _said("The key is missing, wrong or revoked.", "Error"),
            "409": _said("The idempotency key came with another body before.", "Error"),
            "413": _said("The body is too large.", "Error"),
            "422": _said("Every one of the batch was refused.", taken),
            "429": _said("Too many requests; Retry-After says when to go on.", "Error"),
            "503": _said("Nothing was kept; send the same request again.", "Error"),
        },
    }


OPENAPI: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Firsthand",
        "version": "1",
        "description": "Push answers to “would you recommend us”, figures to set beside them, and accounts.",
    },
    "paths": {
        "/api/v1/nps/answers": {"post": _batch("answers", "Answer", "Taken")},
        "/api/v1/nps/figures": {"post": _batch("figures", "Figure", "Kept")},
        "/api/v1/contacts": {"post": _batch("contacts", "Contact", "Known")},
        "/api/v1/accounts": {"post": _batch("accounts", "Account", "Listed")},
    },
    "components": {
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        "schemas": {
            "Answer": _ANSWER,
            "Taken": _TAKEN,
            "Figure": _FIGURE,
            "Kept": _KEPT,
            "Contact": CONTACT,
            "Known": KNOWN,
            "Account": _ACCOUNT,
            "Listed": _LISTED,
            "Error": {
                "type": "object",
                "required": ["error"],
                "properties": {"error": {"type": "string"}},
            },
        },
    },
}
