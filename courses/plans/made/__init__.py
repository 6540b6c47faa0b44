"""Plans with their versions and tasks, and what was done of them."""
