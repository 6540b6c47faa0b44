"""Course pages: catalogue → course → module → lesson or quiz.

A page class says what editors write; what a learner sees is put together in `courses.learning.views`.
"""
