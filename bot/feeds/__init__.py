"""Market feeds: read beside everything else the bot does, kept as headlines with links."""
