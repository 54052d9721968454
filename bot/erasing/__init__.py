"""Taking back what is held of somebody: previewed, carried on until it is done, told in a receipt."""
