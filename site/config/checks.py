"""Refuses an unsafe production start, saying which value is unsafe."""
