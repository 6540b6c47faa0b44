"""The log of activities: its kinds, its rows, who writes and who verifies them."""
