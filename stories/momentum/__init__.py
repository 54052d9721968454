"""What reaches those who talk with customers: when it is worth saying what came of a story."""
