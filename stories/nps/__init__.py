"""Net promoter scores: what they are, how sure they are, whether they moved, and how people ask for them."""
