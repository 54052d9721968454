"""NPS in Slack and at the terminal."""
