"""Letters as people type them: when two texts are spelled alike, what a search compares, and in what order they stand.

Pure functions; everybody may import them.
"""
