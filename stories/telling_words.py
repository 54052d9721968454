"""English words by which a telling sentence is known, in families, and those by which a dull one is.

Other languages have none of these: there, figures, speech within speech, rare words and length decide
alone. Families are looked for in lower-case text with plain apostrophes. They hold everyday words, not those
of a trade; "*" stands for any ending.
"""

from __future__ import annotations

import re

from stories.patterns import late


def _family(words: str) -> re.Pattern[str]:
    """Any of the words and phrases between the commas, whole."""
    phrases = (" ".join(phrase.split()) for phrase in words.split(","))
    # Longer phrases first, so that "would have been" is not taken for "would".
    beginning: dict[str, list[str]] = {}
    for one in sorted(filter(None, phrases), key=len, reverse=True):
        beginning.setdefault(one[0], []).append(re.escape(one[1:]).replace(r"\*", r"\w*"))
    # By their first letter: a word of another family is passed over in a tenth of the time.
    parts = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in beginning.items())
    return late(r"(?<![\w'])(?:" + "|".join(parts) + r")(?![\w'])")


ME = _family("i, i'm, i've, i'd, i'll, me, my, myself, mine")
US = _family("we, we're, we've, we'd, we'll, us, our, ours, ourselves")
YOU = _family("you, you're, you've, you'll, you'd, your, yours, yourself")
THEY = _family("they, they're, they've, them, their, he, she, people, nobody, everybody, everyone, folks")

TROUBLE = _family("""
    afraid, angry, annoy*, anxi*, awful, awkward, bad, badly, battle*, blocked, blocker*, bottleneck*,
    break, breaks, broke, broken, bug, bugs, burden*, challeng*, chaos, chaotic, clumsy, complain*,
    complex, complexity, complicat*, confus*, cost, costs, costly, crash*, cumbersome, daunting,
    dead end, delay*, desperate, difficult*, disappoint*, disaster*, disconnected, disrupt*, dread*,
    embarrass*, endless*, error*, exhaust*, expensive, fail*, fear*, fight*, fighting fires, forever,
    forgot*, fought, frustrat*, gap, gaps, gave up, give up, gnarly, got lost, guess*, hard, harder,
    hardest, hassle*, hate*, headache*, horrible, hurdle*, impossible, incident*, intimidat*, issue,
    issues, lack*, late, lose, losing, loss*, lost, manual, mess*, miss, missed, missing, mistake*,
    nervous, never worked, nightmare*, no idea, not enough, nowhere, offline, outage*, over and over,
    overhead, overwhelm*, pain*, panic*, problem*, resist*, risk*, scared, scary, scattered, slow*,
    steep, stress*, struggl*, stuck, suffer*, tech debt, tedious, terrible, terrified, tiring, tired,
    too late, too long, too many, too much, tough, trouble*, tricky, ugly, unfortunately, unhappy,
    unreliable, unstable, unsupported, unusable, wait, waited, waiting, waste*, wild west, worr*, worse,
    worst, wrong
    """)
"""What went wrong, cost effort, or was feared."""

INTRODUCES = late(
    r"\b(?:I['’]?m|I am) [A-Z]\w+(?: [A-Z]\w+){0,2},? (?:and I['’]?m |and I am )?(?:an?|the|one of the)?"
    r"(?: ?[\w-]+){0,3}? ?"
    r"(?:co-?founders?|founder|engineer|manager|director|lead|head|maintainer|developer|architect|advocate|CEO|CTO)\b"
)
"""A name and its bearer's title, as it was said: a name is told by its capital."""

HEADING = late(
    r"(?:[A-Z][\w-]*(?: (?:in|of|and|for|the|to|with|on|a))? ){2,}"
    r"(?:[A-Z][\w-]*: |(?=(?:The|We|I|Our|It|In|When|There|This|My)\b ))"
)
"""A heading that ran into the sentence under it, in a text whose layout was lost."""

NOT = late(
    r"\b(?:could|did|do|does|was|were|is|are|has|have|had|would|ca|wo)n't\b"
    r"|\b(?:cannot|never|nobody|none|nothing|no one|no)\b"
)
"""What was not so: trouble is often told as an absence."""

DELIGHT = _family("""
    aha, amaz*, astonish*, beautiful*, better, brilliant*, by accident, cool, crazy, curious*, delight*,
    dramatic*, easier, easiest, easy, enjoy*, enlighten*, excit*, faster, finally, fun, funny, glad,
    grateful, happier, happy, huge, i realised, i realized, impress*, ironic*, it turned out, laugh*,
    life-changing, love, loved, loving, luckily, milestone*, never expected, never thought, painless*,
    passion*, pleasant*, pleased, proud*, relief, relieved, revolution*, saved, saves, saving,
    seamless*, shock*, simple, simpler, smooth*, strange*, suddenly, surpris*, thankful*, thrilled,
    to be honest, to my surprise, turned out, turns out, unexpected*, we realised, we realized, weird*,
    welcoming, went well, wonderful, worked out
    """)
"""What pleased or astonished them."""

NEED = _family("""
    desire*, goal is, goal was, hope, hoped, hoping, i'd like, i'd love, i'd want, if only, looking for,
    looking forward to, my goal, need, needed, needs, our goal, priority, room for improvement,
    should be more, should have, tried to, tried, try to, trying to, want, wanted, wants, we'd like,
    we'd love, wish, wished, wishlist, would be great, would be helpful, would be nice, would have been,
    would help, would like, would love, would really like
    """)
"""What they want or wanted, and tried for."""

DID = _family("""
    ask around, built, by hand, came up with, convinced, cut down, decided, ditched, ended up, figured,
    figured out, fixed, from scratch, get rid of, gave me, got rid of, had to, have to, having to,
    instead, learned, learnt, made our own, made sure, manually, migrat*, move away, moved, moved away,
    moving away, my own, our own, ourselves, myself, paid, persuaded, push back, pushed back,
    put together, reached out, rebuilt, removed, replaced, resorted, reverse engineer*, rewrite,
    rewrote, showed, so i, so we, started by, started out, stopped, studied, switched, taught, threw,
    took the initiative, used to, went back, without having to, work around, workaround*, wrote
    """)
"""What they did about it, or did instead."""

MOST = _family("""
    again and again, all the time, best part, best thing, biggest, easiest, every single, every time,
    first question, first thing, greatest, harder part, hardest, main problem, main reason, main thing,
    most challenging, most difficult, most important thing, most painful, most surprising, most useful,
    never again, one thing, only concern, only one, only reason, only thing, over and over,
    the place where, tricky part, worst
    """)
"""What stands out for them, in their own ranking."""

TURN = _family("""
    after, ago, although, as soon as, at first, at one point, at that time, at the time, because,
    before, but, despite, even, eventually, every time, except, first time, however, in the beginning,
    in the end, initially, now, once, only, originally, rather than, since, so far, still, then, though,
    today, unless, until, when, whenever, while, yesterday, yet
    """)
"""Where a sentence turns or is set in time: the small machinery of a story."""

PAST = late(
    r"\b(?:i|we|they|it|he|she|that|there|who|which|team|company|people|everyone|everybody|nobody)(?:'d)?"
    r" (?:\w+ly )?(?:was|were|had|did|went|came|saw|got|made|took|found|felt|thought|knew|began|ran|built"
    r"|wrote|said|told|left|lost|brought|kept|spent|chose|paid|broke|put|gave|[a-z]{2,}ed)\b"
)
"""Something that happened, told as such."""

FIGURE = late(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|twice)\b"
)

SAID = late(r"[\"“«„][^\"“”«»„]{6,}[\"”»“]")
"""Speech within the speech: a scene."""

POINTS = late(
    r"\b(?:these|those|such)\b|\bthis(?! (?:year|week|month|morning|summer|winter|time|is))\b"
    r"|\b(?:in|to|of|with|from|for|on|at|by|about|like"
    r"|than|after|before|do|did|does|doing) (?:that|it)\b(?! \w+ing)"
    r"|\bthat (?:issue|problem|one|point|direction|way|case|part"
    r"|thing|data|question|process|approach|behaviou?r"
    r"|understanding|responsibility|flag|idea)s?\b"
    r"|\b(?:the (?:latter|former|above|second one|other one)|the same (?:thing|way|issue|problem))\b"
)
"""Pointing at something outside the sentence."""

_WAITING_IT = (
    r"it(?:'s| is| was| wasn't| isn't| would be|'d be|'s been| has been| can be| felt| took)"
    r" (?:an? )?(?:been )?(?:\w+ly |so |very |quite |kind of )*"
    r"(?:hard|difficult|easy|great|nice|good|funny|cool|exciting|challenging|tough|impossible|helpful|like"
    r"|clear|true|frustrating|interesting|us|me|my|over|days|weeks|months|years)\b"
)
DANGLES = late(
    r"(?:(?:and|so|but|also|then|because|or|well|yeah|yes|no),? )*(?:\w+, )?"
    rf"(?!{_WAITING_IT})"
    r"(?:(?:i|we) \w+ (?:this|it|them|those)\b"
    r"|(?:this|that|these|those|they|them|it|he|she|his|her|their|its|such|both|which)\b)"
)
"""A beginning about something named before; not "it" that waits for its meaning ("It was hard to …")."""

LEANS = late(
    r"(?:and|so|but|also|then|additionally|however|instead|therefore|similarly|besides|furthermore|moreover"
    r"|for (?:example|instance)|in (?:addition|that case)|as a result|on top of that"
    r"|that said|another|i agree|the (?:other|same|second|third))\b"
    r"|(?:yes|yeah|no|absolutely|exactly|sure|right|well|okay|ok|again|thus|then)[,.!]"
)
"""A beginning that stands alone once its first word is passed over."""

COURTESY = late(
    r"\b(?:open (?:up )?the floor|thanks?"
    r"|welcome (?:to|back|every\w+)|my name(?: is|'s)|hello|hi (?:every\w+|all|there|i'm)"
    r"|good (?:morning|afternoon|evening|question)|great question|nice to (?:meet|be)|follow-up"
    r"|(?:happy|glad|excited|pleased) to (?:be (?:here|on)|answer|share|talk)"
    r"|feel free|reach out to (?:me|us)"
    r"|pleasure|honou?r|(?:for|in) joining|any questions|see you|stay tuned|as i (?:said|mentioned)"
    r"|like i said|let me|let's|dive (?:in|into)|my screen|can you (?:hear|see)|i hope (?:you|that|this|it)"
    r"|i'll (?:go|share|talk|start|let|jump|say|add|hand|do|give)|i can (?:talk|give|share)"
    r"|i want to (?:add|share|mention)"
    r"|this (?:slide|session|talk|diagram|panel|conversation|video|episode|interview)"
    r"|i (?:currently )?work (?:for|at|as)|based in"
    r"|i(?:'m| am) (?:an?|the) (?:[\w-]+ ){0,4}(?:engineer|developer|manager|architect|lead|maintainer|member"
    r"|advocate|director|founder|consultant|owner)|i(?:'m| am) [a-z]+,)\b"
)
"""Greetings, introductions and the talk's own housekeeping."""

CAREER = late(
    r"\b(?:i joined|i (?:first )?started (?:at|with|attending)|i was hired"
    r"|i've been (?:working|with|at|here|part)"
    r"|(?:my|in my|at my) (?:current|previous|last|new|former) (?:role|job|company|position)"
    r"|my (?:title|background|role|day job|career|internship|journey)|years of experience)\b"
)
"""Where they worked and when, which a story's head tells."""

GENERAL = late(
    r"\b(?:is|are|it's|be|remains?) (?:\w+ly )?(?:essential|crucial|vital|key|important|critical|fundamental"
    r"|about|beneficial|necessary)\b"
    r"|\b(?:means|refers to|represents|consists of|stands for|is defined as"
    r"|is an? \w+ (?:that|which|for|of))\b"
    r"|\b(?:organi[sz]ations|companies|businesses|in general|generally|typically|one should)\b"
    r"|\b(?:you (?:can|should|need|must)|allow(?:s|ing)|enabl(?:es|ing)|provid(?:es|ing)|ensur(?:es|ing))\b"
    r"|\b(?:offers|supports|emphasi[sz]es?|we (?:also )?(?:provide|offer|support|recommend|encourage))\b"
)
"""What could be said of anybody's work: definitions, advice, how a product works."""

FILLER = _family("""
    um, uh, er, erm, hmm, basically, essentially, literally, whatever, anyway, stuff, you know, i mean,
    sort of, kind of, and so on, and so forth, and things like that, or something, all that
    """)
