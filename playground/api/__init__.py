"""Slack's Web API: https://docs.slack.dev/reference/methods — one module a family of methods."""
