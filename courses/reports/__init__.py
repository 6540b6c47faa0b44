"""The trainer's side under `/bao-cao/`: figures with their denominator, the people behind them, exports, the roster.

Screen, export and `manage.py coverage` read the same query, `courses.standing.coverage`; nothing here counts people
itself.
"""
