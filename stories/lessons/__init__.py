"""Lessons of three minutes: what they are made of, how their files are read, when one helps. Pure."""
