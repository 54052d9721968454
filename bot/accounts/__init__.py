"""Accounts: taken in from lists; their owners hear of their customers in good time before a renewal."""
