"""The rota: which colleague talks with which customer, fair on both sides; values and rules alone."""
