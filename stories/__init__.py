"""The domain: values and pure functions. No Slack, no SQL, no clock, no randomness."""
