"""The trainer's side under `/bao-cao/`: figures with their denominator, the people behind them, exports, the roster.

Screen, export and `manage.py coverage` use the same figures, `courses.standing.coverage`; this package does not count
people itself.
"""
