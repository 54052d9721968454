"""Three questions worth asking a customer, and why: what is open here comes before what always is."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages.rota_guide import Question
from storage import priorities, projects, rota_questions, series_questions
from stories.avatars.project import standing
from stories.folding import fold
from stories.language import _
from stories.priorities.priority import State
from stories.text import shortened

MOST = 3
LONGEST = 240


async def worth_asking(
    session: AsyncSession, workspace_id: str, segment: str, today: date, *, customer_id: int | None = None
) -> tuple[Question, ...]:
    """The three, of as many kinds as there are: a colleague's, a project's, the top three's, a theme's.

    What readers voted to ask this very customer comes first.
    """
    kinds = [
        await _voted(session, workspace_id, customer_id),
        await _wanted(session, workspace_id, segment),
        await _of_projects(session, workspace_id, segment),
        await _of_top_three(session, workspace_id, today),
        await _rising(session, workspace_id, today),
        _always(),
    ]
    first = [one for kind in kinds for one in kind[:1]]
    found: dict[str, Question] = {}
    for one in (*first, *(one for kind in kinds for one in kind)):
        found.setdefault(fold(one.words), one)
    return tuple(found.values())[:MOST]


async def segments_in_question(session: AsyncSession, workspace_id: str, today: date) -> frozenset[str]:
    """The kinds of customers about whom a question is open: theirs is the turn a little sooner."""
    asked = {segment for segment, _question in await rota_questions.wanted(session, workspace_id) if segment}
    for one in await priorities.standing(session, workspace_id, today):
        asked |= {value for _property, value in one.segment if one.state is State.STANDING}
    return frozenset(asked)


async def _voted(session: AsyncSession, workspace_id: str, customer_id: int | None) -> list[Question]:
    """Said without where it comes from: a customer's name here is an alias there."""
    if customer_id is None:
        return []
    why = _("Colleagues voted to ask this.")
    found = await series_questions.waiting(session, workspace_id, customer_id)
    return [Question(words=shortened(one.words, LONGEST), why=why) for one in found]


async def _wanted(session: AsyncSession, workspace_id: str, segment: str) -> list[Question]:
    return [
        Question(words=shortened(question, LONGEST), why=_("A colleague would like to know."))
        for about, question in await rota_questions.wanted(session, workspace_id)
        if not about or fold(about) == fold(segment)
    ]


async def _of_projects(session: AsyncSession, workspace_id: str, segment: str) -> list[Question]:
    """Whether what a project for such customers was begun for is still so: when it last came up, not if."""
    found = []
    for project in await projects.active(session, workspace_id):
        if project.segment and fold(project.segment) == fold(segment):
            for reason in standing(project.reasons):
                asked = _("When did this last come up for you, and what happened then: “{reason}”?")
                why = _("The project “{project}” was begun for it.")
                words = asked.format(reason=shortened(reason.words.rstrip("."), LONGEST))
                found.append(Question(words=words, why=why.format(project=project.name)))
    return found


async def _of_top_three(session: AsyncSession, workspace_id: str, today: date) -> list[Question]:
    asked, why = (
        _("How do you deal with “{name}” today? Tell me about the last time."),
        _("One of our top three."),
    )
    return [
        Question(words=asked.format(name=shortened(one.name, LONGEST)), why=why)
        for one in await priorities.standing(session, workspace_id, today)
        if one.state is State.STANDING
    ]


async def _rising(session: AsyncSession, workspace_id: str, today: date) -> list[Question]:
    asked = _("What comes to your mind when you hear “{theme}”?")
    why = _("More customers have talked about it lately.")
    found = await rota_questions.rising(session, workspace_id, today)
    return [Question(words=asked.format(theme=shortened(theme, LONGEST)), why=why) for theme in found]


def _always() -> list[Question]:
    return [
        Question(
            words=_("What were you trying to get done the last time you used us?"),
            why=_("It leads to what they need, not to what they think of us."),
        ),
        Question(
            words=_("What happened then, and what did you do instead?"),
            why=_("Ways around something show where it hurts."),
        ),
        Question(
            words=_("If we were gone tomorrow, what would you miss, and what not?"),
            why=_("It says what they really use."),
        ),
    ]
