"""Finding what customers said: by words, by meaning, and by what it is filtered by."""
