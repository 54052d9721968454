"""Hints while somebody writes up: shown to them alone, put away with a click, kept nowhere."""
