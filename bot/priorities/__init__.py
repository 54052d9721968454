"""The top three: gathered, chosen, told of, asked about and looked after."""
