"""How stories end: what changed, told to the customer, to channels and to those who listened."""
