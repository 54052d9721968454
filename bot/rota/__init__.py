"""The rota at work: rounds, invitations and what follows them, the guide, customers who are brought in."""
