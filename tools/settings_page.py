"""docs/settings.md and .env.example, written from the fields of the settings class."""

from __future__ import annotations

import enum
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

HEAD = """\
# Settings

Firsthand reads its settings from the environment, and from a file `.env` in the folder it is started in (the
environment wins). `firsthand setup` asks for what is needed and writes that file; add by hand what else you
want ([.env.example](../.env.example) has every setting). One that is missing or wrong is named at the start,
all of them at once, each with what to do.

This page is written from the code by `make docs`.

| setting | without it | what it is for |
|---|---|---|
"""
ENV_HEAD = """\
# Settings of Firsthand: `firsthand setup` writes .env; take from here what else you want in it.
# Written by `make docs`; docs/settings.md says the same as a table.
# A setting behind a # has the value that holds without it.
"""
_WIDTH = 108


@dataclass(frozen=True)
class Row:
    """One setting: its name in the environment, its default as text (None: it has none), and what it does."""

    name: str
    default: str | None
    description: str
    choices: tuple[str, ...]


def rows(settings: type[BaseSettings]) -> list[Row]:
    """Every setting, in the order in which the class declares them."""
    prefix = settings.model_config.get("env_prefix", "")
    return [_row(prefix, name, field) for name, field in settings.model_fields.items()]


def page(settings: type[BaseSettings]) -> str:
    """docs/settings.md as it should be."""
    return HEAD + "".join(f"{_table_line(row)}\n" for row in rows(settings))


def example(settings: type[BaseSettings]) -> str:
    """.env.example as it should be."""
    return ENV_HEAD + "".join(_example_lines(row) for row in rows(settings))


def undescribed(settings: type[BaseSettings]) -> Iterator[str]:
    """The settings that nobody has explained."""
    return (row.name for row in rows(settings) if not row.description)


def _row(prefix: str, name: str, field: FieldInfo) -> Row:
    description = " ".join((field.description or "").split())
    return Row(_environment_name(prefix, name, field), _default(field), description, _choices(field))


def _environment_name(prefix: str, name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    if isinstance(alias, AliasChoices):
        alias = alias.choices[0]
    return alias.upper() if isinstance(alias, str) else f"{prefix}{name}".upper()


def _default(field: FieldInfo) -> str | None:
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is PydanticUndefined:
        return None
    if value is None:
        return ""
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, (tuple, list, set, frozenset)):
        return ",".join(str(part) for part in value)
    if isinstance(value, Path) and value.is_absolute():
        return value.name  # a path of this machine is nobody else's default
    return str(value).lower() if isinstance(value, bool) else str(value)


def _choices(field: FieldInfo) -> tuple[str, ...]:
    options = get_args(field.annotation)
    return tuple(option for option in options if isinstance(option, str))


def _table_line(row: Row) -> str:
    default = "it must be set" if row.default is None else f"`{row.default}`" if row.default else "nothing"
    choices = f" One of {', '.join(f'`{choice}`' for choice in row.choices)}." if row.choices else ""
    text = (row.description + choices).replace("|", "\\|")
    return f"| `{row.name}` | {default} | {text} |"


def _example_lines(row: Row) -> str:
    text = row.description + (f" One of {', '.join(row.choices)}." if row.choices else "")
    words = textwrap.fill(text, _WIDTH, initial_indent="# ", subsequent_indent="# ")
    setting = f"{row.name}=" if row.default is None else f"#{row.name}={row.default}"
    return f"\n{words}\n{setting}\n"
