"""Loudspeakers of communes: slots, the bulletin to read, and plays that feed the log of activities."""
