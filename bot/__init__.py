"""The Slack face: listeners, messages, the clock's ticks and the delivery of posts. No SQL."""
