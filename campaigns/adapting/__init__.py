"""A school's copy of a lesson from its first word to the page: who writes it, who approves it, what its origin did."""
