"""The parts of a story in the order and under the headings of a template."""

from __future__ import annotations

from typing import Final

from bot.added import story_templates
from bot.messages import blocks
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.reading import fold, in_its_direction
from stories.added_files import said
from stories.language import _
from stories.story import Telling
from stories.story_templates import IN_THEIR_WORDS, OURS, WHOLE, Field, Part, StoryTemplate

TOLD_AS: Final = "told_as"


def template_of(key: str) -> StoryTemplate:
    """The template of this key; the whole story where there is none, or none any more."""
    ours = {template.key: template for template in OURS}
    return ours.get(key) or story_templates().found.get(key) or WHOLE


def titles() -> dict[str, str]:
    """What each template is called, by the key it is chosen with: ours, then the added ones."""
    ours = {WHOLE.key: _("The whole story"), IN_THEIR_WORDS.key: _("In their words, in short")}
    return ours | {key: said(one.title) for key, one in story_templates().found.items() if one.title}


def told_as(chosen: str) -> Block:
    """The question how stories are told in a channel."""
    options = {key: blocks.option(title, key) for key, title in titles().items()}
    element = {
        "type": "static_select",
        "action_id": TOLD_AS,
        "options": list(options.values()),
        "initial_option": options.get(chosen, options[WHOLE.key]),
    }
    hint = _("The first story of a digest, and those that are shared here. All of it is a click away.")
    return blocks.input_block(TOLD_AS, _("How is a story told?"), element, hint=hint)


def body(telling: Telling, template: StoryTemplate) -> list[Block]:
    """At most five blocks, folded; the whole story where this template would leave nothing of it."""
    return [block for part in _of(telling, template).part for block in _part(telling, part)]


def leaves_out(telling: Telling, template: StoryTemplate) -> bool:
    """Whether something of this story is not shown by its template."""
    parts = {part.field: part for part in _of(telling, template).part}
    for field in Field:
        texts, part = _texts(telling, field), parts.get(field)
        if texts and (part is None or any(len(text) > part.folded_at for text in texts)):
            return True
        if part is not None and field is Field.QUOTES and len(texts) > part.most:
            return True
    return False


def _of(telling: Telling, template: StoryTemplate) -> StoryTemplate:
    return template if any(_texts(telling, part.field) for part in template.part) else WHOLE


def _texts(telling: Telling, field: Field) -> tuple[str, ...]:
    """What a story has in this field, as it may be told."""
    if field is Field.QUOTES:
        return telling.quotes
    text = {
        Field.WANTED: telling.trying_to,
        Field.HAPPENED: telling.happened,
        Field.MEANING: telling.meaning,
    }[field]
    return (text,) if text else ()


def _part(telling: Telling, part: Part) -> list[Block]:
    texts = [in_its_direction(fold(text, part.folded_at)) for text in _texts(telling, part.field)]
    if not texts:
        return []
    own = f"*{escaped(said(part.heading))}*" if isinstance(part.heading, dict) else ""
    if part.field is Field.QUOTES:
        over = [blocks.context(own)] if own else []
        return [*over, *(blocks.quote(text) for text in texts[: part.most])]
    if part.heading is None:
        return [blocks.section(prose_part("story.j2", part.field.value, text=texts[0]))]
    return [blocks.section("\n".join([*([own] if own else []), escaped(texts[0])]))]
