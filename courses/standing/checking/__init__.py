"""What the check of the derived tables asks: on which days, and of whom."""
