"""How the app is reached: sockets or signed HTTP, events with retries, and the addresses it answers to."""
