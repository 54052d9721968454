"""What a hint says: why, and what to try. Kind, about the words alone, and never about who wrote them."""

from __future__ import annotations

from stories.hints.hints import Family, Points
from stories.language import _
from stories.lessons.values import Rewrites


def title(points: Points) -> str:
    """What is pointed at, in a few words."""
    return {
        Points.RETOLD: _("Are these their words, or yours?"),
        Points.SELLING: _("This question offers something"),
        Points.LEADING: _("This question has its answer in it"),
        Points.DOUBLE: _("These are two questions at once"),
        Points.HYPOTHETICAL: _("This asks what might be"),
        Points.MISSING: _("Why does it matter to us?"),
        Points.AGAIN: _("This tells once more what happened"),
        Points.NOTHING: _("This would fit under any talk"),
    }[points]


def why(points: Points) -> str:
    """Why it matters, and what to try; escaped already, as all of it is ours."""
    return {
        Points.RETOLD: _(
            "It reads like a summary. Readers remember people by a sentence that only they would say. If "
            "you noted one, let it stand here; the summary fits well into “What happened?”."
        ),
        Points.SELLING: _(
            "From then on people answer a seller, and politely. If you can, add what they do today and what "
            "it costs them; another time, keep the offer for a talk of its own."
        ),
        Points.LEADING: _(
            "Most people are kind and give it back to us. If they only nodded, it is worth saying so. "
            "Another time try “How was …?” or “What happened then?”, and wait."
        ),
        Points.DOUBLE: _(
            "People answer one of them, and the other is lost. Did you hear both answers? Another time ask "
            "one, wait, and then the other."
        ),
        Points.HYPOTHETICAL: _(
            "Nobody knows what they would do, so the answer costs nothing. Did they also tell you something "
            "that they did? Another time try “When did you last …?”."
        ),
        Points.MISSING: _(
            "Nothing stands there yet, and it is what readers want to know first. One honest thought is "
            "enough: what did we have wrong, who else is like this, what does it cost them?"
        ),
        Points.AGAIN: _(
            "Your readers know it by then and ask: so what? Try to finish “Before this talk I "
            "believed …”, and you have it."
        ),
        Points.NOTHING: _(
            "Readers want to know what is special about this one. What did it make you think? Try to finish "
            "“Before this talk I believed …”."
        ),
    }[points]


def family(of: Family) -> str:
    """What a family of hints is about, as a choice."""
    return {
        Family.OWN_WORDS: _("Hints when a quote reads like a summary"),
        Family.QUESTIONS: _("Hints when a question leads, sells or supposes"),
        Family.SO_WHAT: _("Hints when “why it matters” says little"),
    }[of]


def noticed(points: Points) -> str:
    """What can be said of a sentence that somebody tried; a section's words."""
    return {
        Points.RETOLD: _("It still tells *about* them. What would it sound like if they said it?"),
        Points.SELLING: _("It still offers something. What if you only asked about their day?"),
        Points.LEADING: _("There is still a little of the answer in it. What if you took the judgement out?"),
        Points.DOUBLE: _("These are two questions; keep the one that you are more curious about."),
        Points.HYPOTHETICAL: _("It asks what might be. What if you asked for the last time it happened?"),
        Points.MISSING: _("Nothing yet; that’s fine. See what others might write."),
        Points.AGAIN: _("It tells what happened once more. And so what?"),
        Points.NOTHING: _("It would fit under any talk. What did *this* one make you think?"),
    }[points]


def nothing_noticed(about: Rewrites) -> str:
    """The same where nothing is to be pointed at."""
    return {
        Rewrites.QUESTION: _("I see nothing in it that leads, sells or guesses. They can answer anything."),
        Rewrites.QUOTE: _(
            "I see nothing in it that tells about them from outside. Would they nod if they read it?"
        ),
        Rewrites.SO_WHAT: _(
            "I can’t find it in the story, so it is a thought. Now somebody can talk with you about it."
        ),
    }[about]
