"""The templates of a customer's page."""
