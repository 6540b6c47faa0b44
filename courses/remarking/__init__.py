"""Marking answers again after a key was wrong: who is concerned, the decision, and what follows from it."""
