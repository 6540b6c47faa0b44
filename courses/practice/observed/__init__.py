"""Observed practice: two observers fill one rubric, each alone, and agree on one level a behaviour (docs/observed-practice.md)."""
