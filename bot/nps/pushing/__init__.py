"""Answers pushed by other systems: POST /api/v1/nps/answers."""
