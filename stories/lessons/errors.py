"""What is wrong with a lesson's file, in words that say where and how to mend it."""

from __future__ import annotations


class LessonError(Exception):
    """A lesson that cannot be read: the file, the line or the field, what is wrong, and what to do."""

    def __init__(self, where: str, field: str, wrong: str) -> None:
        super().__init__(f"{where}, {field}: {wrong}")
        self.where = where
        self.field = field
