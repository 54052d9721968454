"""The centre on the web: what customers say beside the numbers, in a browser and on a wall."""
