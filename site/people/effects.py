"""The background effects and daily jobs of people; the outbox imports this module at start."""

from people.guarding import password_resets
from people.messages import planning, sending
from people.privacy import own_data, own_merges, retention
from people.reforms import applying, reversing
from people.undoing import carrying_out

__all__ = [
    "applying",
    "carrying_out",
    "own_data",
    "own_merges",
    "password_resets",
    "planning",
    "retention",
    "reversing",
    "sending",
]
