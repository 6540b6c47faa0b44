"""The background effects and daily jobs of people; the outbox imports this module at start."""

from people.privacy import own_data, retention

__all__ = ["own_data", "retention"]
