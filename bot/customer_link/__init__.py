"""What a customer does by a private link: reads what was written, corrects their words, takes back."""
