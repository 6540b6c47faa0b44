"""Why an act is not done now."""


class Refused(ValueError):
    """The message says in one sentence why, and what to do instead."""
