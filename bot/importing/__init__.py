"""Conversations from files, by the terminal: `firsthand interviews import`."""
