"""Approving a course under /cms/: the decision (`deciding`), the reviewers' list and its screens."""
