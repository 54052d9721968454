"""How posts reach Slack: never lost, never twice. docs/delivery.md tells the protocol."""
