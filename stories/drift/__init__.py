"""Has a project's channel left the reasons it was started for? docs/drift.md has the method.

Needs the extra `meaning` (numpy, WordLlama). Nothing here keeps what people write: words and
vectors of messages live until their window closes; what may be stored is a window's score and its
dense means.
"""
