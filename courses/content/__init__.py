"""Course pages: catalogue → course → module → lesson or quiz.

A page class defines what editors write; `courses.learning.views` shows it to learners.
"""
