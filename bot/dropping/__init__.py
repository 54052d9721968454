"""A file that somebody drops on the bot: a talk becomes drafts, a table of answers is taken in."""
