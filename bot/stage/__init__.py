"""Customers on stage: events, seats, questions, what comes afterwards; days to remember why."""
