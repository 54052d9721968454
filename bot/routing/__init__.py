"""Customers' words that go to a channel because a rule of it asks for them."""
