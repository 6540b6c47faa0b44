"""The campaigns' effects and clock jobs; the outbox imports this module at start."""

from campaigns.spaces import schedule as spaces_in_time

__all__ = ["spaces_in_time"]
