"""What the bot says: pure builders, values in and blocks out."""
