"""What an app wants to say, read from a call's arguments and refused as Slack refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.errors import SlackError
from playground.model import Json
from playground.posting import Draft
from playground.reading_json import read_json
from playground.rules.shapes import Problem
from playground.rules.wholes import block_problems

MAX_ATTACHMENTS = 100
MAX_MARKDOWN = 12_000


def refused(word: str, problems: list[Problem]) -> SlackError:
    """Slack's error with each problem and its pointer, in both places where Slack puts them."""
    said = [str(problem) for problem in problems]
    noted = {"messages": [f"[ERROR] {line}" for line in said]}
    return SlackError(word, {"errors": said, "response_metadata": noted})


def listed(value: Any, word: str) -> list[Any]:
    """A list given as JSON or already parsed, empty when absent; raises SlackError(word) for others."""
    if value in (None, ""):
        return []
    parsed = parsed_json(value, word)
    if not isinstance(parsed, list):
        raise SlackError(word)
    return parsed


def parsed_json(value: Any, word: str) -> Any:
    """JSON given as text, or what is already parsed; raises SlackError(word) when the text is not JSON."""
    if not isinstance(value, str):
        return value
    try:
        return read_json(value)
    except ValueError as error:
        raise SlackError(word) from error


def checked_blocks(value: Any) -> list[Any]:
    """The blocks of a message; raises invalid_blocks_format or invalid_blocks with what is wrong where."""
    blocks = listed(value, "invalid_blocks_format")
    problems = block_problems(blocks, "message")
    if problems:
        raise refused("invalid_blocks", problems)
    return blocks


def checked_metadata(value: Any) -> Json | None:
    """A message's metadata; raises invalid_metadata_format unless it has event_type and event_payload."""
    if value in (None, ""):
        return None
    metadata = parsed_json(value, "invalid_metadata_format")
    fits = isinstance(metadata, dict) and isinstance(metadata.get("event_payload"), dict)
    if not fits or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def draft_from(args: Mapping[str, Any]) -> Draft:
    """Read text, blocks, attachments, metadata and thread; raises SlackError when Slack would refuse them."""
    text, markdown = args.get("text") or "", args.get("markdown_text") or ""
    if not isinstance(text, str):
        text = str(text)
    attachments = listed(args.get("attachments"), "invalid_attachments")
    if len(attachments) > MAX_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    _check_attachments(attachments)
    blocks = checked_blocks(args.get("blocks"))
    if markdown:
        if text or blocks:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MAX_MARKDOWN:
            raise SlackError("msg_too_long")
        text, blocks = markdown, [{"type": "markdown", "text": markdown}]
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    thread = args.get("thread_ts")
    return Draft(
        text=text,
        blocks=blocks,
        attachments=attachments,
        metadata=checked_metadata(args.get("metadata")),
        thread_ts=str(thread) if thread else None,
    )


def _check_attachments(attachments: list[Any]) -> None:
    for index, attachment in enumerate(attachments):
        if not isinstance(attachment, dict):
            raise SlackError("invalid_attachments")
        problems = block_problems(attachment.get("blocks") or [], "message", f"/attachments/{index}/blocks")
        if problems:
            raise refused("invalid_attachments", problems)
