"""What people do, by kind; `playground.people` gathers it."""
