"""Lessons of three minutes, in private: where they are, how they are walked through, when one is offered."""
