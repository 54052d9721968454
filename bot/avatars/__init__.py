"""The avatars of projects: what they may say, what they remember, what they answer."""
