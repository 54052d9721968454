"""The budget of private messages in a simulated year: the real rule, with others' messages in it too."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta

from stories.attention import UNASKED, Candidate, Fate, Verdict, decide
from stories.attention_hours import person_hours
from stories.rota.hours import Party

OTHERS = (0, 0, 0, 1, 1, 2)
"""How many messages of other features somebody had this week already, by chance."""


class Budget:
    """Who got how many messages in which week."""

    def __init__(self, messages: Counter[tuple[str, str]], chance: random.Random) -> None:
        self._messages, self._chance = messages, chance

    def decide(
        self, user_id: str, party: Party, kind: str, now: datetime, fresh_until: datetime | None = None
    ) -> Verdict:
        """What becomes of a message to somebody; one that goes is counted."""
        hours = person_hours(party.time_zone, now)
        key = (user_id, hours.window)
        if key not in self._messages:
            self._messages[key] = self._chance.choice(OTHERS)
        until = fresh_until or now + timedelta(hours=8)
        one = Candidate(key=1, kind=UNASKED[kind], since=now, fresh_until=until)
        verdict = decide([one], hours, used=self._messages[key], now=now)[1]
        self._messages[key] += verdict.fate is Fate.GO
        return verdict
