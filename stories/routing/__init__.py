"""Which customers' words go to which channel: rules in plain words."""
