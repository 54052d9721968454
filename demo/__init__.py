"""The demo: the bot and the playground wired together, with a sample company that is made up for it."""
