"""A colleague's customer-insight objective: kept current by what they do, handed over by themself."""
