"""Signing in: the backend, its limits, the second step, sessions, slips, and forms kept over an ended session."""

# A session names its backend by this path and ends where the path is not known: it stays.
from people.signing_in.backend import SignInBackend

__all__ = ["SignInBackend"]
