"""A colleague's customer-insight objective, and what happened for it."""
