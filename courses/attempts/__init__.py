"""Attempts at a quiz: start, save answers one by one, submit once, review.

An attempt freezes the versions, their order and the rules under which it is judged. Each save of an answer is a row
with the server's sequence number; the latest row of an item is the answer. Marks are separate rows, so that a
corrected key can mark again without changing the answers. An acknowledged answer is never lost (docs/answers.md).
"""
