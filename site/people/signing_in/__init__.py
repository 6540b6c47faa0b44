"""Signing in: the backend, its limits, the second step, sessions, slips, and forms kept over an ended session."""

from people.signing_in.backend import SignInBackend

__all__ = ["SignInBackend"]

# A session names its backend by this path and ends where the path is not known, so it stays, wherever the class is
# written. Django takes the path from the settings, allauth from the class.
SignInBackend.__module__ = __name__
