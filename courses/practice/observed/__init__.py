"""Observed practice: two observers fill one rubric blindly, then agree on one level a behaviour.

docs/observed-practice.md says how.
"""
