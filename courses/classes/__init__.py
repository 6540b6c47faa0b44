"""Training classes in a room: who is invited, who came, and what counts of it once a second person has confirmed it.

docs/classes.md says how.
"""
