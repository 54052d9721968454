"""What Slack refuses: blocks and views, scopes, rates, triggers."""
