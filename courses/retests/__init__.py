"""Re-tests: one, three and six months after a completion, five questions show what is still known.

A re-test is an attempt (`courses.attempts`) that belongs to no quiz: it uses up none, and completes and renews nothing.
"""
