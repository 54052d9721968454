"""NPS answers from files: read, their columns understood, taken in."""
