"""The top three: the few themes that people choose for a quarter, each with an owner and what done means."""
