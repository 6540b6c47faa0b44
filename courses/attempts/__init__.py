"""Attempts at a quiz: start, save answers one by one, submit once, review.

An attempt freezes the versions, their order and the rules under which it is judged. Each save of an answer is a row
with the server's sequence number; the latest row of an item is the answer. Marks are rows of their own, so that a
corrected key can mark again without touching what was answered. An answer that was acknowledged is never lost
(docs/answers.md says how).
"""
