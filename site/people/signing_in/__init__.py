"""Signing in: the backend, its limits, the second step, sessions, slips, and forms kept over an ended session."""

# Sessions name their backend by this path and end if it cannot be imported, so it must stay.
from people.signing_in.backend import SignInBackend

__all__ = ["SignInBackend"]
