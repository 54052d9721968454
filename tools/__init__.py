"""Checks and generators for this repository; nothing that runs imports them."""
