"""Re-tests: one, three and six months after a completion, five questions show what is still known (docs/figures.md).

A re-test is an attempt (`courses.attempts`) that belongs to no quiz, so it uses up none, and passing it completes nothing.
"""
