"""Many workspaces: how they install the bot over OAuth, how it speaks for each, and how they leave."""
