"""What concerns people in the background and at its own time; the outbox imports this module at start."""

from people.privacy import own_data, retention

__all__ = ["own_data", "retention"]
