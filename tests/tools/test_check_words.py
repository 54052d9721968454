from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.tree import module, write
from tools.check_words import check, in_module, in_template


def problems(source: str) -> list[str]:
    return [problem.text for problem in in_module(module(source))]


@pytest.mark.parametrize(
    "source",
    [
        "raise UserError('Choose a channel first.')",
        "raise errors.UserError(f'There is no story {words}.')",
        "button = blocks.button(text='Made me think', action_id=ids.THINK)",
        "view = View(title='A customer conversation', close='Not now', submit=_('Next'))",
    ],
)
def test_a_sentence_that_people_see_has_to_be_translated(source: str) -> None:
    assert any("wrap it in _(…)" in text for text in problems(source))


@pytest.mark.parametrize(
    "source",
    [
        "raise UserError(_('Choose a channel first.'))",
        "raise UserError(_('There is no story {words}.').format(words=words))",
        "button = blocks.button(text=_('Made me think'), action_id='made me think')",
        "log.info('three words here')",
        "select(text('SELECT a FROM b'))",
        "section(text=story.title)",
    ],
)
def test_what_is_translated_or_not_shown_is_left_alone(source: str) -> None:
    assert problems(source) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("_(f'Hello {name}')", "has to be written out"),
        ("_(sentence)", "has to be written out"),
        ("_('Hello {}').format(name)", "placeholder without a name"),
        ("_('Hello {0}').format(name)", "placeholder without a name"),
        ("ngettext('one story', '{} stories', n)", "placeholder without a name"),
        ("_('an open { brace')", "braces that are not placeholders"),
    ],
)
def test_a_sentence_has_to_be_one_that_translators_can_work_with(source: str, fault: str) -> None:
    [problem] = problems(source)
    assert fault in problem


def test_prose_of_a_template_has_to_be_translated() -> None:
    [problem] = in_template("story.j2", "*{{ title }}*\nThey wanted {{ goal }}")
    assert (problem.line, "They wanted" in problem.text) == (1, True)


def test_marks_and_translated_prose_of_a_template_pass() -> None:
    source = "> {{ quote }}\n— {{ who }}, {% trans %}told to {{ author }}{% endtrans %} · {{ _('Why') }}"
    assert list(in_template("story.j2", source)) == []


def test_a_broken_template_is_named() -> None:
    [problem] = in_template("story.j2", "{% if title %}")
    assert "does not parse" in problem.text


def test_code_and_templates_of_a_repository_are_both_read(tmp_path: Path) -> None:
    write(tmp_path, {"bot/a.py": "UserError('Not like this')", "bot/templates/b.j2": "Not like this"})
    assert [problem.where for problem in check(tmp_path)] == ["bot/a.py", "bot/templates/b.j2"]


def test_what_stands_in_a_page_has_to_be_translated_and_its_tags_are_left_alone() -> None:
    page = '<p class="two words" aria-label="Two words">{{ _("Said") }} <b>{{ x }}</b> {{ y }}</p>'
    [problem] = in_template("page.html.j2", page)
    assert "Two words" in problem.text
    [problem] = in_template("page.html.j2", '<a href="/x/{{ y }}" class="all">Look here</a>')
    assert "Look here" in problem.text
    assert (
        list(in_template("page.html.j2", '<a href="/x/{{ y }}" class="all">{{ _("Look") }} · NPS</a>')) == []
    )


@pytest.mark.parametrize(
    "source",
    [
        "blocks.section('Nothing is left.')",
        "blocks.context(_('A line'), f'made by {name}')",
        "blocks.text_input('field', 'What is it?', most=3)",
        "blocks.confirm(_('Sure?'), 'It goes for good.', _('Yes'), _('No'))",
    ],
)
def test_a_sentence_given_to_a_builder_has_to_be_translated(source: str) -> None:
    assert any("wrap it in _(…)" in text for text in problems(source))
