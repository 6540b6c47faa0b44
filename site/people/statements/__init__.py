"""Statements of SQL for very many rows, and for questions that are asked very often."""
