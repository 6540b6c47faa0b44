"""Answers worth keeping: written anew without anybody in them, and shown at the lesson's end in every language."""
