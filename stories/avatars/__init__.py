"""A project's avatar: its customers' real words, in the channel where the project is talked about."""
