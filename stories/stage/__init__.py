"""Customers on stage: events by their host's clock, who hears of them when, and days to remember why."""
