"""What a reform of units does to their numbers."""
